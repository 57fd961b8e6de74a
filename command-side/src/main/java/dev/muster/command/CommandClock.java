package dev.muster.command;

import dev.muster.message.MetaKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * One instant for each command: what a handler's clock says and what its events bear. An import says at which instant a
 * command happened; a client cannot, since only what is sent inside the process is trusted. Instants are of milliseconds,
 * so that they look the same wherever they are stored. Outside of a unit of work it is the clock it was made from.
 */
public final class CommandClock extends Clock {

    private static final String INSTANT = CommandClock.class.getName();
    private final Clock clock;

    public CommandClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        if (!CurrentUnitOfWork.isStarted()) {
            return now();
        }
        var root = CurrentUnitOfWork.get().root();
        return root.getOrComputeResource(INSTANT, key -> {
            var meta = root.getMessage() == null ? null : root.getMessage().getMetaData();
            return meta != null
                            && Boolean.TRUE.equals(meta.get(MetaKeys.TRUSTED))
                            && meta.get(MetaKeys.AT) instanceof String at
                    ? Instant.parse(at)
                    : now();
        });
    }

    /** Has every command on a bus happen at the instant that this clock then says, also where events take their time from. */
    public static MessageHandlerInterceptor<CommandMessage<?>> at(Clock clock) {
        return (unitOfWork, chain) -> {
            unitOfWork.root().resources().put(INSTANT, clock.instant());
            return chain.proceed();
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new CommandClock(clock.withZone(zone));
    }
}
