package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The documents list every property with its default, and no other. */
class ConfigurationTableTest {

    private static final Pattern ROW = Pattern.compile("^\\| `(muster\\.[a-z.-]+)` \\| `([^`]*)` \\|.*");

    @Test
    void the_table_of_properties_is_that_of_the_code() throws IOException {
        var documented = new TreeMap<String, String>();
        for (var line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2));
            }
        }
        var known = new TreeMap<String, String>();
        collect("muster", MusterProperties.class, known);
        assertThat(documented).isEqualTo(known);
    }

    private static void collect(String prefix, Class<?> record, Map<String, String> known) {
        for (RecordComponent component : record.getRecordComponents()) {
            var name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                collect(name, component.getType(), known);
            } else {
                known.put(name, defaultOf(record, component));
            }
        }
    }

    private static String defaultOf(Class<?> record, RecordComponent component) {
        for (var parameter : record.getDeclaredConstructors()[0].getParameters()) {
            if (parameter.getName().equals(component.getName())) {
                return String.join(
                        ",", parameter.getAnnotation(DefaultValue.class).value());
            }
        }
        throw new AssertionError(component + " has no default");
    }
}
