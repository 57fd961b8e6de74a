package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.muster.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the shapes of events to what was recorded of each revision: a schema, and stored forms. What was once stored must
 * be read for ever, so a recorded file is never written again; {@code -Dmuster.record-events=true} records what is new.
 */
class EventShapesTest {

    private static final Path RECORDED = Path.of("src/test/resources/events");
    private static final boolean RECORDING = Boolean.getBoolean("muster.record-events");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MessageSchemas schemas = new MessageSchemas();
    private final EventSerializer serializer = EventSerializer.of(MessageNames.of(Messages.all()));

    static Set<Class<?>> events() {
        return Messages.events();
    }

    static List<Path> storedForms() {
        return recorded()
                .filter(file -> !file.toString().endsWith(".schema.json"))
                .toList();
    }

    @BeforeAll
    static void recordWhatIsNew() throws IOException {
        if (RECORDING) {
            Files.createDirectories(RECORDED);
            var test = new EventShapesTest();
            for (var event : events()) {
                test.record(event);
            }
        }
    }

    private void record(Class<?> event) throws IOException {
        create(file(event, ".schema.json"), shape(event).toPrettyString());
        create(file(event, ".json"), stored(Samples.full(event)).toPrettyString());
        if (hasNullable(event)) {
            create(file(event, ".min.json"), stored(Samples.least(event)).toPrettyString());
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_has_the_shape_that_was_recorded_of_its_revision(Class<?> event) {
        var file = file(event, ".schema.json");

        assertThat(file)
                .as("%s is a new event or a new revision: record its shape with -Dmuster.record-events=true", event)
                .exists();
        assertThat(shape(event))
                .as(
                        "The shape of %s is not the one that was recorded of its revision. Events of that shape are"
                                + " stored: raise @Revision, add an upcaster, and record the new shape with"
                                + " -Dmuster.record-events=true",
                        event)
                .isEqualTo(JSON.readTree(file));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_has_a_stored_form_of_its_revision(Class<?> event) {
        assertThat(file(event, ".json")).exists();
        if (hasNullable(event)) {
            assertThat(file(event, ".min.json")).exists();
        }
    }

    @Test
    void an_event_that_was_once_recorded_is_still_known() {
        var known = new TreeSet<String>();
        events().forEach(event -> known.add(MessageNames.nameOf(event)));

        assertThat(recorded().map(EventShapesTest::name))
                .as("Events of these names are stored; one that is dropped needs an upcaster, and one that is renamed"
                        + " its old name in @MessageName")
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("storedForms")
    void a_stored_form_is_read_and_written_again_as_it_was(Path file) {
        var json = JSON.readTree(file);

        var event = read(file, json);

        assertThat(stored(event)).isEqualTo(json);
        assertThat(read(file, stored(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_read_as_it_was_written(Class<?> event) {
        for (var sample : List.of(Samples.full(event), Samples.least(event))) {
            var stored = serializer.serialize(sample, byte[].class);

            assertThat(serializer.<byte[], Object>deserialize(stored)).isEqualTo(sample);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_full_sample_leaves_no_field_out(Class<?> event) {
        assertThat(stored(Samples.full(event)).propertyNames())
                .hasSameElementsAs(shape(event).get("properties").propertyNames());
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_has_a_revision(Class<?> event) {
        assertThat(event.getAnnotation(Revision.class)).isNotNull();
    }

    private Object read(Path file, JsonNode json) {
        var name = name(file);
        var revision =
                file.getFileName().toString().substring(name.length() + 1).split("\\.")[0];
        return serializer.deserialize(new SimpleSerializedObject<>(json.toString(), String.class, name, revision));
    }

    private JsonNode stored(Object event) {
        return JSON.readTree(serializer.serialize(event, String.class).getData());
    }

    /** The schema without what is said about its parts, which may change. */
    private JsonNode shape(Class<?> event) {
        var schema = schemas.output(event);
        undescribed(schema);
        return schema;
    }

    private static void undescribed(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("description").isString()) {
            object.remove("description");
        }
        schema.forEach(EventShapesTest::undescribed);
    }

    private static boolean hasNullable(Class<?> event) {
        return Arrays.stream(event.getRecordComponents())
                .anyMatch(component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    private static Path file(Class<?> event, String suffix) {
        var revision = event.getAnnotation(Revision.class);
        if (revision == null) {
            return fail("%s has no @Revision", event);
        }
        return RECORDED.resolve(MessageNames.nameOf(event) + "-" + revision.value() + suffix);
    }

    private static String name(Path file) {
        var stem = file.getFileName().toString();
        return stem.substring(0, stem.lastIndexOf('-'));
    }

    private static Stream<Path> recorded() {
        try (var files = Files.list(RECORDED)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path file, String content) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, content + "\n", StandardOpenOption.CREATE_NEW);
        }
    }
}
