/**
 * What all messages share: identifiers, who acts, the keys of metadata, how values are checked, what a refusal is, how
 * messages are named and stored, and the catalog from which every edge is made. No message of a feature lives here.
 */
@NullMarked
package dev.muster.message;

import org.jspecify.annotations.NullMarked;
