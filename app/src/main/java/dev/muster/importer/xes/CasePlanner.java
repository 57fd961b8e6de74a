package dev.muster.importer.xes;

import dev.muster.mission.MissionCommand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the plan of a case from what happened in it. Each occurrence of an activity is a step; it depends on the steps that
 * had ended when it began. An event is about the open occurrence of its activity (and, where the log names them, of its
 * instance) that its transition fits; of several, about one that its resource was seen at, and then the oldest.
 */
final class CasePlanner {

    /** Where an event belongs: its step, and those that have ended before it. */
    record Placed(XesEvent event, int step, List<Integer> left) {}

    private final List<CasePlan.PlannedStep> steps = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private final List<Occurrence> open = new ArrayList<>();
    private final Map<String, Occurrence> lastEnded = new HashMap<>();
    private final StepIds ids = new StepIds();
    private final Frontier frontier = new Frontier();

    /** @param events in the order of time */
    CasePlanner(List<XesEvent> events) {
        for (var event : events) {
            if (hasTooManySteps()) {
                return;
            }
            place(event);
        }
    }

    /** Whether it has more than a plan may have; those beyond are not counted. */
    boolean hasTooManySteps() {
        return steps.size() > MissionCommand.MAX_STEPS;
    }

    /** In the order in which they begin. */
    List<CasePlan.PlannedStep> steps() {
        return steps;
    }

    List<Placed> placed() {
        return placed;
    }

    /**
     * From which event on the case does nothing but give up what was begun before; how many events there are if its last
     * one does not give up.
     */
    int givenUpFrom() {
        var from = placed.size();
        while (from > 0 && placed.get(from - 1).event().transition().effect() == Effect.ENDS_BADLY) {
            from--;
            if (begins(from)) {
                return from;
            }
        }
        return from;
    }

    private boolean begins(int event) {
        var step = placed.get(event).step();
        return placed.subList(0, event).stream().noneMatch(before -> before.step() == step);
    }

    private void place(XesEvent event) {
        var left = leave(event);
        var occurrence = find(event).orElseGet(() -> begin(event));
        occurrence.take(event);
        placed.add(new Placed(event, occurrence.step, left));
        if (occurrence.phase.isEnd() && open.remove(occurrence)) {
            ended(occurrence);
        }
    }

    /** A case has one status at a time, so with the next one the others have ended. */
    private List<Integer> leave(XesEvent event) {
        if (!event.transition().isStatus()) {
            return List.of();
        }
        var left = open.stream()
                .filter(each -> each.ofStatus && !each.activity.equals(event.activity()))
                .toList();
        open.removeAll(left);
        left.forEach(this::ended);
        return left.stream().map(each -> each.step).toList();
    }

    private void ended(Occurrence occurrence) {
        frontier.ended(occurrence.step, occurrence.endedBefore);
        lastEnded.put(occurrence.activity, occurrence);
    }

    private Optional<Occurrence> find(XesEvent event) {
        var transition = event.transition();
        for (var phase : transition.of()) {
            var found = open.stream()
                    .filter(each -> each.phase == phase)
                    .filter(each -> each.activity.equals(event.activity()))
                    .filter(each -> Objects.equals(each.instance, event.instance()))
                    .min(Comparator.comparing(each -> !Objects.equals(each.resource, event.resource())));
            if (found.isPresent()) {
                return found;
            }
        }
        return transition == Transition.OTHER
                ? Optional.ofNullable(lastEnded.get(String.valueOf(event.activity())))
                : Optional.empty();
    }

    private Occurrence begin(XesEvent event) {
        var occurrence = new Occurrence(steps.size(), event, frontier.count());
        steps.add(new CasePlan.PlannedStep(
                ids.next(occurrence.activity),
                occurrence.activity,
                frontier.steps(),
                event.transition().submits()));
        open.add(occurrence);
        return occurrence;
    }
}
