package dev.observatory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Words")
class WordsTest {

    @TempDir
    static Path folder;

    private static SearchRoom room;

    @BeforeAll
    static void open() {
        room = new SearchRoom(folder);
    }

    @AfterAll
    static void close() {
        room.close();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("are taken apart, each with its position")
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, World!               | 1 hello, 2 world",
                "ConversationFeed            | 1 conversationfeed, 1 conversation, 2 feed",
                "new ConversationFeed.java x | 1 new, 2 conversationfeed, 2 conversation, 3 feed, 4 java, 5 x",
                "observatory-ejb             | 1 observatory, 2 ejb",
                "MAX_LINE_BYTES              | 1 max, 2 line, 3 bytes",
                "HTTPServer                  | 1 httpserver, 1 http, 2 server",
                "utf8Reader                  | 1 utf8reader, 1 utf8, 2 reader",
                "sha256 H200 266CBBD6        | 1 sha256, 2 h200, 3 266cbbd6",
                "_ __ a _ b                  | 1 a, 2 b",
                "x._y 3.14                   | 1 x, 2 y, 3 3, 4 14",
                "漢字 かな 한국어                 | 1 漢, 2 字, 3 か, 4 な, 5 한국어",
                "Straße ÉCOLE ÇA Ωmega       | 1 straße, 2 école, 3 ça, 4 ωmega",
                "nai\u0308ve e\u0301         | 1 naïve, 2 é",
                "🚀 up                       | 1 🚀, 2 up",
                "𝒳y 𐐀𐐨𐐀                       | 1 𝒳y, 2 𐐨𐐨𐐨, 2 𐐨𐐨, 3 𐐨",
            })
    void areTakenApart(String text, String expected) throws Exception {
        assertThat(String.join(", ", tokens(text))).isEqualTo(expected);
    }

    @Test
    @DisplayName("of more than 64 characters are left as they are")
    void longWords() throws Exception {
        String word = "aB".repeat(33);

        assertThat(tokens(word)).containsExactly("1 " + word.toLowerCase(Locale.ROOT));
        assertThat(tokens("aB".repeat(32))).hasSize(33 + 1);
    }

    @ParameterizedTest(name = "\"{0}\" is found by \"{1}\": {2}")
    @DisplayName("find each other")
    @CsvSource({
        "ConversationFeed, conversation feed, true",
        "ConversationFeed, ConversationFeed, true",
        "ConversationFeed, conversationfeed, true",
        "ConversationFeed, feed, true",
        "ConversationFeed, Conver*, true",
        "ConversationFeed, ConversationF*, true",
        "ConversationFeed, feed*, true",
        "ConversationFeed.java, ConversationFeed, true",
        "ConversationFeed.java, conversationfeed.java, true",
        "ConversationFeed.java, feed.java, true",
        "dev/observatory/ConversationFeed.java, observatory/ConversationFeed, true",
        "dev/observatory/ConversationFeed.java, observatory/conv*, true",
        "dev/observatory/ConversationFeed.java, \"\"\"observatory/ConversationFeed.java\"\"\", true",
        "conversation feed, ConversationFeed, true",
        "conversationfeed, ConversationFeed, true",
        "conversation and more feed, ConversationFeed, true",
        "conversation, ConversationFeed, false",
        "observatory-ejb, observatory, true",
        "observatory-ejb, observatory-ejb, true",
        "observatory_ejb, observatory-ejb, true",
        "observatoryEjb, observatory-ejb, true",
        "observatory ejb, \"\"\"observatory-ejb\"\"\", true",
        "ejb of observatory, observatory-ejb, true",
        "ejb of observatory, \"\"\"observatory-ejb\"\"\", false",
        "one ConversationFeed two, \"\"\"one conversation feed two\"\"\", true",
        "one ConversationFeed two, \"\"\"one ConversationFeed two\"\"\", true",
        "one conversationfeed two, \"\"\"one ConversationFeed two\"\"\", true",
        "one ConversationFeed two, \"\"\"one two\"\"\", false",
        "日本語を話す, 日本, true",
        "日本語を話す, \"\"\"日本語\"\"\", true",
        "日本語を話す, 中, false",
        "e\u0301cole, \u00e9cole, true",
        "MAX_LINE, max_line, true",
        "-Xlint:all, xlint, true",
        "foo@example.com, example.com, true",
        "C:\\Users\\ada, c:\\users\\ada, true",
        "the cat, dog, false",
        "running, run, false",
        "don't, don't, true",
        "🚀 launch, 🚀, true",
    })
    void findEachOther(String text, String query, boolean found) {
        String conversation = UUID.randomUUID().toString();
        room.say(conversation, Lines.prompt("u", text));

        assertThat(room.search(SearchRoom.in(query, List.of(conversation))).hits())
                .hasSize(found ? 1 : 0);
    }

    private static List<String> tokens(String text) throws Exception {
        List<String> all = new ArrayList<>();
        try (Analyzer analyzer = new TranscriptAnalyzer();
                TokenStream tokens = analyzer.tokenStream(Fields.TEXT, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            PositionIncrementAttribute increment = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            int position = 0;
            while (tokens.incrementToken()) {
                position += increment.getPositionIncrement();
                all.add(position + " " + term);
                String source = text.substring(offset.startOffset(), offset.endOffset());
                assertThat(Normalizer.normalize(source, Normalizer.Form.NFC)).isEqualToIgnoringCase(term.toString());
            }
            tokens.end();
        }
        return all;
    }
}
