package dev.muster.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a command that ends something which others may rely on, and which is not brought back by sending another one: a client
 * that asks a person before it acts should ask before this. Nothing is ever taken from the log.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Destructive {}
