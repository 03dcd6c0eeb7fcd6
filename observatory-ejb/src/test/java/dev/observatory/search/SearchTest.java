package dev.observatory.search;

import static dev.observatory.search.Lines.TIME;
import static dev.observatory.search.Lines.blocks;
import static dev.observatory.search.Lines.prompt;
import static dev.observatory.search.Lines.quoted;
import static dev.observatory.search.Lines.record;
import static dev.observatory.search.SearchRoom.request;
import static dev.observatory.search.SearchRoom.uuids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.StoreUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A search")
class SearchTest {

    @TempDir
    Path folder;

    private SearchRoom room;

    @BeforeEach
    void open() {
        room = new SearchRoom(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @DisplayName("finds what a record says and tells what it is and where")
    void tellsWhereItIs() {
        room.say("c", prompt("u1", "Please sort the shelves"), Lines.answer("u2", "They are sorted."));

        SearchHit hit = room.search(request("shelves")).hits().get(0);

        assertThat(hit.conversationId()).isEqualTo("c");
        assertThat(hit.filePath()).isEqualTo("project/c.jsonl");
        assertThat(hit.agentId()).isNull();
        assertThat(hit.position()).isEqualTo(1);
        assertThat(hit.uuid()).isEqualTo("u1");
        assertThat(hit.role()).isEqualTo("user");
        assertThat(hit.kind()).isEqualTo("prompt");
        assertThat(hit.at()).isEqualTo(TIME);
        assertThat(hit.score()).isPositive();
        assertThat(hit.snippets()).containsExactly(new Snippet("Please sort the shelves", List.of(List.of(16, 23))));
        SearchHit answer = room.search(request("sorted")).hits().get(0);
        assertThat(answer.kind()).isEqualTo("text");
        assertThat(answer.role()).isEqualTo("assistant");
        assertThat(answer.position()).isEqualTo(2);
    }

    @Test
    @DisplayName("finds thoughts, calls with all of their inputs, results and titles")
    void findsEverythingSaid() {
        room.say(
                "c",
                record("thought", TIME, "assistant", blocks("{\"type\":\"thinking\",\"thinking\":\"wondering\"}")),
                record(
                        "call",
                        TIME,
                        "assistant",
                        blocks("{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"Edit\",\"input\":"
                                + "{\"file_path\":\"/a/B.java\",\"edits\":[{\"new_string\":\"replacement\"}]}}")),
                record(
                        "result",
                        TIME,
                        "user",
                        blocks("{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"outcome\"}")),
                "{\"type\":\"summary\",\"summary\":\"recapitulation\"}");

        assertThat(room.find("wondering")).containsExactly("thought");
        assertThat(room.find("edit replacement B.java")).containsExactly("call");
        assertThat(room.find("outcome")).containsExactly("result");
        SearchHit title = room.search(request("recapitulation")).hits().get(0);
        assertThat(title.kind()).isEqualTo("title");
        assertThat(title.at()).isNull();
        assertThat(title.uuid()).isNull();
    }

    @Test
    @DisplayName("goes past lines that say nothing")
    void passesOver() {
        room.keepLines(
                "c", "f", List.of(new KeptLine(1, new byte[0], 1 << 30), new KeptLine(2, new byte[] {-1, 0}, 0)));
        room.say("c", "{torn", "[]", "{}", "{\"type\":\"progress\",\"content\":\"word\"}", prompt("u", "word"));

        assertThat(room.find("word")).containsExactly("u");
    }

    @Test
    @DisplayName("is limited to conversations, to an agent, and to a span of time")
    void filters() {
        room.keep("a", "p/a.jsonl", prompt("a1", TIME, "word"), prompt("a2", TIME.plusSeconds(10), "word"));
        room.keep("a", "p/a/subagents/agent-x1.jsonl", prompt("agent", TIME.plusSeconds(20), "word"));
        room.keep("b", "p/b.jsonl", prompt("b", TIME.plusMillis(20_001), "word"), "{\"content\":\"word\"}");
        room.follow();

        assertThat(room.find("word")).hasSize(5);
        assertThat(find(SearchRoom.in("word", List.of("a")))).containsExactlyInAnyOrder("a1", "a2", "agent");
        assertThat(find(SearchRoom.in("word", List.of("b", "none")))).containsExactlyInAnyOrder("b", null);
        assertThat(find(SearchRoom.in("word", List.of()))).isEmpty();
        assertThat(find(SearchRoom.of("word", "x1"))).containsExactly("agent");
        assertThat(find(SearchRoom.of("word", "x"))).isEmpty();
        assertThat(find(SearchRoom.between("word", TIME.plusSeconds(10), null)))
                .containsExactlyInAnyOrder("a2", "agent", "b");
        assertThat(find(SearchRoom.between("word", null, TIME.plusSeconds(20)))).containsExactlyInAnyOrder("a1", "a2");
        assertThat(find(SearchRoom.between("word", TIME.plusSeconds(20), TIME.plusMillis(20_001))))
                .containsExactly("agent");
        assertThat(find(SearchRoom.between("word", java.time.Instant.MIN, java.time.Instant.MAX)))
                .hasSize(4);
        assertThat(room.search(SearchRoom.of("word", "x1")).hits().get(0).agentId())
                .isEqualTo("x1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"word", "word other", "\"word other\"", "wordOther", "wor*", "word -absent", "\"word wordOther\""
            })
    @DisplayName("in some conversations gives what it would give without the others, to the last digit of a score")
    void secluded(String text) {
        room.say("a", prompt("a1", "word other wordOther"), prompt("a2", "other word other, word word wordOther"));
        SearchPage alone = room.search(SearchRoom.in(text, List.of("a")));

        for (int i = 0; i < 50; i++) {
            room.keep(
                    "b" + i, "p/b" + i + ".jsonl", prompt("b" + i, "word absent".repeat(i)), prompt("c" + i, "other"));
        }
        room.follow();

        SearchPage among = room.search(SearchRoom.in(text, List.of("a")));
        assertThat(among).isEqualTo(alone);
        assertThat(among.hits())
                .isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.score()).isPositive());
    }

    @Test
    @DisplayName("in any number of conversations finds what is said in them")
    void manyConversations() {
        room.say("a", prompt("a1", "word"));
        room.say("b", prompt("b1", "word"));
        List<String> ids = IntStream.range(0, 200_000).mapToObj(i -> "c" + i).collect(Collectors.toList());

        assertThat(find(SearchRoom.in("word", ids))).isEmpty();
        ids.add("a");
        assertThat(find(SearchRoom.in("word", ids))).containsExactly("a1");
    }

    @Test
    @DisplayName("gives the newest first, those without a time last; or the best first")
    void orders() {
        room.say(
                "c",
                prompt("long", TIME.plusSeconds(5), "word and a great many others that make it less of a match"),
                "{\"uuid\":\"timeless\",\"content\":\"word and another one beside it\"}",
                prompt("old", TIME, "word word"),
                prompt("new", TIME.plusSeconds(10), "word and some others"));

        assertThat(find(SearchRoom.page("word", SearchOrder.NEWEST, 10, null)))
                .containsExactly("new", "long", "old", "timeless");
        assertThat(find(SearchRoom.page("word", SearchOrder.RELEVANCE, 10, null)))
                .containsExactly("old", "new", "timeless", "long");
        assertThat(room.search(SearchRoom.page("word", SearchOrder.NEWEST, 10, null))
                        .hits())
                .allSatisfy(hit -> assertThat(hit.score()).isNull());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("comes in pages, each hit on one, also where scores and times are equal")
    void pages(SearchOrder order) {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 57).forEach(i -> lines.add(prompt("u" + i, TIME.plusSeconds(i / 10), "word " + i % 3)));
        room.say("c", lines.toArray(String[]::new));
        List<String> whole = find(SearchRoom.page("word", order, 100, null));

        List<String> paged = new ArrayList<>();
        SearchPosition after = null;
        int pages = 0;
        do {
            SearchPage page = room.search(SearchRoom.page("word", order, 10, after));
            assertThat(page.total()).isEqualTo(57);
            assertThat(page.totalIsExact()).isTrue();
            paged.addAll(uuids(page));
            after = page.next();
            pages++;
        } while (after != null);

        assertThat(whole).hasSize(57).doesNotHaveDuplicates();
        assertThat(paged).isEqualTo(whole);
        assertThat(pages).isEqualTo(6);
    }

    @Test
    @DisplayName("by time misses and repeats nothing when records come while pages are read")
    void pagesWhileRecordsCome() {
        for (int i = 0; i < 10; i++) {
            room.say("c", prompt("u" + i, TIME.plusSeconds(i), "word"));
        }
        SearchPage first = room.search(SearchRoom.page("word", SearchOrder.NEWEST, 5, null));
        room.say("c", prompt("newer", TIME.plusSeconds(60), "word"));

        assertThat(find(SearchRoom.page("word", SearchOrder.NEWEST, 5, first.next())))
                .containsExactly("u4", "u3", "u2", "u1", "u0");
    }

    @Test
    @DisplayName("counts exactly up to a thousand, and beyond says that there are more")
    void counts() {
        String[] lines =
                IntStream.range(0, 5000).mapToObj(i -> prompt("u" + i, "word")).toArray(String[]::new);
        room.say("c", lines);

        SearchPage page = room.search(SearchRoom.page("word", SearchOrder.RELEVANCE, 5, null));
        assertThat(page.total()).isGreaterThan(1000);
        assertThat(page.totalIsExact()).isFalse();
        assertThat(page.hits()).hasSize(5);
        room.say(
                "c",
                IntStream.range(0, 1000).mapToObj(i -> prompt("v" + i, "rare")).toArray(String[]::new));
        SearchPage rare = room.search(SearchRoom.page("rare", SearchOrder.RELEVANCE, 5, null));
        assertThat(rare.total()).isEqualTo(1000);
        assertThat(rare.totalIsExact()).isTrue();
    }

    @Test
    @DisplayName("shows two pieces at most, each short and with what was found marked in it")
    void snippets() {
        String filler = "lorem ipsum dolor sit amet ".repeat(50);
        room.say("c", prompt("u", "needle " + filler + "a NeedleCase and \uD83D\uDE80 needles " + filler + "needle"));

        List<Snippet> snippets = room.search(request("needle")).hits().get(0).snippets();

        assertThat(snippets).hasSizeBetween(1, Snippets.MAX_SNIPPETS);
        assertThat(snippets).allSatisfy(snippet -> {
            assertThat(snippet.text()).hasSizeLessThanOrEqualTo(Snippets.MAX_LENGTH);
            assertThat(snippet.ranges()).isNotEmpty();
            snippet.ranges()
                    .forEach(range -> assertThat(snippet.text().substring(range.get(0), range.get(1)))
                            .isEqualToIgnoringCase("needle"));
        });
    }

    @Test
    @DisplayName("marks an identifier once, though it is found as a whole and by its parts, and a phrase as one")
    void marks() {
        room.say("c", prompt("u", "the ConversationFeed.java says \"so it is\" <b>& goes</b>"));

        assertThat(snippet("ConversationFeed").ranges())
                .isIn(List.of(List.of(4, 16), List.of(16, 20)), List.of(List.of(4, 20)));
        assertThat(snippet("conversationf*").ranges()).containsExactly(List.of(4, 20));
        assertThat(snippet("\"so it is\"").ranges()).containsExactly(List.of(32, 40));
        assertThat(snippet("goes -none").text()).contains("<b>& goes</b>");
    }

    @Test
    @DisplayName("shows a piece of a text without any blank in it, too")
    void unbrokenText() {
        room.say("c", prompt("u", "x".repeat(5000) + " needle/" + "漢".repeat(5000)));

        assertThat(snippet("needle").text()).contains("needle").hasSizeLessThanOrEqualTo(Snippets.MAX_LENGTH);
        assertThat(snippet("漢").text()).contains("漢").hasSizeLessThanOrEqualTo(Snippets.MAX_LENGTH);
    }

    @Test
    @DisplayName("finds a record by what it says within the limit, and not by what is beyond")
    void limit() {
        room.say("c", prompt("u", "before " + "filler ".repeat(SearchRoom.CHARACTERS / 7) + " beyond"));

        assertThat(room.find("before")).containsExactly("u");
        assertThat(room.find("beyond")).isEmpty();
    }

    @Test
    @DisplayName("finds a record that came twice once, where it was kept last")
    void repeatedRecords() {
        room.say("c", prompt("u", "word one"), "{\"content\":\"nameless word\"}");
        room.replace("project/c.jsonl");
        room.say("c", "{\"content\":\"before\"}", "{\"content\":\"another\"}", prompt("u", "word two"));
        room.say("d", prompt("u", "word one"));

        assertThat(find(SearchRoom.in("word", List.of("c")))).containsExactly("u");
        assertThat(room.find("two")).containsExactly("u");
        assertThat(room.search(request("two")).hits().get(0).position()).isEqualTo(3);
        assertThat(room.find("nameless")).isEmpty();
        assertThat(find(SearchRoom.in("one", List.of("d")))).containsExactly("u");
    }

    @Test
    @DisplayName("leaves out what is gone from the store")
    void goneFromTheStore() {
        room.say("c", prompt("u1", "word"));
        room.say("c", prompt("u2", "word"));
        room.store.execute("delete from segment where number = (select min(number) from segment)");

        assertThat(room.find("word")).containsExactly("u2");
    }

    @Test
    @DisplayName("fails when the store is away")
    void storeAway() {
        room.say("c", prompt("u", "word"));
        room.store.close();

        assertThatThrownBy(() -> room.find("word")).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    @DisplayName("survives a text that holds anything")
    void anyText() {
        String text = "\u0000 \ud83d half \ude80 \uffff \u202e word " + "a\u0301".repeat(3000) + "😀".repeat(3000);
        room.say("c", "{\"uuid\":\"u\",\"content\":" + quoted(text) + "}");

        assertThat(room.find("word")).containsExactly("u");
        assertThat(room.find("half -none")).containsExactly("u");
    }

    private Snippet snippet(String text) {
        return room.search(request(text)).hits().get(0).snippets().get(0);
    }

    private List<String> find(SearchRequest request) {
        return uuids(room.search(request));
    }
}
