package dev.observatory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A query")
class QueryReaderTest {

    private final QueryReader queries = new QueryReader(new TranscriptAnalyzer());

    @TempDir
    static Path folder;

    private static SearchRoom room;

    @BeforeAll
    static void open() {
        room = new SearchRoom(folder);
        room.say(
                "fruit",
                Lines.prompt("1", "a red apple"),
                Lines.prompt("2", "an apple that is red"),
                Lines.prompt("3", "a red car"),
                Lines.prompt("4", "something else"));
        room.say("letters", Lines.prompt("u", "a b aB 漢 é 0 AaBb"));
    }

    @AfterAll
    static void close() {
        room.close();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("finds what it asks for")
    @CsvSource(
            delimiter = '|',
            value = {
                "red                  | 1 2 3",
                "RED                  | 1 2 3",
                "red apple            | 1 2",
                "apple red            | 1 2",
                "\"red apple\"        | 1",
                "\"apple red\"        | ''",
                "red -apple           | 3",
                "-apple red           | 3",
                "red -\"red apple\"   | 2 3",
                "re* -app*            | 3",
                "app*                 | 1 2",
                "appl* re*            | 1 2",
                "\"red apple          | 1 2",
                "red apple\"          | 1 2",
                "'red | apple'        | 1 2",
                "red + apple          | 1 2",
                "(red apple)          | 1 2",
                "red~2                | ''",
                "red AND NOT          | ''",
                "text:red             | ''",
                "a*b                  | u",
                "red ***              | 1 2 3",
                "red -                | 1 2 3",
                "red --apple          | 1 2",
                "red \"\"             | 1 2 3",
                "\"red\" \"apple\"    | 1 2",
                "\"red - apple\"      | 1",
                "none                 | ''",
            })
    void findsWhatItAsksFor(String query, String expected) {
        assertThat(room.find(query).stream().sorted())
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    @ParameterizedTest
    @DisplayName("without a word that is to occur is refused")
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\n",
                "...",
                "\"",
                "\"\"",
                "\"---\"",
                "*",
                "-",
                "+|()",
                "-red",
                "-red -\"a b\" -cc*",
                "_ __",
                "\u0000",
                "\ud800",
                "\u200b"
            })
    void nothingToFind(String text) {
        assertThatThrownBy(() -> queries.read(text))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("no word");
    }

    @Test
    @DisplayName("may have 400 characters and 64 words, and no more")
    void limits() {
        assertThat(queries.read("a".repeat(400))).isNotNull();
        assertThatThrownBy(() -> queries.read("a".repeat(401))).hasMessage("q has more than 400 characters");
        assertThat(queries.read("ab ".repeat(64))).isNotNull();
        assertThatThrownBy(() -> queries.read("ab ".repeat(65))).hasMessage("q has more than 64 words");
        assertThatThrownBy(() -> queries.read("\"" + "ab ".repeat(65) + "\"")).hasMessage("q has more than 64 words");
        assertThatThrownBy(() -> queries.read("漢".repeat(65))).hasMessage("q has more than 64 words");
        assertThatThrownBy(() -> queries.read("red a*")).hasMessage("q has a prefix of less than 2 characters: a*");
    }

    @ParameterizedTest(name = "{displayName}: {index}")
    @DisplayName("of any form is answered, and in good time")
    @ValueSource(
            strings = {
                "\"AaBb CcDd EeFf GgHh IiJj KkLl MmNn OoPp QqRr SsTt UuVv WwXx YyZz\"",
                "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZzAaBbCcDdEeFf",
                "\"AaBbCcDdEeFfGgHhIiJjKkLl MmNnOoPpQqRrSsTtUuVvWwXxYyZz AaBbCcDd\"",
                "ab* ac* ad* ae* af* ag* ah* ai* aj* ak* al* am* an* ao* ap* aq*",
                "a OR b AND NOT (c",
                "[a TO z] {a TO z} /regex.*/ a~ a^5 a:b \\",
                "((((((((((((((((((((a",
                "-a -b -c d",
                "a \"b \"c \"d",
                "<script>alert('x')</script>",
                "'; drop table segment; --",
                "\uffff\ufffe a",
                "\ud83d\ude80 \ud83d a",
                "\u202eabc\u202c",
                "a\u0301\u0301\u0301\u0301",
                "aa*bb*cc*",
                "--------a",
                "\"a\"\"b\"\"c\"",
                "ﷺ ǅ ŉ ß İ",
            })
    void anyForm(String text) {
        assertIsAnsweredOrRefused(text, text);
    }

    @Test
    @DisplayName("of random characters is answered or refused")
    void random() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "aB \"*-+|()\\~:/[]{}^_.漢é\u0301\ud83d\ude80\u0000\u200d0";
        for (int i = 0; i < 1000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j >= 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertIsAnsweredOrRefused(text.toString(), "seed " + seed + ", query " + text);
        }
    }

    private static void assertIsAnsweredOrRefused(String text, String description) {
        try {
            assertThat(room.find(text)).as(description).hasSizeLessThanOrEqualTo(5);
        } catch (InvalidQueryException refused) {
            assertThat(refused).as(description).hasMessageStartingWith("q has");
        } catch (RuntimeException failure) {
            throw new AssertionError(description, failure);
        }
    }
}
