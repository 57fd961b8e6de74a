package dev.muster.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * An event or a snapshot as it is stored: a byte for the format, four for the CRC-32C of the rest, then the fields
 * ({@link RecordCoding}). An event of no aggregate is stored as the only one of a stream of its own.
 */
record EventRecord(
        String eventId,
        Instant time,
        @Nullable String type,
        String aggregateId,
        long sequence,
        String payloadType,
        @Nullable String revision,
        byte[] payload,
        byte[] metaData) {

    private static final byte FORMAT = 2;
    private static final int HEADER = 1 + Integer.BYTES;

    static EventRecord of(EventMessage<?> event, Serializer serializer) {
        var payload = event.serializePayload(serializer, byte[].class);
        var metaData = event.serializeMetaData(serializer, byte[].class);
        var domain = event instanceof DomainEventMessage<?> message ? message : null;
        return new EventRecord(
                event.getIdentifier(),
                event.getTimestamp(),
                domain == null ? null : domain.getType(),
                domain == null ? event.getIdentifier() : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                metaData.getData());
    }

    static EventRecord of(StoredEvent event) {
        return new EventRecord(
                event.eventId(),
                event.time(),
                event.aggregateType(),
                event.aggregateId(),
                event.sequence(),
                event.payloadType(),
                event.revision(),
                event.payload(),
                event.metaData());
    }

    StoredEvent toStored(long position) {
        return new StoredEvent(
                position, eventId, time, type, aggregateId, sequence, payloadType, revision, payload, metaData);
    }

    DomainEventData<byte[]> toEventData() {
        return new RecordedData(this);
    }

    byte[] encode() {
        var record = RecordCoding.write(this, HEADER);
        record[0] = FORMAT;
        ByteBuffer.wrap(record).putInt(1, checksum(record, record.length));
        return record;
    }

    /** @param position where it stands, for the message of what may be wrong with it; -1 for a snapshot */
    static EventRecord decode(long position, byte @Nullable [] record) {
        if (record == null) {
            throw new DamagedRecordException(position, "it is missing");
        }
        return decode(position, record, record.length);
    }

    /** Likewise, of as many of these bytes; none of them is kept. */
    static EventRecord decode(long position, byte[] record, int length) {
        if (length < HEADER) {
            throw new DamagedRecordException(position, "it is too short");
        }
        if (ByteBuffer.wrap(record).getInt(1) != checksum(record, length)) {
            throw new DamagedRecordException(position, "its checksum differs");
        }
        if (record[0] < 1 || record[0] > FORMAT) {
            throw new DamagedRecordException(
                    position, "its format is " + record[0] + ", but " + FORMAT + " is the last that is known");
        }
        try {
            return RecordCoding.read(record[0], record, HEADER, length);
        } catch (RuntimeException e) {
            throw new DamagedRecordException(position, "its fields can't be read (" + e + ")");
        }
    }

    /** The format takes part in it too; only the checksum's own four bytes do not. */
    private static int checksum(byte[] record, int length) {
        var crc = new CRC32C();
        crc.update(record[0]);
        crc.update(record, HEADER, length - HEADER);
        return (int) crc.getValue();
    }
}
