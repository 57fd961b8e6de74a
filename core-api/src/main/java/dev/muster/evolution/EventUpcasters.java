package dev.muster.evolution;

import dev.muster.agent.AgentUpcasters;
import dev.muster.task.TaskUpcasters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import tools.jackson.databind.JsonNode;

/**
 * An upcaster made of declared {@link Change}s. What a change gives is changed again while there is a change of its form, so an
 * event comes from any earlier form to today's, and the order of the declarations does not matter. What has no change is
 * passed on as it is. Thread-safe.
 */
public final class EventUpcasters implements EventUpcaster {

    private final Map<EventForm, Change> changes = new HashMap<>();
    /** Most events are of none of these, so that nothing has to be made to know that they stay as they are. */
    private final Set<String> changed;

    private EventUpcasters(Collection<Change> declared) {
        for (var change : declared) {
            if (changes.put(change.of(), change) != null) {
                throw new IllegalStateException(
                        "Two changes begin with " + change.of() + ". An event is read in one way: join them.");
            }
        }
        declared.forEach(change -> refuseCircle(change, new LinkedHashSet<>()));
        changed = changes.keySet().stream().map(EventForm::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The upcaster of these changes.
     *
     * @throws IllegalStateException if two changes begin with one form, or a form would become itself again
     */
    public static EventUpcasters of(Change... changes) {
        return new EventUpcasters(List.of(changes));
    }

    /** The upcaster of all of Muster's own events, feature by feature. */
    public static EventUpcasters ofMuster() {
        return new EventUpcasters(Stream.of(AgentUpcasters.CHANGES, TaskUpcasters.CHANGES)
                .flatMap(Collection::stream)
                .toList());
    }

    private void refuseCircle(Change change, Set<EventForm> way) {
        if (!way.add(change.of())) {
            throw new IllegalStateException(change.of() + " becomes itself again, by way of " + way + ".");
        }
        for (var reading : change.into()) {
            var next = changes.get(reading.form());
            if (next != null) {
                refuseCircle(next, way);
            }
        }
        way.remove(change.of());
    }

    @Override
    public Stream<IntermediateEventRepresentation> upcast(Stream<IntermediateEventRepresentation> events) {
        return events.mapMulti(this::pass);
    }

    private void pass(IntermediateEventRepresentation event, Consumer<IntermediateEventRepresentation> on) {
        var type = event.getType();
        var change = changed.contains(type.getName()) ? changes.get(EventForm.of(type)) : null;
        if (change == null) {
            on.accept(event);
        } else if (change.into().size() == 1) {
            convert(event, change.into().get(0), on);
        } else if (!change.into().isEmpty()) {
            split(PartOfEvent.of(event), change, on);
        }
    }

    /** Numbers are given to all parts, also to those that this event does not have, before any is changed further. */
    private void split(PartOfEvent event, Change change, Consumer<IntermediateEventRepresentation> on) {
        var parts = new ArrayList<PartOfEvent>();
        for (int i = 0; i < change.into().size(); i++) {
            parts.add(i == 0 ? event : event.next());
        }
        for (int i = 0; i < parts.size(); i++) {
            convert(parts.get(i), change.into().get(i), on);
        }
    }

    private void convert(
            IntermediateEventRepresentation event, Reading reading, Consumer<IntermediateEventRepresentation> on) {
        if (reading.isOf(() -> event.getData(JsonNode.class).getData())) {
            pass(event.upcastPayload(reading.form().type(), JsonNode.class, reading::of), on);
        }
    }

    /**
     * Tells one chain of upcasters from another: whatever was derived from events has to be derived anew where it differs. Of
     * upcasters of another make only their class is known.
     */
    public static String fingerprint(List<? extends EventUpcaster> chain) {
        var text = chain.stream()
                .map(each -> each instanceof EventUpcasters
                        ? each.toString()
                        : each.getClass().getName())
                .collect(Collectors.joining("\n"));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** All changes, a line each, always in the same order. */
    @Override
    public String toString() {
        var lines = new TreeSet<String>();
        changes.values().forEach(change -> lines.add(change.toString()));
        return String.join("\n", lines);
    }
}
