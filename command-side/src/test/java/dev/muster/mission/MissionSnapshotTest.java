package dev.muster.mission;

import static dev.muster.mission.MissionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.JsonMappers;
import dev.muster.mission.MissionEvent.CompensationFailed;
import dev.muster.task.Retry;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** A snapshot keeps all of a mission's state. */
class MissionSnapshotTest {

    private static final Jackson3Serializer SERIALIZER = Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(JsonMappers::state)
            .build();

    @Test
    void every_field_comes_back_as_it_was() throws Exception {
        var mission = new Mission();
        var undo = new Compensation("Undo it", "All of it", Set.of("x"), object("a", "b"), new Retry(2, null));
        var full = new Step(
                "full",
                "Do it",
                "In full",
                Set.of("a"),
                Set.of("y"),
                object("c", "d"),
                Map.of("n", "a"),
                new Retry(3, null),
                undo);
        mission.on(planned(new Budget(1L, 2L), NOW, undoable("a"), undoable("b"), full));
        mission.on(started());
        mission.on(began("a"));
        mission.on(completed("a", StringNode.valueOf("done")));
        mission.on(completed("b", StringNode.valueOf("done")));
        mission.on(charged("a", 3, tokens(5), tokens(5), tokens(5)));
        mission.on(stopped(StopReason.BUDGET));
        mission.on(undoing("b"));
        mission.on(new CompensationFailed(MISSION, "b", Work.undoOf(MISSION, "b"), "stuck"));
        var blank = new Mission();
        for (var field : Mission.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                assertThat(field.get(mission)).as(field.getName()).isNotNull().isNotEqualTo(field.get(blank));
            }
        }
        var stored = SERIALIZER.serialize(mission, byte[].class);
        assertThat((Object) SERIALIZER.deserialize(stored))
                .usingRecursiveComparison()
                .isEqualTo(mission);
        assertThat(stored.getType().getRevision()).isEqualTo("2");
    }

    @Test
    void the_steps_keep_the_order_of_the_plan() {
        var mission = new Mission();
        mission.on(planned(step("z"), step("a"), step("m")));
        Mission restored = SERIALIZER.deserialize(SERIALIZER.serialize(mission, byte[].class));
        var stored = SERIALIZER.serialize(restored, JsonNode.class).getData();
        assertThat(stored.get("steps").propertyNames()).containsExactly("z", "a", "m");
    }
}
