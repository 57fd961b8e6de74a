/**
 * The embedded log: Axon's storage of events and snapshots on RocksDB, in one folder that one process has open. It knows
 * no message of any domain.
 */
@NullMarked
package dev.muster.store;

import org.jspecify.annotations.NullMarked;
