package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KebabTest {

    @ParameterizedTest
    @CsvSource({
        "ClaimNextTask, claim-next-task",
        "Claim, claim",
        "ExportOCELLog, export-ocel-log",
        "ReadURL, read-url",
        "Find2Tasks, find2-tasks"
    })
    void words_are_parted_by_hyphens(String name, String kebab) {
        assertThat(Kebab.of(name)).isEqualTo(kebab);
    }
}
