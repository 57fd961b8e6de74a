package dev.muster.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;

/**
 * A form of an event: one in which it is stored, from which a {@link Change} begins, or one in which it is read.
 *
 * <pre>{@code
 * event("TaskCommented", "1").becomes(as("TaskCommented", "2").rename("text", "comment"))
 * event("TaskNoticed", "1").isDropped()
 * }</pre>
 *
 * @param name the stored name
 * @param revision empty for events that were stored without one
 */
public record EventForm(String name, String revision) {

    /** The form of that name and revision. */
    public static EventForm event(String name, String revision) {
        return new EventForm(name, revision);
    }

    static EventForm of(SerializedType type) {
        return new EventForm(type.getName(), Objects.requireNonNullElse(type.getRevision(), ""));
    }

    SerializedType type() {
        return new SimpleSerializedType(name, revision.isEmpty() ? null : revision);
    }

    /** It is read as this; as each of these, in this order, if there are several. */
    public Change becomes(Reading first, Reading... further) {
        var readings = new ArrayList<>(List.of(first));
        readings.addAll(List.of(further));
        return new Change(this, readings);
    }

    /** It is read as nothing. The log keeps it, and its place in the entity's versions. */
    public Change isDropped() {
        return new Change(this, List.of());
    }

    @Override
    public String toString() {
        return revision.isEmpty() ? name : name + " " + revision;
    }
}
