package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ActorTest {

    @Test
    void without_a_name_an_actor_is_anonymous_and_an_operator() {
        assertThat(Actor.of(null)).isEqualTo(Actor.ANONYMOUS);
        assertThat(Actor.of("")).isEqualTo(Actor.ANONYMOUS);
        assertThat(Actor.ANONYMOUS.isOperator()).isTrue();
        assertThat(Actor.ANONYMOUS.isAgent()).isFalse();
    }

    @Test
    void a_plain_name_is_an_agents() {
        var actor = Actor.of("a-7");

        assertThat(actor.isAgent()).isTrue();
        assertThat(actor.isOperator()).isFalse();
        assertThat(actor.isSystem()).isFalse();
        assertThat(actor).hasToString("a-7");
    }

    @Test
    void operators_and_the_system_are_told_by_what_their_names_begin_with() {
        assertThat(Actor.operator("ann")).isEqualTo(Actor.of("operator:ann"));
        assertThat(Actor.operator("ann").isOperator()).isTrue();
        assertThat(Actor.operator("ann").isAgent()).isFalse();
        assertThat(Actor.system("supervisor")).isEqualTo(Actor.of("system:supervisor"));
        assertThat(Actor.system("supervisor").isSystem()).isTrue();
        assertThat(Actor.system("supervisor").isAgent()).isFalse();
    }

    @Test
    void an_auditor_is_nobody_else_and_asks_what_agents_may_not() {
        assertThat(Actor.auditor("eve")).isEqualTo(Actor.of("auditor:eve"));
        assertThat(Actor.auditor("eve").isAuditor()).isTrue();
        assertThat(Actor.auditor("eve").isAgent()).isFalse();
        assertThat(Actor.auditor("eve").isOperator()).isFalse();
        assertThat(Actor.auditor("eve").has(Role.AUDITOR)).isTrue();
        assertThat(Actor.auditor("eve").has(Role.OPERATOR)).isFalse();
        assertThat(Actor.operator("ann").has(Role.AUDITOR)).isTrue();
        assertThat(Actor.of("a-7").has(Role.AUDITOR)).isFalse();
    }

    @Test
    void anybody_may_send_what_needs_no_role() {
        assertThat(Actor.of("a-7").has(Role.ANYBODY)).isTrue();
        assertThat(Actor.ANONYMOUS.has(Role.ANYBODY)).isTrue();
        assertThat(Actor.system("s").has(Role.ANYBODY)).isTrue();
    }

    @Test
    void operators_and_the_system_may_send_what_needs_an_operator() {
        assertThat(Actor.of("a-7").has(Role.OPERATOR)).isFalse();
        assertThat(Actor.operator("ann").has(Role.OPERATOR)).isTrue();
        assertThat(Actor.ANONYMOUS.has(Role.OPERATOR)).isTrue();
        assertThat(Actor.system("s").has(Role.OPERATOR)).isTrue();
    }

    @Test
    void only_the_system_may_send_what_needs_the_system() {
        assertThat(Actor.of("a-7").has(Role.SYSTEM)).isFalse();
        assertThat(Actor.operator("ann").has(Role.SYSTEM)).isFalse();
        assertThat(Actor.ANONYMOUS.has(Role.SYSTEM)).isFalse();
        assertThat(Actor.system("s").has(Role.SYSTEM)).isTrue();
    }

    @Test
    void a_name_keeps_to_the_rules_of_identifiers() {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> Actor.of("a 7"))
                .withMessageContaining("actor must not contain blanks");
    }
}
