package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchIT extends ServerTest {

    /** Shortly after the server's start, the index is not open yet. */
    @BeforeEach
    void awaitIndex() {
        Awaitility.await()
                .alias("the index is open")
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> find("q=word"));
    }

    @Test
    @DisplayName("what is appended to a transcript is found, with where it stands and what is around it")
    void findsWhatIsAppended() {
        String word = word();
        ConsoleClient client = server.subscriber("all_conversations");
        AgentFiles agent = Server.agent();
        agent.append(agent.prompt("Where is the hammer?"));
        agent.append(agent.answer("The hammer is beside the " + word + "."));
        client.await(
                f -> TranscriptFeedIT.conversation(agent).test(f) && f.data().getInt("message_count") == 2);

        JsonObject page = awaitHits(1, "q=hammer+" + word);

        assertThat(page).doesNotContainKeys("next_cursor", "total_is_minimum");
        JsonObject hit = page.getJsonArray("items").getJsonObject(0);
        JsonObject conversation = Server.json(server.get("api/conversations/" + agent.id(), 200));
        assertThat(hit.getString("conversation_id")).isEqualTo(agent.id());
        assertThat(hit.getString("project_id")).isEqualTo(conversation.getString("project_id"));
        assertThat(hit.getString("title")).isEqualTo("Where is the hammer?");
        assertThat(hit.getString("file_path")).endsWith(agent.id() + ".jsonl");
        assertThat(hit.getInt("position")).isEqualTo(2);
        assertThat(UUID.fromString(hit.getString("uuid"))).isNotNull();
        assertThat(hit.getString("role")).isEqualTo("assistant");
        assertThat(hit.getString("kind")).isEqualTo("text");
        assertThat(Instant.parse(hit.getString("at"))).isBeforeOrEqualTo(Instant.now());
        assertThat(hit.getJsonNumber("score").doubleValue()).isPositive();
        assertThat(hit).doesNotContainKey("agent_id");
        JsonObject snippet = hit.getJsonArray("snippets").getJsonObject(0);
        String text = snippet.getString("text");
        assertThat(text).isEqualTo("The hammer is beside the " + word + ".");
        int start = text.indexOf(word);
        assertThat(snippet.getJsonArray("ranges").toString())
                .isEqualTo("[[4,10],[" + start + "," + (start + word.length()) + "]]");
    }

    @Test
    @DisplayName("hits are limited by project, conversation and time, and paged, each on one page")
    void filtersAndPages() {
        String word = word();
        AgentFiles agent = Server.agent();
        AgentFiles other = Server.agent();
        for (int i = 0; i < 5; i++) {
            agent.append(agent.prompt(word + " number" + i));
        }
        other.append(other.prompt(word));
        JsonObject all = awaitHits(6, "q=" + word);
        String project = all.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(hit -> hit.getString("conversation_id").equals(agent.id()))
                .findFirst()
                .orElseThrow()
                .getString("project_id");

        assertThat(total("q=" + word + "&project=" + project)).isEqualTo(5);
        assertThat(total("q=" + word + "&conversation=" + other.id())).isEqualTo(1);
        assertThat(total("q=" + word + "&project=" + project + "&conversation=" + other.id()))
                .isZero();
        assertThat(total("q=" + word + "&project=none")).isZero();
        assertThat(total("q=" + word + "&agent=none")).isZero();
        assertThat(total("q=" + word + "&since=2020-01-01T00:00:00Z")).isEqualTo(6);
        assertThat(total("q=" + word + "&until=2020-01-01T00:00:00Z")).isZero();
        assertThat(total("q=" + word + "+number3")).isEqualTo(1);
        assertThat(total("q=" + encoded(word + " -number3"))).isEqualTo(5);
        assertThat(total("q=" + encoded("\"" + word + " number3\""))).isEqualTo(1);
        assertThat(total("q=" + encoded(word.substring(0, 20) + "*"))).isEqualTo(6);

        for (String sort : List.of("relevance", "-at")) {
            List<String> uuids = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                JsonObject page = find("q=" + word + "&limit=4&sort=" + sort + cursor);
                assertThat(page.getInt("total")).isEqualTo(6);
                page.getJsonArray("items")
                        .getValuesAs(JsonObject.class)
                        .forEach(hit -> uuids.add(hit.getString("uuid")));
                String next = page.getString("next_cursor", null);
                cursor = next == null ? null : "&cursor=" + next;
            }
            assertThat(uuids).hasSize(6).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', q",
        "q=, q",
        "q=%20, q",
        "q=..., q",
        "q=-word, q",
        "q=a*, q",
        "q=word&sort=at, sort",
        "q=word&limit=0, limit",
        "q=word&limit=101, limit",
        "q=word&since=yesterday, since",
        "q=word&until=2026, until",
        "q=word&cursor=%21, cursor",
        "q=word&cursor=YQpi, cursor",
    })
    @DisplayName("what cannot be searched for is answered with a problem that names the parameter")
    void namesTheParameter(String query, String parameter) {
        assertThat(refusal(query).getString("field")).isEqualTo(parameter);
    }

    @Test
    @DisplayName("a query of more than 400 characters is refused, one of 400 is not")
    void limitsTheQuery() {
        assertThat(find("q=" + "x".repeat(400)).getInt("total")).isZero();
        assertThat(refusal("q=" + "x".repeat(401)).getString("detail")).contains("400");
    }

    @Test
    @DisplayName("a cursor of one order is none of the other")
    void cursorsKeepTheirOrder() {
        String word = word();
        AgentFiles agent = Server.agent();
        agent.append(agent.prompt(word)).append(agent.prompt(word));
        awaitHits(2, "q=" + word);
        String cursor = find("q=" + word + "&limit=1").getString("next_cursor");

        assertThat(refusal("q=" + word + "&sort=-at&cursor=" + cursor).getString("field"))
                .isEqualTo("cursor");
    }

    private JsonObject awaitHits(int count, String query) {
        return Awaitility.await()
                .alias("the index has all that was appended, by other tests, too")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> find(query), page -> page.getInt("total") == count && page.getInt("behind") == 0);
    }

    private int total(String query) {
        return find(query).getInt("total");
    }

    private JsonObject find(String query) {
        return Server.json(server.get("api/search?" + query, 200));
    }

    private JsonObject refusal(String query) {
        JsonObject problem = Server.json(server.get("api/search?" + query, 400));
        assertThat(problem.getInt("status")).isEqualTo(400);
        return problem;
    }

    /** One that nothing else says. */
    private static String word() {
        return "x" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
