package dev.muster.index;

import dev.muster.history.HistoryRow;
import java.time.Instant;

/** How a row is written. Its place is its key. */
final class Rows {

    private Rows() {}

    static byte[] write(HistoryRow row) {
        return new ByteWriter()
                .text(row.event())
                .text(row.entity())
                .number(row.sequence())
                .text(row.type())
                .text(row.actor())
                .text(row.correlationId())
                .text(row.cause())
                .text(row.command())
                .fixed(row.time().getEpochSecond())
                .number(row.time().getNano())
                .toBytes();
    }

    static HistoryRow read(long position, byte[] value) {
        var in = new ByteReader(value, 0);
        return new HistoryRow(
                position,
                in.text(),
                in.text(),
                in.number(),
                in.text(),
                in.text(),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                Instant.ofEpochSecond(in.fixed(), in.number()));
    }
}
