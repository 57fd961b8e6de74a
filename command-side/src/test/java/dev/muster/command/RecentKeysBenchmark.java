package dev.muster.command;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to know that a key is new, among the keys that an entity's last events bear. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecentKeysBenchmark {

    private static final int ENTITIES = 1_000;

    @Param({"4", "1000"})
    private int keys;

    private final RecentKeys recent = new RecentKeys(1_000, ENTITIES);
    private int next;

    @Setup
    public void learn() {
        var borne = new ArrayList<RecentKeys.Borne>();
        for (int i = 0; i < keys; i++) {
            borne.add(new RecentKeys.Borne(i, RecentKeys.fingerprint("ada", "key " + i)));
        }
        for (int i = 0; i < ENTITIES; i++) {
            recent.learn("task/t" + i, keys - 1, borne);
        }
    }

    @Benchmark
    public boolean aNewKey() {
        next = (next + 1) % ENTITIES;
        return recent.isNew("task/t" + next, keys - 1, RecentKeys.fingerprint("ada", "request:0199a5f2-7c1e-7d00"));
    }
}
