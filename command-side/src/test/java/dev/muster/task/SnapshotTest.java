package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentId;
import dev.muster.message.JsonMappers;
import dev.muster.mission.MissionId;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot keeps all of an aggregate's state. */
class SnapshotTest {

    private static final Jackson3Serializer SERIALIZER = Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(JsonMappers::state)
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"dev.muster.task.Task", "dev.muster.agent.Agent"})
    void every_field_comes_back_as_it_was(String name) throws Exception {
        var type = Class.forName(name);
        var blank = make(type);
        var full = make(type);
        for (var field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                field.set(full, value(field.getName(), field.getType()));
                assertThat(field.get(full)).as(field.getName()).isNotNull().isNotEqualTo(field.get(blank));
            }
        }
        var stored = SERIALIZER.serialize(full, byte[].class);
        Object read = SERIALIZER.deserialize(stored);
        assertThat(read).usingRecursiveComparison().isEqualTo(full);
        assertThat(stored.getType().getRevision()).isEqualTo("1");
    }

    private static Object make(Class<?> type) throws Exception {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static Object value(String name, Class<?> type) {
        if (name.equals("openBlockers")) {
            return List.of(new Blocker(TaskId.of("b"), Blocker.Until.ENDED));
        }
        if (name.equals("slots")) {
            return Map.of("t", 7L);
        }
        if (name.equals("id")) {
            return type == TaskId.class ? TaskId.of("t") : AgentId.of("a");
        }
        if (type.isEnum()) {
            return Arrays.asList(type.getEnumConstants()).get(2);
        }
        return Map.<Class<?>, Object>of(
                        String.class,
                        "text",
                        MissionId.class,
                        MissionId.of("m"),
                        Set.class,
                        Set.of("one"),
                        Retry.class,
                        new Retry(7, Duration.ofSeconds(9)),
                        Instant.class,
                        Instant.parse("2026-01-02T03:04:05.006Z"),
                        Holding.class,
                        new Holding(AgentId.of("a"), 3, Instant.EPOCH, true),
                        int.class,
                        5,
                        Integer.class,
                        5,
                        Usage.class,
                        new Usage(1, 2, 3))
                .get(type);
    }
}
