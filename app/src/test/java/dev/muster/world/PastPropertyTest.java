package dev.muster.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.digest.Digest;
import dev.muster.message.AsOf;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageCatalog;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.world.CatalogQuestions.Question;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.queryhandling.QueryGateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever has happened, the past that ends now is the present. */
class PastPropertyTest {

    /** They are about the log at a moment that they name themselves. */
    private static final Set<String> LIVE_ONLY = Set.of("get-event-changes", "what-if");

    private static GrowingHistory history;

    @BeforeContainer
    static void start() {
        history = new GrowingHistory();
    }

    @AfterContainer
    static void stop() {
        history.close();
    }

    @Provide
    static Arbitrary<List<Move>> moves() {
        return Move.upTo(120);
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void every_answer_as_of_the_last_event_and_as_of_its_time_is_the_live_one(
            @ForAll("moves") List<Move> moves, @ForAll long seed) {
        history.grow(moves, last -> {
            if (last >= 0) {
                compareAll(last, new Random(seed));
            }
        });
    }

    private static void compareAll(long last, Random random) {
        var events = history.events(0, last).stream()
                .<DomainEventMessage<?>>map(event -> (DomainEventMessage<?>) event)
                .toList();
        var latest = events.stream()
                .map(DomainEventMessage::getTimestamp)
                .max(Instant::compareTo)
                .orElseThrow();
        var questions = new CatalogQuestions(history.bean(MessageCatalog.class), events, latest, random).all();
        // Of one entity first, since they are answered from a whole World where there is one.
        Stream.of(true, false)
                .flatMap(ofOne -> questions.stream()
                        .filter(question ->
                                EntityScope.entityOf(question.payload()).isPresent() == ofOne))
                .forEach(question -> compare(question, last, latest));
    }

    private static void compare(Question question, long last, Instant latest) {
        if (LIVE_ONLY.contains(question.query().kebab())) {
            assertThat(asOf(question, last).path("code").asString())
                    .as("%s as of %d", question, last)
                    .isEqualTo("query-only-live");
            return;
        }
        var live = answer(question, question.payload());
        assertThat(asOf(question, last)).as("%s as of %d", question, last).isEqualTo(live);
        assertThat(answer(question, AsOf.moment(question.payload(), latest)))
                .as("%s as of %s", question, latest)
                .isEqualTo(live);
        if (live.path("next").isString()) {
            compare(question.with("cursor", live.get("next").asString()), last, latest);
        }
    }

    private static JsonNode asOf(Question question, long last) {
        return answer(question, AsOf.position(question.payload(), last));
    }

    /** As JSON, or why it was refused. Whether a digest was recorded is no part of what it says. */
    private static JsonNode answer(Question question, Object asked) {
        Object answer;
        try {
            answer = history.bean(QueryGateway.class)
                    .query(asked, question.type())
                    .join();
        } catch (CompletionException e) {
            answer = problem(e).orElseThrow(() -> new AssertionError(question + " failed", e));
        }
        var json = HttpApi.JSON.readTree(JsonMappers.edges().writeValueAsBytes(answer));
        if (answer instanceof Digest) {
            ((ObjectNode) json).remove("recorded");
        }
        return json;
    }

    private static Optional<Problem> problem(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(Refusal.class::isInstance)
                .map(refusal -> ((Refusal) refusal).problem())
                .findFirst();
    }
}
