package dev.muster.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of an aggregate that takes an event and answers, in words, why it could not happen in the state the aggregate
 * is in; with {@code null} if it could. It is asked by what-if alone, about events that follow on a changed history: what
 * commands may do is decided by their handlers. An aggregate without it objects to nothing but to events before its first.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Objection {}
