package dev.muster.command;

import dev.muster.message.JsonMappers;
import dev.muster.message.MessageNames;
import dev.muster.message.QuickJson;
import dev.muster.message.Secret;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Commands and answers as they are kept for repeated keys. */
public final class AnswerJson {

    /** How many characters of JSON an answer has at most to be kept; of a longer one only the fact is. */
    static final int MAX_ANSWER = 8 * 1024;

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    private static final QuickJson QUICK = new QuickJson(JSON);

    /** What is answered once is not kept. */
    private static final QuickJson KEPT = new QuickJson(JsonMappers.events(JsonMapper.builder())
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
                    return member.hasAnnotation(Secret.class) || super.hasIgnoreMarker(config, member);
                }
            })
            .build());

    private AnswerJson() {}

    /** SHA-256 over the name and the content of a command, hexadecimal. */
    public static String hash(Object command) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            // Through a text, as hashes always were: half a pair of surrogates comes out otherwise as bytes.
            digest.update((MessageNames.nameOf(command.getClass()) + " ").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(QUICK.text(command).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static @Nullable String write(@Nullable Object answer) {
        if (answer == null) {
            return null;
        }
        var json = KEPT.text(answer);
        return json.length() <= MAX_ANSWER ? json : null;
    }

    static @Nullable Object read(@Nullable String json, Type type) {
        return json == null ? null : JSON.readValue(json, JSON.constructType(type));
    }
}
