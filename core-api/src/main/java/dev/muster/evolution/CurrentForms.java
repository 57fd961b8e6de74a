package dev.muster.evolution;

import dev.muster.message.MessageNames;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * The end of the chain of upcasters: lets through only what is in today's form, so that an event of another revision is
 * refused by name and not read in part. Parts that an upcaster of another make has left with one identifier are told apart
 * here, in their order. Events of names that nobody knows are let through. Thread-safe.
 */
public final class CurrentForms implements EventUpcaster {

    private final Map<String, String> revisions = new HashMap<>();

    /** @param events the classes of all events */
    public CurrentForms(Collection<? extends Class<?>> events) {
        for (var event : events) {
            var revision = event.getAnnotation(Revision.class);
            revisions.put(MessageNames.nameOf(event), revision == null ? "" : revision.value());
        }
    }

    /**
     * The events as they come, each in today's form.
     *
     * @throws Refusal while it is read, if an event is of a revision that nothing leads from
     */
    @Override
    public Stream<IntermediateEventRepresentation> upcast(Stream<IntermediateEventRepresentation> events) {
        return events.map(this::known).map(toldApart());
    }

    private IntermediateEventRepresentation known(IntermediateEventRepresentation event) {
        var type = event.getType();
        var current = revisions.get(type.getName());
        if (current == null || current.equals(Objects.requireNonNullElse(type.getRevision(), ""))) {
            return event;
        }
        var form = EventForm.of(type);
        throw new Refusal(new Problem(
                "event-revision-unknown",
                "The log has an event in a form that can't be read",
                500,
                "The event " + form.name() + where(event) + " is of revision " + named(form.revision())
                        + ", but here its revision is " + named(current) + ". "
                        + (isLater(form.revision(), current)
                                ? "A later version of the application has written it: start that version."
                                : "No upcaster leads from that revision to this one: add one."),
                Map.of("event", form.name(), "revision", form.revision(), "known", current)));
    }

    private static String where(IntermediateEventRepresentation event) {
        var position = event.getTrackingToken()
                .flatMap(token -> token.position().stream().boxed().findFirst());
        return event.getAggregateIdentifier()
                        .map(entity -> " of " + entity + " at version "
                                + event.getSequenceNumber().orElse(0L))
                        .orElse("")
                + position.map(at -> ", position " + at + " of the log,").orElse("")
                + " (" + event.getMessageIdentifier() + ")";
    }

    private static String named(String revision) {
        return revision.isEmpty() ? "none" : revision;
    }

    private static boolean isLater(String stored, String current) {
        try {
            return Integer.parseInt(stored) > Integer.parseInt(current);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static UnaryOperator<IntermediateEventRepresentation> toldApart() {
        return new Parts()::tellApart;
    }

    /** Knows the identifiers that the parts of one event have, for as long as it sees no other event. */
    private static final class Parts {

        private @Nullable String stored;
        private String first = "";
        /** Of further parts, which hardly any event has; empty until there is one. */
        private final Set<String> seen = new HashSet<>();

        IntermediateEventRepresentation tellApart(IntermediateEventRepresentation event) {
            var identifier = event.getMessageIdentifier();
            var of = EventPart.parse(identifier).event();
            if (!of.equals(stored)) {
                stored = of;
                first = identifier;
                seen.clear();
                return event;
            }
            seen.add(first);
            if (seen.add(identifier)) {
                return event;
            }
            var part = PartOfEvent.of(event);
            do {
                part = part.next();
            } while (!seen.add(part.getMessageIdentifier()));
            return part;
        }
    }
}
