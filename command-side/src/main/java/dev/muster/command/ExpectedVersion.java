package dev.muster.command;

import dev.muster.message.EventContent;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Refuses a command that was based on another version of its aggregate than the one it meets. */
final class ExpectedVersion {

    /**
     * How many of the unseen events a refusal lists at most, the last ones. Who has missed more reads the entity again; to list all would
     * cost each of many who change it more than its change.
     */
    private static final int LISTED = 20;

    private final Supplier<EventStore> events;

    ExpectedVersion(Supplier<EventStore> events) {
        this.events = events;
    }

    /**
     * @param current the aggregate's version, -1 if it does not exist yet
     * @throws Refusal if they differ
     */
    void check(String entity, long expected, long current) {
        if (expected == current) {
            return;
        }
        var extras = new HashMap<String, Object>();
        extras.put("currentVersion", current);
        extras.put("expectedVersion", expected);
        extras.put("unseenEvents", unseen(entity, Math.max(expected, current - LISTED), current));
        throw new Refusal(new Problem(
                "stale-version",
                "The command was based on another version",
                412,
                entity + " is at version " + current + ", but the command was based on version " + expected
                        + ". Read it again, and send the command with the current version if it is still wanted.",
                extras));
    }

    private List<Map<String, Object>> unseen(String entity, long after, long last) {
        if (after >= last) {
            return List.of();
        }
        var unseen = new ArrayList<Map<String, Object>>();
        var history = events.get().readEvents(entity, after + 1);
        while (unseen.size() < last - after && history.hasNext()) {
            unseen.add(line(history.next()));
        }
        return unseen;
    }

    private static Map<String, Object> line(DomainEventMessage<?> event) {
        return Map.of(
                "version", event.getSequenceNumber(),
                "type", EventContent.nameOf(event),
                "time", event.getTimestamp().toString(),
                "actor", String.valueOf(event.getMetaData().get(MetaKeys.ACTOR)));
    }
}
