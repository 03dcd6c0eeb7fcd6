package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.Tokens;
import dev.observatory.pricing.PriceTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("Real transcripts")
class SampleTranscriptsTest {

    private Samples samples;
    private final Room room = new Room();

    @BeforeEach
    void findSamples() throws IOException {
        samples = Samples.find()
                .orElseGet(() -> Assumptions.abort("NOT TESTED AGAINST REAL TRANSCRIPTS: there is no folder"
                        + " shared/transcripts with its TRUTH.json beside the project"));
    }

    @Test
    @DisplayName("Every figure of every sample is what an independent reader found")
    void atOnce() {
        readAll();
        verify();
    }

    @RepeatedTest(3)
    @DisplayName("The figures are the same in whatever pieces and order the files are read")
    void inPieces() {
        long seed = new Random().nextLong();
        System.out.println("SampleTranscriptsTest.inPieces: seed " + seed);
        readInPieces(new Random(seed));
        verify();
    }

    @Test
    @DisplayName("Reading all samples a second time changes nothing and tells nothing")
    void again() {
        readAll();
        room.feed.tick();
        Map<String, ConversationUpdate> before = states();
        long records = room.feed.records();
        long badLines = room.feed.badLines();
        room.drafts.clear();
        samples.files().forEach(room.feed::restart);
        readInPieces(new Random(4));
        verify();
        assertThat(states()).isEqualTo(before);
        assertThat(room.feed.records()).isEqualTo(records);
        assertThat(room.feed.badLines()).isEqualTo(badLines);
        assertThat(room.drafts).isEmpty();
    }

    @Test
    @DisplayName("A project has the sum of its conversations' figures")
    void projects() {
        readInPieces(new Random(5));
        room.feed.tick();
        assertThat(room.catalog.projects()).allSatisfy(project -> {
            List<ConversationUpdate> members = room.catalog.conversationsOf(project.id());
            assertThat(project.conversationCount()).isEqualTo(members.size());
            assertThat(project.messageCount())
                    .isEqualTo(members.stream()
                            .mapToInt(ConversationUpdate::messageCount)
                            .sum());
            assertThat(project.tokens())
                    .isEqualTo(members.stream().map(ConversationUpdate::tokens).reduce(Tokens.NONE, Tokens::plus));
            assertThat(project.costUsd()).isEqualTo(sumOfKnownCosts(members));
        });
    }

    private BigDecimal sumOfKnownCosts(List<ConversationUpdate> members) {
        return UsDollars.rounded(members.stream()
                .map(member -> room.feed.conversation(member.id()).cost())
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null));
    }

    private void readAll() {
        samples.files().forEach(file -> new SampleReading(room.feed, file).all());
    }

    private void readInPieces(Random random) {
        List<SampleReading> readings = new ArrayList<>();
        samples.files().forEach(file -> readings.add(new SampleReading(room.feed, file)));
        while (!readings.isEmpty()) {
            SampleReading reading = readings.get(random.nextInt(readings.size()));
            reading.turn(1 + random.nextInt(30), random.nextBoolean());
            if (!reading.hasMore()) {
                readings.remove(reading);
            }
            if (random.nextInt(10) == 0) {
                room.feed.tick();
            }
        }
    }

    private Map<String, ConversationUpdate> states() {
        Map<String, ConversationUpdate> states = new HashMap<>();
        room.catalog.conversations().forEach(state -> states.put(state.id(), state));
        return states;
    }

    private void verify() {
        SoftAssertions softly = new SoftAssertions();
        samples.truth().forEach((id, truth) -> {
            Map<String, Object> expected = new HashMap<>(truth);
            expected.remove("files");
            softly.assertThat(figures(id)).as(id).isEqualTo(withTimes(expected));
        });
        softly.assertAll();
        assertThat(samples.truth()).hasSize(35);
    }

    private static Map<String, Object> withTimes(Map<String, Object> truth) {
        truth.replaceAll((name, value) -> (name.equals("first") || name.equals("last")) && value != null
                ? Instant.parse(value.toString())
                : value);
        return truth;
    }

    /** As they stand in the truth; a conversation of which there is no record yet has none of anything. */
    private Map<String, Object> figures(String id) {
        Conversation known = room.feed.conversation(id);
        Conversation conversation = known == null ? new Conversation(id, "", PriceTable.builtIn()) : known;
        ConversationUpdate state = conversation.update(ConversationState.IDLE, Change.STATE, 0, List.of());
        Map<String, Object> figures = new HashMap<>();
        figures.put("agents", (long) state.agentCount());
        figures.put("assistant_messages", (long) conversation.assistantMessages());
        figures.put("bad_lines", badLines(id));
        figures.put("cwd", state.cwd());
        figures.put("first", state.createdAt());
        figures.put("last", state.updatedAt());
        figures.put("message_count", (long) state.messageCount());
        figures.put("models", List.copyOf(conversation.models()));
        figures.put("records", (long) conversation.records());
        figures.put("tokens", tokens(state.tokens()));
        figures.put("tool_calls", (long) state.toolCallCount());
        figures.put("user_prompts", (long) conversation.userPrompts());
        return figures;
    }

    private long badLines(String id) {
        return samples.files(id).stream()
                .map(room.feed::file)
                .mapToLong(TranscriptFile::badLines)
                .sum();
    }

    private static Map<String, Object> tokens(Tokens tokens) {
        return Map.of(
                "input", tokens.input(),
                "output", tokens.output(),
                "cache_creation", tokens.cacheCreation(),
                "cache_read", tokens.cacheRead());
    }
}
