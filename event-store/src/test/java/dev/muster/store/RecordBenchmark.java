package dev.muster.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an event costs between its fields and its record, of the size that events of the task relay have. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {

    private static final byte FORMAT = 2;

    private final EventRecord event = new EventRecord(
            "0199a5f2-7c1e-7d00-8a3b-3f1f2a6c9d10",
            Instant.parse("2026-03-01T10:00:00.123Z"),
            "task",
            "task/relay-t4711",
            2,
            "ProgressReported",
            "2",
            json(
                    "{\"taskId\":\"relay-t4711\",\"agentId\":\"relay-a7\",\"fencingToken\":1,\"permille\":500,\"artifacts\":[]}"),
            json(
                    "{\"actor\":\"relay-a7\",\"commandName\":\"ReportProgress\",\"commandId\":\"0199a5f2-7c1e-7d00-8a3b-3f1f2a6c9d11\","
                            + "\"causationId\":\"request:0199a5f2-7c1e-7d00-8a3b-3f1f2a6c9d12\",\"recordedAt\":\"2026-03-01T10:00:00.123Z\"}"));

    private final byte[] written = RecordCoding.write(event, 0);

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Object write() {
        return RecordCoding.write(event, 0);
    }

    @Benchmark
    public Object read() {
        return RecordCoding.read(FORMAT, written, 0, written.length);
    }
}
