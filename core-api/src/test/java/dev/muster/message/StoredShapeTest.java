package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;

/** What the shape of stored state tells, and the revision that is made of it. */
class StoredShapeTest {

    record Part(String name) {}

    record Whole(int count, Optional<List<Part>> parts) {}

    enum Mood {
        WELL,
        ILL
    }

    sealed interface Kind {
        record One(int a) implements Kind {}

        record Two(Mood mood) implements Kind {}
    }

    static class Base {
        private long inherited;
        static int shared;
        transient int forgotten;
    }

    static class Member {
        private Map<String, ? extends Part> parts = Map.of();
    }

    @AggregateRoot
    @Revision("3")
    static class Entity extends Base {
        private String b = "";
        private Kind a = new Kind.One(1);
        private Member[] members = {};
    }

    static class Renamed {
        @JsonProperty("other")
        private String name = "";
    }

    static class NotRenamed {
        private String name = "";
    }

    private static String within(Class<?> type) {
        return StoredShape.of(type).replace(StoredShapeTest.class.getName() + "$", "");
    }

    @Test
    void it_goes_down_to_the_records_in_it() {
        assertThat(within(Whole.class))
                .isEqualTo("Part(name:java.lang.String); "
                        + "Whole(count:int, parts:java.util.Optional<java.util.List<Part>>)");
    }

    @Test
    void it_has_every_stored_field_of_a_class_also_inherited_ones_and_nothing_else() {
        assertThat(within(Entity.class))
                .contains("Entity(a:Kind, b:java.lang.String, inherited:long, members:Member[])")
                .contains("Member(parts:java.util.Map<java.lang.String, ? extends Part>)")
                .contains("Kind$One(a:int)")
                .contains("Kind$Two(mood:Mood)")
                .contains("Mood[ILL, WELL]")
                .contains("Part(name:java.lang.String)")
                .doesNotContain("shared", "forgotten");
    }

    @Test
    void another_name_in_json_is_another_shape() {
        assertThat(within(Renamed.class).replace("Renamed", "NotRenamed")).isNotEqualTo(within(NotRenamed.class));
    }

    @Test
    void an_aggregate_has_its_revision_and_its_shape() {
        assertThat(new StateRevisions().revisionOf(Entity.class))
                .isEqualTo("3+" + StoredShape.fingerprint(Entity.class))
                .matches("3\\+[0-9a-f]{16}");
        assertThat(new StateRevisions().revisionOf(Unraised.class)).startsWith("+");
    }

    @AggregateRoot
    static class Unraised {
        private int a;
    }

    @Test
    void other_state_has_the_revision_that_it_names() {
        assertThat(new StateRevisions().revisionOf(Member.class)).isNull();
        assertThat(new StateRevisions().revisionOf(Noted.class)).isEqualTo("2");
    }

    @Revision("2")
    record Noted(int a) {}

    @Test
    void a_field_in_a_record_in_an_aggregate_changes_its_revision_though_nobody_raised_it() {
        assertThat(new StateRevisions().revisionOf(Before.Entity.class).substring(2))
                .isNotEqualTo(
                        new StateRevisions().revisionOf(After.Entity.class).substring(2));
        assertThat(StoredShape.of(Before.Entity.class).replace("Before", "After"))
                .isNotEqualTo(StoredShape.of(After.Entity.class));
    }

    static class Before {
        record Held(int token) {}

        @AggregateRoot
        @Revision("1")
        static class Entity {
            private Held held = new Held(1);
        }
    }

    static class After {
        record Held(long token) {}

        @AggregateRoot
        @Revision("1")
        static class Entity {
            private Held held = new Held(1);
        }
    }
}
