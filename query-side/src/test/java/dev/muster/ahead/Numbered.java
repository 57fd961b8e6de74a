package dev.muster.ahead;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Events whose content is their position. */
final class Numbered {

    private Numbered() {}

    static List<TrackedEventMessage<?>> events(int count) {
        return IntStream.range(0, count)
                .<TrackedEventMessage<?>>mapToObj(Numbered::event)
                .toList();
    }

    static TrackedEventMessage<?> event(long position) {
        return new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(position), GenericEventMessage.asEventMessage(position));
    }

    static List<Long> upTo(long last) {
        return LongStream.rangeClosed(0, last).boxed().toList();
    }
}
