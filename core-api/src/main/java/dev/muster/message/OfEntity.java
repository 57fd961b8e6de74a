package dev.muster.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the field of a query that names the one entity it is about, an {@link EntityId}: as of a moment it is answered from the
 * events of that entity alone, and of those that its projection says are related. A query without it is answered from the
 * whole log up to there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface OfEntity {}
