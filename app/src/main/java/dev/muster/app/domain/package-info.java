/**
 * How domains that Muster does not know become a part of it: the jars in the home's folder of domains, and what is found by
 * annotation in the packages of all domains, Muster's own among them. What is made of what was found is wired elsewhere.
 */
@NullMarked
package dev.muster.app.domain;

import org.jspecify.annotations.NullMarked;
