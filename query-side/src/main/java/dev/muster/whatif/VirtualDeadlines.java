package dev.muster.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;
import org.axonframework.deadline.AbstractDeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.messaging.ScopeDescriptor;
import org.jspecify.annotations.Nullable;

/** Deadlines that are over when a virtual clock says so. Not thread-safe. */
final class VirtualDeadlines extends AbstractDeadlineManager {

    private final VirtualClock clock;
    private final PriorityQueue<Scheduled> scheduled =
            new PriorityQueue<>(Comparator.comparing(Scheduled::at).thenComparing(Scheduled::number));
    private long number;

    /** A deadline, and whom it is for. */
    record Scheduled(Instant at, long number, String id, DeadlineMessage<?> message, ScopeDescriptor scope) {}

    VirtualDeadlines(VirtualClock clock) {
        this.clock = clock;
    }

    @Override
    public String schedule(
            Instant triggerDateTime, String deadlineName, @Nullable Object messageOrPayload, ScopeDescriptor scope) {
        var id = UUID.randomUUID().toString();
        var message = processDispatchInterceptors(
                GenericDeadlineMessage.asDeadlineMessage(deadlineName, messageOrPayload, triggerDateTime));
        scheduled.add(new Scheduled(triggerDateTime, number++, id, message, scope));
        return id;
    }

    @Override
    public String schedule(
            Duration triggerDuration, String deadlineName, @Nullable Object messageOrPayload, ScopeDescriptor scope) {
        return schedule(clock.instant().plus(triggerDuration), deadlineName, messageOrPayload, scope);
    }

    @Override
    public void cancelSchedule(String deadlineName, String scheduleId) {
        removeIf(one -> one.id().equals(scheduleId));
    }

    @Override
    public void cancelAll(String deadlineName) {
        removeIf(one -> one.message().getDeadlineName().equals(deadlineName));
    }

    @Override
    public void cancelAllWithinScope(String deadlineName, ScopeDescriptor scope) {
        removeIf(one -> one.message().getDeadlineName().equals(deadlineName)
                && one.scope().equals(scope));
    }

    private void removeIf(Predicate<Scheduled> which) {
        scheduled.removeIf(which);
    }

    /** When the next one is over. */
    Optional<Instant> next() {
        return Optional.ofNullable(scheduled.peek()).map(Scheduled::at);
    }

    /** Takes away those that are over, in their order. */
    List<Scheduled> takeDue() {
        var due = new ArrayList<Scheduled>();
        while (!scheduled.isEmpty() && !scheduled.peek().at().isAfter(clock.instant())) {
            due.add(scheduled.poll());
        }
        return due;
    }
}
