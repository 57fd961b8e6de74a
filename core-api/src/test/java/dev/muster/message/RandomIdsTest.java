package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.Test;

class RandomIdsTest {

    @Test
    void axon_names_its_messages_by_it() {
        assertThat(IdentifierFactory.getInstance()).isInstanceOf(RandomIds.class);
    }

    @Test
    void an_identifier_is_a_random_uuid() {
        for (int i = 0; i < 1_000; i++) {
            var id = UUID.fromString(RandomIds.next());
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void no_two_threads_make_the_same() throws Exception {
        var made = ConcurrentHashMap.<String>newKeySet();
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> making = () -> {
                var twice = 0;
                for (int i = 0; i < 10_000; i++) {
                    twice += made.add(RandomIds.next()) ? 0 : 1;
                }
                return twice;
            };
            var makings = IntStream.range(0, 8).mapToObj(thread -> making).toList();
            for (var twice : threads.invokeAll(makings)) {
                assertThat(twice.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(made).hasSize(80_000);
    }
}
