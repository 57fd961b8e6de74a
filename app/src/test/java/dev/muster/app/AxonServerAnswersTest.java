package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.JsonMappers;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;

/** What a sender sees of an answer that has crossed Axon Server. */
class AxonServerAnswersTest {

    private final AxonServerAnswers answers = new AxonServerAnswers(
            Jackson3Serializer.builder()
                    .jsonMapperBuilderCustomizer(JsonMappers::events)
                    .build(),
            AxonServerConfiguration.builder().build());

    private CommandResultMessage<?> crossed(CommandResultMessage<?> answer) {
        return answers.deserialize(answers.serialize(answer, "request"));
    }

    private Throwable crossed(Throwable failure) {
        return crossed(new GenericCommandResultMessage<>(failure)).exceptionResult();
    }

    @Test
    void a_refusal_is_a_refusal_again() {
        var problem = new Problem(
                "stale-version",
                "t",
                412,
                "d",
                Map.of("currentVersion", 2, "unseenEvents", List.of(Map.of("version", 1))));

        assertThat(crossed(new Refusal(problem)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
    }

    @Test
    void a_conflict_that_axon_server_tells_of_is_a_conflict_that_is_tried_again() {
        var trailers = new Metadata();
        trailers.put(Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER), "AXONIQ-2000");

        var failure = crossed(Status.OUT_OF_RANGE.asRuntimeException(trailers));

        assertThat(failure).isInstanceOf(ConcurrencyException.class).hasNoCause();
    }

    @Test
    void what_nobody_foresaw_stays_what_axon_makes_of_it() {
        assertThat(crossed(new IllegalStateException("broken"))).isInstanceOf(CommandExecutionException.class);
    }

    @Test
    void an_answer_stays_an_answer() {
        var answer = crossed(new GenericCommandResultMessage<>("done", Map.of("version", 7L)));

        assertThat(answer.getPayload()).isEqualTo("done");
        assertThat(answer.getMetaData()).containsEntry("version", 7L);
    }
}
