package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.muster.Messages;
import dev.muster.evolution.CurrentForms;
import dev.muster.evolution.EventPart;
import dev.muster.evolution.EventUpcasters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
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
                .filter(file -> !file.toString().matches(".*\\.(schema|upcast)\\.json"))
                .toList();
    }

    static List<Path> formsOfToday() {
        return storedForms().stream().filter(EventShapesTest::isOfToday).toList();
    }

    static List<Path> earlierForms() {
        return storedForms().stream().filter(file -> !isOfToday(file)).toList();
    }

    private static boolean isOfToday(Path file) {
        return events().stream()
                .anyMatch(event ->
                        file(event, ".").getFileName().toString().equals(name(file) + "-" + revision(file) + "."));
    }

    @BeforeAll
    static void recordWhatIsNew() throws IOException {
        if (RECORDING) {
            Files.createDirectories(RECORDED);
            var test = new EventShapesTest();
            for (var event : events()) {
                test.record(event);
            }
            for (var form : earlierForms()) {
                create(upcastOf(form), test.upcast(form).toPrettyString());
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

    @ParameterizedTest
    @MethodSource("events")
    void an_event_has_a_stored_form_of_each_earlier_revision(Class<?> event) {
        var current = Integer.parseInt(event.getAnnotation(Revision.class).value());
        var recorded = formsOf(MessageNames.nameOf(event));

        assertThat(recorded)
                .as("Events of every revision from 1 on are stored, and what they look like is to be kept")
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, current).boxed().toList());
    }

    private static Set<Integer> formsOf(String name) {
        return storedForms().stream()
                .filter(file -> name(file).equals(name))
                .map(file -> Integer.valueOf(revision(file)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Fails too where no upcaster leads from that form to one of today, or the event is not known any more. */
    @ParameterizedTest
    @MethodSource("earlierForms")
    void an_earlier_form_is_read_as_was_recorded(Path file) {
        assertThat(upcastOf(file))
                .as("Record what becomes of %s with -Dmuster.record-events=true", file)
                .exists();
        assertThat(upcast(file)).isEqualTo(JSON.readTree(upcastOf(file)));
    }

    @Test
    void what_is_recorded_of_an_upcast_is_of_an_earlier_form() {
        var upcasts = recorded().filter(file -> file.toString().endsWith(".upcast.json"));
        assertThat(upcasts)
                .hasSameElementsAs(
                        earlierForms().stream().map(EventShapesTest::upcastOf).toList());
    }

    private static Path upcastOf(Path form) {
        var name = form.getFileName().toString();
        return form.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".upcast.json");
    }

    /** What the form is read as today: each part's stored name, revision, number and JSON. */
    private JsonNode upcast(Path file) {
        var stored = new GenericDomainEventEntry<>(
                "type",
                "type/id",
                0,
                "event",
                Instant.EPOCH,
                name(file),
                revision(file),
                JSON.readTree(file).toString().getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8));
        var upcasters = new EventUpcasterChain(EventUpcasters.ofMuster(), new CurrentForms(events()));
        var parts = JSON.createArrayNode();
        EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(0), stored)),
                        serializer,
                        upcasters)
                .forEach(event -> parts.addObject()
                        .put("event", MessageNames.nameOf(event.getPayloadType()))
                        .put(
                                "revision",
                                event.getPayloadType()
                                        .getAnnotation(Revision.class)
                                        .value())
                        .put("part", EventPart.parse(event.getIdentifier()).number())
                        .set("data", stored(event.getPayload())));
        return parts;
    }

    @ParameterizedTest
    @MethodSource("formsOfToday")
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
        return serializer.deserialize(
                new SimpleSerializedObject<>(json.toString(), String.class, name(file), revision(file)));
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

    private static String revision(Path file) {
        return file.getFileName().toString().substring(name(file).length() + 1).split("\\.")[0];
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
