package dev.observatory.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.conversation.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The export as JSON Lines")
class JsonLinesExportTest {

    private final SampleStore store = new SampleStore();

    private byte[] export() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonLinesExport(store.store(), store.files()).writeTo(out);
        return out.toByteArray();
    }

    @Test
    @DisplayName("has the session's own file first and then those of its agents, each in the order kept")
    void fileByFile() throws IOException {
        store.keep("-p/s/subagents/agent-b.jsonl", "{'b':1}")
                .keep("-p/s.jsonl", "{'s':1}")
                .keep("-p/s/subagents/agent-a.jsonl", "{'a':1}")
                .keep("-p/s/subagents/agent-b.jsonl", "{'b':2}")
                .keep("-p/s.jsonl", "{'s':2}");

        assertThat(new String(export(), StandardCharsets.UTF_8).lines())
                .containsExactly("{\"s\":1}", "{\"s\":2}", "{\"a\":1}", "{\"b\":1}", "{\"b\":2}");
    }

    @Test
    @DisplayName("has every line to the byte, whatever it is, and a record in place of one that was skipped")
    void everyByte() throws IOException {
        byte[] odd = {'{', (byte) 0xff, 0, '\r', (byte) 0xc3};
        store.keep("-p/s.jsonl", odd, 0).keep("-p/s.jsonl", new byte[0], 20_000_000);

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(odd);
        expected.writeBytes(
                "\n{\"type\":\"observatory-skipped-line\",\"bytes\":20000000}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(export()).isEqualTo(expected.toByteArray());
    }

    @Test
    @DisplayName("knows its length beforehand, and keeps to it when lines are added meanwhile")
    void knowsItsLength() throws IOException {
        store.keep("-p/s.jsonl", "{'s':'ü'}").keep("-p/s/subagents/agent-a.jsonl", new byte[0], 5);
        JsonLinesExport export = new JsonLinesExport(store.store(), store.files());
        store.keep("-p/s.jsonl", "{'late':1}");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export.writeTo(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("ü").doesNotContain("late");
        assertThat(export.length()).hasValue(out.size());
    }

    @Test
    @DisplayName("fails when the store goes away, and adds nothing, for its length tells that")
    void storeGoesAway() throws IOException {
        store.keep("-p/s.jsonl", "{}").keep("-p/s.jsonl", "{}").goAwayAfter(3);
        JsonLinesExport export = new JsonLinesExport(store.store(), store.files());
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> export.writeTo(out));
        assertThat(out.size()).isLessThan((int) export.length().orElseThrow());
        assertThat(export.brokenOff()).isEmpty();
    }

    @Test
    @DisplayName("fails as writing fails when the client goes away")
    void clientGoesAway() {
        store.keep("-p/s.jsonl", "{}");
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new JsonLinesExport(store.store(), store.files()).writeTo(closed))
                .withMessage("closed");
    }
}
