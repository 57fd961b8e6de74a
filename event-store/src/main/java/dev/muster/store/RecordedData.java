package dev.muster.store;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** A record as Axon reads it. Axon's own entries keep the time as a text, which costs as much as the rest of an event. */
record RecordedData(EventRecord record) implements DomainEventData<byte[]> {

    @Override
    public @Nullable String getType() {
        return record.type();
    }

    @Override
    public String getAggregateIdentifier() {
        return record.aggregateId();
    }

    @Override
    public long getSequenceNumber() {
        return record.sequence();
    }

    @Override
    public String getEventIdentifier() {
        return record.eventId();
    }

    @Override
    public Instant getTimestamp() {
        return record.time();
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new SerializedMetaData<>(record.metaData(), byte[].class);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(record.payload(), byte[].class, record.payloadType(), record.revision());
    }
}
