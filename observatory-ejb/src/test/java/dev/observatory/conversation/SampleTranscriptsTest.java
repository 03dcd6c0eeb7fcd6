package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.Tokens;
import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.watch.Station;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Real transcripts")
class SampleTranscriptsTest {

    private Samples samples;
    private Room room = new Room();

    /** Where the files lie that are read. */
    private Path root;

    @BeforeEach
    void findSamples() throws IOException {
        samples = Samples.find()
                .orElseGet(() -> Assumptions.abort("NOT TESTED AGAINST REAL TRANSCRIPTS: there is no folder"
                        + " shared/transcripts with its TRUTH.json beside the project"));
        root = samples.root();
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

    @RepeatedTest(2)
    @DisplayName("The figures are the same when the files grow byte by byte while the process stops and starts")
    void growing(@TempDir Path temp) throws IOException {
        long seed = new Random().nextLong();
        System.out.println("SampleTranscriptsTest.growing: seed " + seed);
        Random random = new Random(seed);
        root = temp;
        Map<Path, byte[]> left = new HashMap<>();
        for (TranscriptLocation file : samples.files()) {
            left.put(
                    root.resolve(file.path()), Files.readAllBytes(samples.root().resolve(file.path())));
        }
        List<Path> growing = new ArrayList<>(left.keySet());
        Station station = station();
        while (!growing.isEmpty()) {
            Path file = growing.get(random.nextInt(growing.size()));
            byte[] bytes = left.get(file);
            int cut = Math.min(bytes.length, random.nextInt(60_000));
            append(file, Arrays.copyOf(bytes, cut));
            left.put(file, Arrays.copyOfRange(bytes, cut, bytes.length));
            if (cut == bytes.length) {
                growing.remove(file);
            }
            if (random.nextInt(4) == 0) {
                station.look().tick();
            }
            if (random.nextInt(40) == 0) {
                room = room.reopened();
                station = station();
            }
        }
        station.look();
        room.clock.advance(Duration.ofSeconds(2));
        station.look().tick();
        verify();
        room = room.reopened();
        verify();
    }

    private Station station() {
        return new Station(root, room.feed, room.clock, 1 << 16);
    }

    private static void append(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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
                .map(ConversationUpdate::costUsd)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null));
    }

    private void readAll() {
        samples.files().forEach(file -> new SampleReading(room, file).all());
    }

    private void readInPieces(Random random) {
        List<SampleReading> readings = new ArrayList<>();
        samples.files().forEach(file -> readings.add(new SampleReading(room, file)));
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

    /** As they stand in the truth. */
    private Map<String, Object> figures(String id) {
        Conversation conversation = room.conversation(id);
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
                .map(file ->
                        TranscriptLocation.of(root, root.resolve(file.path())).orElseThrow())
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
