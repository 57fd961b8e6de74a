package dev.muster.evolution;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.LazyDeserializingObject;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/** A part of a split event: as Axon represents the event, but for its identifier. What becomes of it is that part still. */
final class PartOfEvent implements IntermediateEventRepresentation {

    private final IntermediateEventRepresentation part;
    private final int number;

    /** The highest number that a part of this event was given. All parts of the event share it. */
    private final AtomicInteger numbers;

    private PartOfEvent(IntermediateEventRepresentation part, int number, AtomicInteger numbers) {
        this.part = part;
        this.number = number;
        this.numbers = numbers;
    }

    static PartOfEvent of(IntermediateEventRepresentation event) {
        return event instanceof PartOfEvent already
                ? already
                : new PartOfEvent(
                        event, EventPart.parse(event.getMessageIdentifier()).number(), new AtomicInteger(1));
    }

    /** The same with the next number: what is split off later is numbered behind what was split off before. */
    PartOfEvent next() {
        return new PartOfEvent(part, numbers.incrementAndGet(), numbers);
    }

    @Override
    public <T> IntermediateEventRepresentation upcast(
            SerializedType outputType,
            Class<T> expectedRepresentationType,
            Function<T, T> upcastFunction,
            Function<MetaData, MetaData> metaDataUpcastFunction) {
        return new PartOfEvent(
                part.upcast(outputType, expectedRepresentationType, upcastFunction, metaDataUpcastFunction),
                number,
                numbers);
    }

    @Override
    public String getMessageIdentifier() {
        return new EventPart(EventPart.parse(part.getMessageIdentifier()).event(), number).identifier();
    }

    @Override
    public SerializedType getType() {
        return part.getType();
    }

    @Override
    public SerializedObject<?> getData() {
        return part.getData();
    }

    @Override
    public <D> SerializedObject<D> getData(Class<D> requiredType) {
        return part.getData(requiredType);
    }

    @Override
    public Class<?> getContentType() {
        return part.getContentType();
    }

    @Override
    public Optional<String> getAggregateType() {
        return part.getAggregateType();
    }

    @Override
    public Optional<String> getAggregateIdentifier() {
        return part.getAggregateIdentifier();
    }

    @Override
    public Optional<Long> getSequenceNumber() {
        return part.getSequenceNumber();
    }

    @Override
    public Optional<TrackingToken> getTrackingToken() {
        return part.getTrackingToken();
    }

    @Override
    public Instant getTimestamp() {
        return part.getTimestamp();
    }

    @Override
    public LazyDeserializingObject<MetaData> getMetaData() {
        return part.getMetaData();
    }

    @Override
    public boolean canConvertDataTo(Class<?> requiredType) {
        return part.canConvertDataTo(requiredType);
    }
}
