package dev.muster.whatif;

import dev.muster.message.Actor;
import dev.muster.message.EventContent;
import dev.muster.message.InvalidField;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MessageNames;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.whatif.Change.Insert;
import dev.muster.whatif.Change.LeaveOut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which events of a history are to be left out, say something else, or are there besides. */
final class ChangedEvents {

    private static final JsonMapper JSON = JsonMappers.edges();

    private final List<LeaveOut> leaveOut = new ArrayList<>();
    private final Set<String> leftOutIds = new HashSet<>();
    private final Map<String, JsonNode> replaced = new HashMap<>();
    private final TreeMap<Long, List<Insert>> inserted = new TreeMap<>();
    private final Set<String> wanted = new LinkedHashSet<>();
    private final MessageCatalog catalog;

    ChangedEvents(List<Change> changes, MessageCatalog catalog) {
        this.catalog = catalog;
        for (var change : changes) {
            if (change.leaveOut() != null) {
                leaveOut.add(change.leaveOut());
                if (change.leaveOut().ids() != null) {
                    leftOutIds.addAll(change.leaveOut().ids());
                }
            } else if (change.replace() != null) {
                replaced.put(change.replace().id(), change.replace().data());
            } else if (change.insert() != null) {
                typeOf(change.insert().type());
                inserted.computeIfAbsent(change.insert().after(), at -> new ArrayList<>())
                        .add(change.insert());
            }
        }
        wanted.addAll(leftOutIds);
        wanted.addAll(replaced.keySet());
    }

    /** The identifiers that are named. Those that were met are taken away by {@link #leavesOut} and {@link #replacement}. */
    Set<String> namedIds() {
        return wanted;
    }

    List<LeaveOut> filters() {
        return leaveOut.stream().filter(one -> one.ids() == null).toList();
    }

    TreeMap<Long, List<Insert>> inserted() {
        return inserted;
    }

    boolean leavesOut(EventMessage<?> event) {
        if (leftOutIds.contains(event.getIdentifier())) {
            wanted.remove(event.getIdentifier());
            return true;
        }
        return leaveOut.stream().anyMatch(one -> one.ids() == null && matches(one, event));
    }

    private static boolean matches(LeaveOut filter, EventMessage<?> event) {
        var meta = event.getMetaData();
        return is(filter.entity(), event instanceof DomainEventMessage<?> domain ? domain.getAggregateIdentifier() : "")
                && is(filter.type(), EventContent.nameOf(event))
                && is(
                        filter.actor(),
                        Actor.of((String) meta.get(MetaKeys.ACTOR)).name())
                && is(filter.correlationId(), String.valueOf(meta.get(MetaKeys.CORRELATION_ID)));
    }

    private static boolean is(@Nullable String wanted, String actual) {
        return wanted == null || wanted.equals(actual);
    }

    /** What an event says instead; none if it says what it said. */
    @Nullable
    Object replacement(EventMessage<?> event) {
        var data = replaced.get(event.getIdentifier());
        if (data == null) {
            return null;
        }
        wanted.remove(event.getIdentifier());
        return read("replace.data", data, event.getPayloadType());
    }

    /** What an inserted event says. */
    Object payload(Insert insert) {
        return read("insert.data", insert.data(), typeOf(insert.type()));
    }

    private Class<?> typeOf(String name) {
        return catalog.event(name)
                .orElseThrow(() -> new InvalidField("insert.type", "must be the name of an event, but is " + name))
                .payload();
    }

    private static Object read(String field, JsonNode data, Class<?> type) {
        try {
            return JSON.treeToValue(data, type);
        } catch (JacksonException e) {
            throw new InvalidField(
                    field, "must be the JSON of a " + MessageNames.nameOf(type) + ": " + e.getOriginalMessage());
        }
    }

    /** @throws Refusal if an event that is named was not met */
    void mustHaveBeenMet(long upTo) {
        if (!wanted.isEmpty()) {
            var missing = wanted.iterator().next();
            throw new Refusal(new Problem(
                    "event-not-found",
                    "There is no such event",
                    404,
                    "There is no event " + missing + " up to position " + upTo
                            + ". Name events by the id that /api/events gives, and a later moment.",
                    Map.of("event", missing)));
        }
    }
}
