package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.Messages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;
import org.junit.jupiter.api.Test;

class StoredMetaDataTest {

    private static final String STORED =
            "{\"actor\":\"a-1\",\"n\":12,\"none\":null,\"said\":\"\\\"yes\\\"\",\"twice\":1,\"twice\":2,\"\":\"empty\"}";

    private static final MetaData USUAL = MetaData.from(usual());

    private static Map<String, Object> usual() {
        var values = new HashMap<String, Object>();
        values.put("actor", "a-1");
        values.put("n", 12L);
        values.put("none", null);
        values.put("said", "\"yes\"");
        values.put("twice", 2L);
        values.put("", "empty");
        return values;
    }

    private final EventSerializer serializer = EventSerializer.of(MessageNames.of(Messages.all()));

    private MetaData stored() {
        MetaData read =
                serializer.deserialize(new SerializedMetaData<>(STORED.getBytes(StandardCharsets.UTF_8), byte[].class));
        assertThat(read).isInstanceOf(StoredMetaData.class);
        return read;
    }

    @Test
    void a_value_is_the_one_that_a_map_of_all_has_before_and_after_that_was_made() {
        var stored = stored();
        for (int i = 0; i < 2; i++) {
            for (var key :
                    new Object[] {"actor", "n", "none", "said", "twice", "", "act", "yes", "actor\":\"a-1", 7, null}) {
                assertThat(stored.get(key)).as("%s", key).isEqualTo(USUAL.get(key));
                assertThat(stored.containsKey(key)).as("%s", key).isEqualTo(USUAL.containsKey(key));
            }
            assertThat(stored).hasSize(6);
        }
    }

    @Test
    void it_is_as_any_other_metadata() {
        assertThat(stored().equals(USUAL)).isTrue();
        assertThat(USUAL.equals(stored())).isTrue();
        assertThat(stored()).hasSameHashCodeAs(USUAL).hasToString(USUAL.toString());
        assertThat(stored().isEmpty()).isFalse();
        assertThat(stored().keySet()).isEqualTo(USUAL.keySet());
        assertThat(stored().values()).containsExactlyElementsOf(USUAL.values());
        assertThat(stored().entrySet()).isEqualTo(USUAL.entrySet());
        assertThat(stored().containsValue("a-1")).isTrue();
        assertThat(stored().getOrDefault("x", "y")).isEqualTo("y");
        assertThat(MetaData.from(stored())).isEqualTo(USUAL);
    }

    @Test
    void others_are_made_of_it() {
        assertThat(stored().and("x", 1)).isEqualTo(USUAL.and("x", 1));
        assertThat(stored().andIfNotPresent("x", () -> 1)).isEqualTo(USUAL.and("x", 1));
        assertThat(stored().andIfNotPresent("n", () -> 1)).isEqualTo(USUAL);
        assertThat(stored().mergedWith(Map.of("n", 1))).isEqualTo(USUAL.mergedWith(Map.of("n", 1)));
        assertThat(stored().mergedWith(Map.of())).isEqualTo(USUAL);
        assertThat(USUAL.mergedWith(stored())).isEqualTo(USUAL);
        assertThat(MetaData.with("x", 1).mergedWith(stored())).isEqualTo(USUAL.and("x", 1));
        assertThat(stored().withoutKeys(Set.of("n"))).isEqualTo(USUAL.withoutKeys(Set.of("n")));
        assertThat(stored().withoutKeys(Set.of())).isEqualTo(USUAL);
        assertThat(stored().subset("n", "x")).isEqualTo(MetaData.with("n", 12L));
    }

    @Test
    void nobody_changes_it() {
        var stored = stored();

        assertThatThrownBy(() -> stored.put("n", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> stored.remove("n")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(stored::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> stored.entrySet().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(stored).isEqualTo(USUAL);
    }

    @Test
    void it_is_written_as_any_other() throws Exception {
        var written = serializer.serialize(stored(), String.class);
        var usual = serializer.serialize(USUAL, String.class);
        assertThat(written.getData()).isEqualTo(usual.getData());
        assertThat(written.getType()).isEqualTo(usual.getType());

        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(stored());
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(USUAL).isExactlyInstanceOf(MetaData.class);
        }
    }
}
