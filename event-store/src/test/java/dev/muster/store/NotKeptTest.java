package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A record of what an engine does not keep is wrong if it has too little, and if it has too much. */
class NotKeptTest {

    @Test
    void a_right_record_passes() {
        assertThat(failures(Right.class)).isZero();
    }

    @Test
    void a_broken_promise_that_is_not_recorded_fails() {
        assertThat(failures(TooLittle.class)).isEqualTo(1);
    }

    @Test
    void a_kept_promise_that_is_recorded_as_broken_fails() {
        assertThat(failures(TooMuch.class)).isEqualTo(1);
    }

    @Test
    void a_promise_that_nobody_made_fails() {
        assertThat(failures(Misspelt.class)).isPositive();
    }

    private static long failures(Class<?> engine) {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(engine))
                                .build(),
                        summary);
        return summary.getSummary().getTotalFailureCount();
    }

    /** Promises one of which is broken. */
    @ExtendWith(NotKept.Record.class)
    abstract static class Promises {

        @Test
        public void kept() {}

        @Test
        public void broken() {
            throw new AssertionError("broken");
        }

        @Test
        public void broken_sometimes() {}
    }

    @NotKept(value = "broken", because = "it is")
    @NotKept(value = "broken_sometimes", because = "it may be", inARace = true)
    static class Right extends Promises {}

    static class TooLittle extends Promises {}

    @NotKept(value = "broken", because = "it is")
    @NotKept(value = "kept", because = "it was not")
    static class TooMuch extends Promises {}

    @NotKept(value = "broken", because = "it is")
    @NotKept(value = "brokn", because = "it is")
    static class Misspelt extends Promises {}
}
