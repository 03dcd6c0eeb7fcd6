package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.message.Tokens;
import dev.observatory.watch.Station;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Two runs over the same files, in one of which the process stops and the store goes away now and then. */
@DisplayName("After any restarts")
class RestartRandomTest {

    private static final int STEPS = 300;
    private static final List<String> FILES = List.of(
            "-engine/s0.jsonl",
            "-engine/s0/subagents/agent-a.jsonl",
            "-engine/agent-b.jsonl",
            "-shop/s1.jsonl",
            "-shop/s2.jsonl",
            "-shop/s2/subagents/agent-c.jsonl");

    @TempDir
    Path temp;

    /** What is the same however often the process was stopped. */
    private record Outcome(
            Map<String, ConversationUpdate> conversations,
            Map<String, ProjectUpdate> projects,
            List<String> told,
            Map<String, List<RecordExcerpt>> recent,
            Map<String, Set<Object>> details) {}

    @RepeatedTest(12)
    @DisplayName("all figures are what they would be without, and each record was told once")
    void likeWithoutStop() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("RestartRandomTest.likeWithoutStop: seed " + seed);
        Outcome expected = new Run(seed, temp.resolve("without"), 0).outcome();
        Outcome actual = new Run(seed, temp.resolve("with"), 6).outcome();
        assertThat(actual.told()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected.told());
        actual.conversations()
                .forEach((id, state) -> assertThat(state)
                        .usingRecursiveComparison()
                        .isEqualTo(expected.conversations().get(id)));
        assertThat(actual.conversations()).isEqualTo(expected.conversations());
        assertThat(actual.projects()).isEqualTo(expected.projects());
        assertThat(actual.details()).isEqualTo(expected.details());
        actual.recent()
                .forEach((id, records) -> assertThat(records)
                        .as(id)
                        .hasSameSizeAs(expected.recent().get(id)));
    }

    private static final class Run {

        private final Path root;
        private final int stops;

        /** Decides what happens to the files, the same in both runs. */
        private final Random files;

        /** Decides when the process stops. */
        private final Random process;

        private final int turnBytes;
        private final List<String> told = new ArrayList<>();
        private final List<String> created = new ArrayList<>();
        private final Map<String, StringBuilder> contents = new HashMap<>();
        private Room room = new Room(new ConversationConfig(Duration.ofSeconds(15), Duration.ofMinutes(30), 2048, 1));
        private Station station;
        private int number;

        /** @param stops of ten steps behind how many the process stops */
        Run(long seed, Path root, int stops) throws IOException {
            this.root = Files.createDirectories(root);
            this.stops = stops;
            files = new Random(seed);
            process = new Random(~seed);
            turnBytes = 100 + files.nextInt(400);
            start();
            station.look();
            for (int step = 0; step < STEPS; step++) {
                step();
                perhapsStop();
            }
            room.clock.advance(Duration.ofSeconds(2));
            station.look().tick();
            stop();
            start();
            settle();
            room.clock.advance(Duration.ofHours(1));
            station.look().tick();
            stop();
        }

        private void start() {
            station = new Station(root, room.feed, room.clock, turnBytes);
        }

        private void stop() {
            for (ConversationUpdate update : room.updates()) {
                update.records().forEach(record -> told.add(update.id() + " " + record));
                if (update.change() == Change.CREATED) {
                    created.add(update.id());
                }
            }
            room = room.reopened();
        }

        private void perhapsStop() {
            if (process.nextInt(10) < stops) {
                stop();
                start();
            }
        }

        /** Reads everything; there may be a delay, in which nothing happens to the files. */
        private void look() {
            if (process.nextInt(10) < stops) {
                room.store.leave();
                station.look().tick();
                perhapsStop();
                station.look().tick();
                room.store.comeBack();
                station.tick();
                perhapsStop();
            }
            station.look();
        }

        private void step() throws IOException {
            String path = FILES.get(files.nextInt(FILES.size()));
            Path file = root.resolve(path);
            if (!contents.containsKey(path)) {
                // between two looks of one process: files that are new after a restart are backlog
                station.look();
                append(path, file, line(path) + "\n");
                station.look();
                return;
            }
            switch (files.nextInt(14)) {
                case 0 -> rewrite(path, file);
                case 1 -> replace(path, file);
                case 2 -> {
                    settle();
                    Files.delete(file);
                    contents.get(path).setLength(0);
                    if (files.nextBoolean()) {
                        look();
                    }
                    append(path, file, line(path) + "\n");
                    look();
                }
                case 3, 4 -> look();
                case 5 -> {
                    room.clock.advance(Duration.ofSeconds(2));
                    look();
                }
                case 6 -> {
                    room.clock.advance(Duration.ofSeconds(files.nextInt(2000)));
                    look();
                    station.tick();
                }
                default -> append(path, file, piece(path));
            }
        }

        /** Reads whatever there is, because it depends on the moment of a stop whether that which goes was ever seen. */
        private void settle() {
            station.look();
            room.clock.advance(Duration.ofSeconds(2));
            station.look();
        }

        /** Writes the file anew in its place, beginning as it did or not. */
        private void rewrite(String path, Path file) throws IOException {
            settle();
            String before = contents.get(path).toString();
            int kept = files.nextBoolean() ? 0 : before.indexOf('\n') + 1;
            String text = before.substring(0, kept) + line(path) + "\n";
            Files.writeString(file, text);
            contents.put(path, new StringBuilder(text));
            look();
        }

        private void replace(String path, Path file) throws IOException {
            settle();
            String text = (files.nextBoolean() ? contents.get(path) + "\n" : "") + piece(path);
            Path other = Files.writeString(file.resolveSibling("other.tmp"), text);
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            contents.put(path, new StringBuilder(text));
        }

        private void append(String path, Path file, String piece) throws IOException {
            Files.createDirectories(file.getParent());
            String before = contents.getOrDefault(path, new StringBuilder()).toString();
            String text = before.isEmpty() || before.endsWith("\n") ? piece : "\n" + piece;
            try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                int cut = files.nextInt(bytes.length);
                out.write(bytes, 0, cut);
                if (files.nextInt(3) == 0 && contents.containsKey(path)) {
                    look();
                }
                out.write(bytes, cut, bytes.length - cut);
            }
            contents.computeIfAbsent(path, any -> new StringBuilder()).append(text);
        }

        private String piece(String path) {
            StringBuilder piece = new StringBuilder();
            for (int lines = files.nextInt(5); lines >= 0; lines--) {
                piece.append(line(path)).append('\n');
            }
            return files.nextInt(4) == 0 ? piece.append(line(path)).toString() : piece.toString();
        }

        /** No two lines are alike; some have no uuid, some are bad, some lie among blank ones. */
        private String line(String path) {
            number++;
            String session = path.contains("agent-b") ? "s0" : path.replaceAll("^-\\w+/(s\\d).*", "$1");
            String text = number + " \u00fc\u65e5\ud83d\ude80";
            String rest = "'sessionId':'" + session + "','timestamp':'" + timestamp() + "',"
                    + (files.nextInt(20) == 0 ? "'cwd':'/home/ada/" + session + "'," : "");
            String line = switch (files.nextInt(9)) {
                case 0 -> "{" + rest + "'type':'custom-title','customTitle':'" + text + "'}";
                case 1 -> "{" + rest + "'type':'system','content':'" + text + "'}";
                case 2 ->
                    contents.containsKey(path)
                            ? "{torn " + number
                            : "{" + rest + "'type':'system','content':'" + text + "'}";
                case 3 -> with(rest, Room.call("c" + number, "call" + number));
                case 4 -> with(rest, Room.result("r" + number, "call" + (number - 1)));
                case 5 ->
                    with(rest, Room.answer("a" + number, text))
                            .replace(
                                    "'message':{",
                                    "'message':{'model':'claude-opus-4-6','usage':" + "{'input_tokens':" + number
                                            + ",'output_tokens':7},");
                case 6 -> "\n" + with(rest, Room.answer("b" + number, text));
                default -> with(rest, Room.prompt("u" + number, text));
            };
            return line.replace('\'', '"');
        }

        private String timestamp() {
            Instant now = room.clock.instant();
            return now.minusSeconds(files.nextInt(20)).toString();
        }

        private static String with(String fields, String record) {
            return "{" + fields + record.substring(1);
        }

        Outcome outcome() {
            assertThat(created).doesNotHaveDuplicates();
            Map<String, ConversationUpdate> conversations = new HashMap<>();
            Map<String, ProjectUpdate> projects = new HashMap<>();
            Map<String, List<RecordExcerpt>> recent = new HashMap<>();
            Map<String, Set<Object>> details = new HashMap<>();
            for (ConversationUpdate state : room.catalog.conversations()) {
                conversations.put(state.id(), Updates.with(state, state.state(), Change.STATE, 0));
                recent.put(state.id(), room.catalog.recentRecords(state.id()));
                details.put(state.id(), details(state));
            }
            room.catalog.projects().forEach(state -> projects.put(state.id(), withoutVersion(state)));
            return new Outcome(conversations, projects, told, recent, details);
        }

        /** What is read from the lines has to say the same as the figures that were counted live. */
        private Set<Object> details(ConversationUpdate state) {
            ConversationDetails read = room.catalog.details(state.id());
            assertThat(read.usage()).containsExactlyInAnyOrderElementsOf(room.store.usageOf(state.id()));
            assertThat(read.agents()).hasSize(state.agentCount());
            assertThat(read.toolCalls()).hasSize(state.toolCallCount());
            assertThat(read.usage().stream().map(Usage::tokens).reduce(Tokens.NONE, Tokens::plus))
                    .isEqualTo(state.tokens());
            Set<Object> all = new HashSet<>(read.usage());
            all.addAll(read.agents());
            // not their results: here some stand in another file, and which of the two files is read first is chance
            read.toolCalls().forEach(call -> all.add(List.of(call.id(), call.startedAt())));
            return all;
        }

        private static ProjectUpdate withoutVersion(ProjectUpdate state) {
            return new ProjectUpdate(
                    state.id(),
                    state.name(),
                    state.path(),
                    state.pathIsGuess(),
                    state.conversationCount(),
                    state.activeConversations(),
                    state.messageCount(),
                    state.tokens(),
                    state.costUsd(),
                    state.lastActivity(),
                    state.createdAt(),
                    Instant.EPOCH,
                    0);
        }
    }
}
