package dev.muster.message;

import java.time.Instant;
import java.util.Map;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;

/**
 * Makes a query one about the past: {@code queries.query(AsOf.position(new GetTask(id), 1200), TaskView.class)}. Any query of
 * any domain can be asked so.
 */
public final class AsOf {

    private AsOf() {}

    /** As of the event at that position of the log, which counts; -1 for the time before the first. */
    public static <Q> Message<Q> position(Q query, long position) {
        return new GenericMessage<>(query, Map.of(MetaKeys.POSITION, position));
    }

    /** As of that moment: the longest beginning of the log in which no event is later. */
    public static <Q> Message<Q> moment(Q query, Instant moment) {
        return new GenericMessage<>(query, Map.of(MetaKeys.AS_OF, moment.toString()));
    }
}
