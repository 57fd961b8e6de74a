package dev.muster.view;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A projection, or a view of it, that is an index of the log itself. It is folded live only: a World reads the log, and that
 * index, as far as it has come. So there is no digest of it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface IndexOfTheLog {}
