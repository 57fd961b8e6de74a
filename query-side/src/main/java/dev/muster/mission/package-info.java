/** The views of missions and of what their tasks have come to, and the answers made from them. */
@NullMarked
package dev.muster.mission;

import org.jspecify.annotations.NullMarked;
