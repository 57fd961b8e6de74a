/** The application: what is wired to what, its properties and its life. No rule of a feature lives here. */
@NullMarked
package dev.muster.app;

import org.jspecify.annotations.NullMarked;
