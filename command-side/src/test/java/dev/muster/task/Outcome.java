package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.CustomMatcher;
import org.jspecify.annotations.Nullable;

/** What came of a command in a fixture. */
public final class Outcome<T> {

    private final ResultValidator<T> result;

    public Outcome(ResultValidator<T> result) {
        this.result = result;
    }

    /** It was done, and these are its events. */
    public Outcome<T> emits(Object... events) {
        result.expectSuccessfulHandlerExecution().expectEvents(events);
        return this;
    }

    public Outcome<T> emitsNothing() {
        result.expectSuccessfulHandlerExecution().expectNoEvents();
        return this;
    }

    public Outcome<T> answers(@Nullable Object answer) {
        result.expectResultMessagePayload(answer);
        return this;
    }

    /** The simple names of the events. */
    public List<String> events() {
        var names = new ArrayList<String>();
        result.expectSuccessfulHandlerExecution()
                .expectEventsMatching(Matchers.payloadsMatching(Matchers.matches((List<?> payloads) -> {
                    payloads.forEach(payload -> names.add(payload.getClass().getSimpleName()));
                    return true;
                })));
        return names;
    }

    public Outcome<T> leaves(Consumer<T> state) {
        result.expectState(state);
        return this;
    }

    /** It was refused with that code, said what about, and left no event. */
    public Problem refused(String code) {
        var told = new AtomicReference<@Nullable Problem>();
        result.expectException(new CustomMatcher<Throwable>("a refusal with the code " + code) {
            @Override
            public boolean matches(Object thrown) {
                if (thrown instanceof Refusal refusal) {
                    told.set(refusal.problem());
                }
                return told.get() != null && told.get().code().equals(code);
            }
        });
        result.expectNoEvents();
        var problem = Objects.requireNonNull(told.get());
        assertThat(problem.title()).isNotBlank();
        assertThat(problem.detail()).endsWith(".");
        return problem;
    }
}
