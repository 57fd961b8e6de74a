package dev.muster.evolution;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a stored event is read as: a form, and how the stored JSON becomes that of the form, step by step, in the order in
 * which the steps are declared. Immutable; with each step it is another reading. A step must give the same whenever it is run,
 * since the event is upcast each time it is read.
 */
public final class Reading {

    private final EventForm form;
    private final String inWords;
    private final UnaryOperator<ObjectNode> steps;
    private final @Nullable Predicate<ObjectNode> condition;

    private Reading(
            EventForm form,
            String inWords,
            UnaryOperator<ObjectNode> steps,
            @Nullable Predicate<ObjectNode> condition) {
        this.form = form;
        this.inWords = inWords;
        this.steps = steps;
        this.condition = condition;
    }

    /** The form of that stored name and revision, so far with the JSON as it is stored. */
    public static Reading as(String name, String revision) {
        return new Reading(EventForm.event(name, revision), "", json -> json, null);
    }

    /** Gives a field another name; where it is absent, it stays so. */
    public Reading rename(String field, String name) {
        return then("rename " + field + " to " + name, json -> {
            var value = json.remove(field);
            if (value != null) {
                json.set(name, value);
            }
        });
    }

    /** Gives a field another value; where it is absent, it stays so. */
    public Reading change(String field, UnaryOperator<JsonNode> value) {
        return then("change " + field, json -> {
            if (json.hasNonNull(field)) {
                json.set(field, value.apply(json.get(field)));
            }
        });
    }

    /** Gives a field a value where it has none: what events of the earlier form mean by leaving it out. */
    public Reading fill(String field, JsonNode value) {
        return then("fill " + field + " with " + value, json -> {
            if (!json.hasNonNull(field)) {
                json.set(field, value);
            }
        });
    }

    /** Leaves fields out. */
    public Reading without(String... fields) {
        return then("without " + Arrays.toString(fields), json -> json.remove(Arrays.asList(fields)));
    }

    /** Leaves out all fields but these. */
    public Reading only(String... fields) {
        return then("only " + Arrays.toString(fields), json -> json.retain(fields));
    }

    /**
     * Changes the JSON in a way of its own, in place.
     *
     * @param inWords what it does, by which this reading is told from one in which the step was another
     */
    public Reading then(String inWords, Consumer<ObjectNode> step) {
        return new Reading(
                form,
                this.inWords + ", " + inWords,
                json -> {
                    var changed = steps.apply(json);
                    step.accept(changed);
                    return changed;
                },
                condition);
    }

    /** There is this part only where the event, as it is stored, has that field. */
    public Reading ifPresent(String field) {
        return onlyIf("there is " + field, json -> json.hasNonNull(field));
    }

    /**
     * There is this part only where that holds of the event as it is stored.
     *
     * @param inWords what holds
     */
    public Reading onlyIf(String inWords, Predicate<ObjectNode> holds) {
        return new Reading(
                form, this.inWords + ", only if " + inWords, steps, condition == null ? holds : condition.and(holds));
    }

    /** What is asked once what is stored is there as JSON, which costs something. */
    boolean isOf(Supplier<JsonNode> stored) {
        return condition == null || condition.test((ObjectNode) stored.get());
    }

    JsonNode of(JsonNode stored) {
        return steps.apply((ObjectNode) stored.deepCopy());
    }

    EventForm form() {
        return form;
    }

    @Override
    public String toString() {
        return form + inWords;
    }
}
