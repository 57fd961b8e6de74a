package dev.muster.importer;

import java.time.Instant;

/** One dependency of a board: {@code issue} depends on {@code on}. */
record Dependency(String source, Instant at, String type, String issue, String on, String actor) {}
