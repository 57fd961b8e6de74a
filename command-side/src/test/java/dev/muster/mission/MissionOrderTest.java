package dev.muster.mission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.MetaKeys;
import dev.muster.mission.MissionCommand.*;
import dev.muster.mission.MissionEvent.StepStarted;
import dev.muster.task.MutableClock;
import dev.muster.task.Usage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the order in which what runs is completed, a mission ends completed, and each step ran once. */
class MissionOrderTest {

    private static final int LAYERS = 10;
    private static final int WIDTH = 20;

    private final List<String> begun = new ArrayList<>();
    private Configuration axon;

    @BeforeEach
    void start() {
        axon = DefaultConfigurer.defaultConfiguration()
                .configureAggregate(Mission.class)
                .configureEventStore(configuration -> EmbeddedEventStore.builder()
                        .storageEngine(new InMemoryEventStorageEngine())
                        .build())
                .registerComponent(Clock.class, configuration -> new MutableClock(MissionFixture.NOW))
                .start();
        axon.eventStore()
                .subscribe(events -> events.forEach(event -> {
                    if (event.getPayload() instanceof StepStarted started) {
                        begun.add(started.stepId());
                    }
                }));
    }

    @AfterEach
    void stop() {
        axon.shutdown();
    }

    static IntStream fewSeeds() {
        return IntStream.range(0, 3);
    }

    static IntStream manySeeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void a_mission_ends_completed(int seed) {
        run(new Random(seed));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("manySeeds")
    void a_mission_ends_completed_whatever_the_order(int seed) {
        run(new Random(seed));
    }

    private void run(Random random) {
        var steps = layers(random);
        send(new PlanMission(MissionFixture.MISSION, "Big", steps, null, null));
        send(new StartMission(MissionFixture.MISSION));
        var byId = new HashMap<String, Step>();
        steps.forEach(step -> byId.put(step.stepId(), step));
        var done = new HashSet<String>();
        var next = 0;
        while (done.size() < steps.size()) {
            for (; next < begun.size(); next++) {
                assertThat(done).containsAll(byId.get(begun.get(next)).dependsOn());
            }
            var running = begun.stream().filter(step -> !done.contains(step)).toList();
            assertThat(running).as("something runs until all is done").isNotEmpty();
            var step = running.get(random.nextInt(running.size()));
            send(new RecordStepCompleted(MissionFixture.MISSION, step, null, 1, Usage.NONE));
            done.add(step);
        }
        assertThat(begun).doesNotHaveDuplicates().hasSize(steps.size());
        var last = axon.eventStore().readEvents("mission/m").asStream().reduce((one, other) -> other);
        assertThat(last.orElseThrow().getPayload())
                .isEqualTo(new MissionEvent.MissionCompleted(MissionFixture.MISSION));
    }

    private static List<Step> layers(Random random) {
        var steps = new ArrayList<Step>();
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int place = 0; place < WIDTH; place++) {
                var dependsOn = new TreeSet<String>();
                for (int i = 0; layer > 0 && i < 3; i++) {
                    dependsOn.add("s" + (layer - 1) + "-" + random.nextInt(WIDTH));
                }
                steps.add(MissionFixture.step("s" + layer + "-" + place, dependsOn.toArray(String[]::new)));
            }
        }
        return steps;
    }

    private void send(Object command) {
        var answer = new FutureCallback<Object, Object>();
        axon.commandBus().dispatch(new GenericCommandMessage<>(command, Map.of(MetaKeys.ACTOR, "system:test")), answer);
        assertThat(answer.getResult().isExceptional())
                .as(() -> String.valueOf(answer.getResult().exceptionResult()))
                .isFalse();
    }
}
