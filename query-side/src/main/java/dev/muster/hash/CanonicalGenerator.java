package dev.muster.hash;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes a value twice in one pass: as JSON by the generator that it delegates to, and canonically beside it. So whoever wants both
 * goes through the value once.
 */
final class CanonicalGenerator extends JsonGeneratorDelegate {

    private final CanonicalWriter canonical;

    /** @param json writes it as it is */
    CanonicalGenerator(JsonGenerator json, CanonicalWriter canonical) {
        super(json, false);
        this.canonical = canonical;
    }

    @Override
    public JsonGenerator writeStartArray() {
        canonical.beginArray();
        delegate.writeStartArray();
        return this;
    }

    @Override
    public JsonGenerator writeStartArray(Object value) {
        canonical.beginArray();
        delegate.writeStartArray(value);
        return this;
    }

    @Override
    public JsonGenerator writeStartArray(Object value, int length) {
        canonical.beginArray();
        delegate.writeStartArray(value, length);
        return this;
    }

    @Override
    public JsonGenerator writeEndArray() {
        canonical.endArray();
        delegate.writeEndArray();
        return this;
    }

    /** Says that the array that comes next has no order; as JSON its elements stay in that in which they come. */
    void nextIsSet(List<@Nullable String> texts) {
        canonical.nextIsSet(texts);
    }

    @Override
    public JsonGenerator writeStartObject() {
        canonical.beginObject();
        delegate.writeStartObject();
        return this;
    }

    @Override
    public JsonGenerator writeStartObject(Object value) {
        canonical.beginObject();
        delegate.writeStartObject(value);
        return this;
    }

    @Override
    public JsonGenerator writeStartObject(Object value, int size) {
        canonical.beginObject();
        delegate.writeStartObject(value, size);
        return this;
    }

    @Override
    public JsonGenerator writeEndObject() {
        canonical.endObject();
        delegate.writeEndObject();
        return this;
    }

    @Override
    public JsonGenerator writeName(String name) {
        canonical.name(name);
        delegate.writeName(name);
        return this;
    }

    @Override
    public JsonGenerator writeName(SerializableString name) {
        canonical.name(name);
        delegate.writeName(name);
        return this;
    }

    @Override
    public JsonGenerator writePropertyId(long id) {
        return writeName(Long.toString(id));
    }

    // ---- what the delegate would write past this one

    @Override
    public JsonGenerator writeArray(int[] array, int offset, int length) {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeArray(long[] array, int offset, int length) {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeArray(double[] array, int offset, int length) {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeArray(String[] array, int offset, int length) {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeString(array[i]);
        }
        return writeEndArray();
    }

    // ---- texts

    @Override
    public JsonGenerator writeString(@Nullable String text) {
        if (text == null) {
            return writeNull();
        }
        canonical.string(text);
        delegate.writeString(text);
        return this;
    }

    @Override
    public JsonGenerator writeString(Reader reader, int length) {
        throw notCanonical("a text that is read from elsewhere");
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        return writeString(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeString(SerializableString text) {
        canonical.string(text.getValue());
        delegate.writeString(text);
        return this;
    }

    @Override
    public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
        return writeString(new String(text, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        var bytes = Arrays.copyOfRange(data, offset, offset + length);
        canonical.string(Base64.getEncoder().encodeToString(bytes));
        delegate.writeBinary(variant, data, offset, length);
        return this;
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        throw notCanonical("bytes that are read from elsewhere");
    }

    // ---- numbers and words

    @Override
    public JsonGenerator writeNumber(short value) {
        canonical.number(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(int value) {
        canonical.number(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(long value) {
        canonical.number(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(BigInteger value) {
        canonical.number(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(double value) {
        canonical.number(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(float value) {
        canonical.number(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(BigDecimal value) {
        canonical.number(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(String number) {
        return writeNumber(new BigDecimal(number));
    }

    @Override
    public JsonGenerator writeNumber(char[] number, int offset, int length) {
        return writeNumber(new String(number, offset, length));
    }

    @Override
    public JsonGenerator writeBoolean(boolean value) {
        canonical.word(Boolean.toString(value));
        delegate.writeBoolean(value);
        return this;
    }

    @Override
    public JsonGenerator writeNull() {
        canonical.word("null");
        delegate.writeNull();
        return this;
    }

    // ---- what has no canonical form, since nobody knows what it says

    @Override
    public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRaw(String text) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRaw(String text, int offset, int length) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRaw(SerializableString text) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRaw(char[] text, int offset, int length) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRaw(char c) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRawValue(String text) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRawValue(String text, int offset, int length) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRawValue(char[] text, int offset, int length) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeRawValue(SerializableString text) {
        throw notCanonical("raw text");
    }

    @Override
    public JsonGenerator writeEmbeddedObject(Object object) {
        throw notCanonical("an embedded object");
    }

    private static IllegalStateException notCanonical(String what) {
        return new IllegalStateException("A view is to be hashed, but " + what + " has no canonical form");
    }
}
