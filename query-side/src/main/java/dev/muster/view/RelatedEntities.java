package dev.muster.view;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a static method of a projection that takes an event and answers with the entities ({@link dev.muster.message.EntityId}) whose
 * events the view of the event's entity is folded from as well. So a question about one entity
 * ({@link dev.muster.message.OfEntity}) reads the events of those, and no others.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RelatedEntities {}
