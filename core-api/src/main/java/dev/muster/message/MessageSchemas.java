package dev.muster.message;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas (2020-12) of messages, as {@link JsonMappers} read and write them. What is not {@link Nullable} is
 * required. Thread-safe.
 */
public final class MessageSchemas {

    private final JsonMapper mapper = JsonMappers.edges();
    private final SchemaGenerator inputs = generator(true, true);
    private final SchemaGenerator outputs = generator(false, true);
    private final SchemaGenerator recursiveInputs = generator(true, false);
    private final SchemaGenerator recursiveOutputs = generator(false, false);

    /** The schema of what an edge takes; the fields named in {@code filledIn} may be left out besides the nullable ones. */
    public synchronized JsonNode input(Class<?> payload, Set<String> filledIn) {
        var schema = generate(payload, inputs, recursiveInputs);
        var description = payload.getAnnotation(Description.class);
        if (description != null) {
            schema.put("description", description.value());
        }
        if (schema.get("required") instanceof ArrayNode required) {
            required.removeIf(field -> filledIn.contains(field.stringValue()));
            if (required.isEmpty()) {
                schema.remove("required");
            }
        }
        return schema;
    }

    /** The schema of what is given back or stored: what a reader may count on, open to additions. */
    public synchronized JsonNode output(Type type) {
        return generate(type, outputs, recursiveOutputs);
    }

    /** One schema in one piece, which every client understands; with references only if the type holds itself. */
    private static ObjectNode generate(Type type, SchemaGenerator inOnePiece, SchemaGenerator withReferences) {
        try {
            return inOnePiece.generateSchema(type);
        } catch (IllegalArgumentException recursive) {
            return withReferences.generateSchema(type);
        }
    }

    private SchemaGenerator generator(boolean forInput, boolean inOnePiece) {
        var config = new SchemaGeneratorConfigBuilder(mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES, Option.PLAIN_DEFINITION_KEYS)
                .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY));
        if (inOnePiece) {
            config.with(Option.INLINE_ALL_SCHEMAS);
        }
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(this::plain)
                .withAdditionalPropertiesResolver(scope -> forInput && isRecord(scope.getType()) ? Void.class : null)
                .withPropertySorter((one, other) -> 0)
                .withArrayUniqueItemsResolver(scope -> scope.getType().isInstanceOf(Set.class) ? Boolean.TRUE : null);
        config.forFields()
                .withDescriptionResolver(MessageSchemas::description)
                .withRequiredCheck(field -> isRequired(field, forInput));
        return new SchemaGenerator(config.build());
    }

    /** What the field says about itself, else what its type does; one of them, since two would make two schemas. */
    private static @Nullable String description(FieldScope field) {
        if (field.isFakeContainerItemScope()) {
            return null;
        }
        var own = field.getAnnotation(Description.class);
        var description = own != null ? own : field.getType().getErasedType().getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    private @Nullable CustomDefinition plain(ResolvedType type, SchemaGenerationContext context) {
        if (type.isInstanceOf(EntityId.class)) {
            return inline(string().put("minLength", 1).put("maxLength", EntityId.MAX_LENGTH));
        }
        if (type.isInstanceOf(Instant.class)) {
            return inline(string().put("format", "date-time"));
        }
        if (type.isInstanceOf(Duration.class)) {
            return inline(string().put("format", "duration"));
        }
        return type.isInstanceOf(JsonNode.class) ? inline(mapper.createObjectNode()) : null;
    }

    private ObjectNode string() {
        return mapper.createObjectNode().put("type", "string");
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(schema, CustomDefinition.INLINE_DEFINITION, CustomDefinition.INCLUDING_ATTRIBUTES);
    }

    private static boolean isRecord(@Nullable ResolvedType type) {
        return type != null && type.getErasedType().isRecord() && !type.isInstanceOf(EntityId.class);
    }

    private static boolean isRequired(FieldScope field, boolean forInput) {
        var owner = field.getRawMember().getDeclaringClass();
        if (!owner.isRecord()) {
            return false;
        }
        var components = owner.getRecordComponents();
        var index = IntStream.range(0, components.length)
                .filter(i -> components[i].getName().equals(field.getDeclaredName()))
                .findFirst();
        if (index.isEmpty() || isNullable(components[index.getAsInt()].getAnnotatedType())) {
            return false;
        }
        // A constructor may put something in the place of what was left out.
        return !forInput || !isNullable(canonical(owner, components).getAnnotatedParameterTypes()[index.getAsInt()]);
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Constructor<?> canonical(Class<?> owner, RecordComponent[] components) {
        try {
            return owner.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("The record " + owner.getName() + " has no canonical constructor", e);
        }
    }
}
