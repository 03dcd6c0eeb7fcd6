package dev.observatory.journal;

import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes a record with all of its fields: {@code null} for what is not known. For payloads of which the protocol promises
 * that every field is there. JSON-B can be set to write nulls only everywhere or by annotations, which the vocabulary has
 * none of; and it finds a serializer by the exact type, so each of these payloads has a subclass of its own. Thread-safe.
 */
abstract class WholeRecordSerializer<R extends Record> implements JsonbSerializer<R> {

    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    @Override
    public void serialize(R data, JsonGenerator generator, SerializationContext context) {
        generator.writeStartObject();
        for (RecordComponent component : data.getClass().getRecordComponents()) {
            String name = name(component);
            Object value = value(component, data);
            if (value == null) {
                generator.writeNull(name);
            } else {
                context.serialize(name, value, generator);
            }
        }
        generator.writeEnd();
    }

    /** The name as the encoder's naming strategy has it. */
    private static String name(RecordComponent component) {
        return NEXT_WORD.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    private static Object value(RecordComponent component, Record data) {
        try {
            return component.getAccessor().invoke(data);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
