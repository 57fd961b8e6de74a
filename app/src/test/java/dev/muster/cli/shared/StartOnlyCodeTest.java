package dev.muster.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.app.DiagnosticCommands;
import java.time.Duration;
import javax.management.JMException;
import org.junit.jupiter.api.Test;

class StartOnlyCodeTest {

    private static final String FIRST_OF_THE_LIST = "org/springframework/asm";

    @Test
    void the_optimizing_compiler_is_kept_from_it_until_the_server_has_started() throws JMException {
        assertThat(DiagnosticCommands.run("compilerDirectivesPrint")).doesNotContain(FIRST_OF_THE_LIST);

        try (var meanwhile = StartOnlyCode.notOptimized(work -> new Thread(work).start())) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(DiagnosticCommands.run("compilerDirectivesPrint"))
                            .contains(FIRST_OF_THE_LIST)
                            .containsPattern("c2 directives:[^:]*: -\\s+Enable:true Exclude:true"));
        }

        assertThat(DiagnosticCommands.run("compilerDirectivesPrint")).doesNotContain(FIRST_OF_THE_LIST);
    }
}
