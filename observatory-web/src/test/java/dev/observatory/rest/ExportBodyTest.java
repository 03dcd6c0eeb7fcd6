package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.export.MarkdownExport;
import dev.observatory.message.ConversationUpdate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The body of an export")
class ExportBodyTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The export of a file whose one line has a text of that length; behind it the store may go away. */
    private static ExportBody body(int characters, boolean goesAway) {
        ConversationStore store = (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> {
                    show(characters, arguments[3]);
                    if (goesAway) {
                        throw new StoreUnavailableException("away", null);
                    }
                    return null;
                });
        ConversationUpdate conversation = ConversationOrderTest.conversation("c", null, 1, "t");
        return new ExportBody(new MarkdownExport(store, conversation, null, List.of(Lines.file("-shop/3f0e.jsonl"))));
    }

    @SuppressWarnings("unchecked")
    private static void show(int characters, Object reader) {
        ((Predicate<ConversationStore.PlacedLine>) reader)
                .test(Lines.line(1, "{'type':'user','message':{'content':'" + "x".repeat(characters) + "'}}"));
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("is sent to its end")
    void whole() throws IOException {
        body(10, false).write(out);

        assertThat(written()).startsWith("# t\n").contains("> xxxxxxxxxx\n").contains("*End of the export: 1 records.");
    }

    @Test
    @DisplayName("says that it broke off once something was sent, and never that it ended")
    void brokenOff() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> body(200_000, true).write(out));

        assertThat(written())
                .contains("xxx")
                .endsWith("could not be read further.**\n")
                .doesNotContain("End of the export");
    }

    @Test
    @DisplayName("is not sent at all when it breaks off early, so that the failure can be answered")
    void failsEarly() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> body(10, true).write(out));

        assertThat(written()).isEmpty();
    }
}
