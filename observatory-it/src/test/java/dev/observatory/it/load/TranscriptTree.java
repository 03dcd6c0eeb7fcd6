package dev.observatory.it.load;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Writes a tree of synthetic transcripts: sessions and sub-agents' files of several projects, in the proportions of real
 * ones. Half of the lines are progress, half of the bytes results of tools, which {@code toolUseResult} repeats; an
 * answer of the model is several lines with other lines in between; texts are prose, code and pictures. The same shape
 * gives the same bytes everywhere.
 *
 * <p>In one file, so that Java runs it as it is:
 *
 * <pre>java observatory-it/src/test/java/dev/observatory/it/load/TranscriptTree.java FOLDER --bytes 500000000</pre>
 */
public final class TranscriptTree {

    /**
     * What a tree is to be like.
     *
     * @param bytes of all files; each may be longer than its share by what belongs to its last answer
     * @param files at least one
     * @param bigFile bytes of the first of them; 0 to have none that stands out
     */
    public record Shape(long bytes, int files, long bigFile, long seed) {

        public static final Shape DEFAULT = new Shape(500_000_000, 200, 400_000_000, 1);

        public Shape {
            if (files < 1 || bigFile < 0 || bytes < bigFile) {
                throw new IllegalArgumentException(
                        "no tree has " + files + " files with " + bytes + " bytes, one of them with " + bigFile);
            }
        }
    }

    /** How much there is. */
    public record Size(int files, long lines, long bytes) {}

    private static final int SESSIONS_OF_A_PROJECT = 6;

    private final Path root;
    private final Shape shape;
    private final Random random;
    private final Text text;
    private long lines;
    private long bytes;

    private TranscriptTree(Path root, Shape shape) {
        this.root = root;
        this.shape = shape;
        random = new Random(shape.seed());
        text = new Text(random);
    }

    /** Writes the files below a folder, which is made if need be. Each is as old as its last line. */
    public static Size write(Path root, Shape shape) throws IOException {
        return new TranscriptTree(root, shape).write();
    }

    public static void main(String... arguments) throws IOException {
        Map<String, Long> options = new HashMap<>();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], Long.parseLong(arguments[i + 1]));
        }
        Shape shape = new Shape(
                take(options, "--bytes", Shape.DEFAULT.bytes()),
                Math.toIntExact(take(options, "--files", Shape.DEFAULT.files())),
                take(options, "--big-file", 0),
                take(options, "--seed", Shape.DEFAULT.seed()));
        if (arguments.length % 2 == 0 || !options.isEmpty()) {
            System.err.println("TranscriptTree FOLDER [--bytes N] [--files N] [--big-file BYTES] [--seed N]");
            System.exit(2);
        }
        System.out.println(write(Path.of(arguments[0]), shape) + " of " + shape);
    }

    private static long take(Map<String, Long> options, String name, long otherwise) {
        Long value = options.remove(name);
        return value == null ? otherwise : value;
    }

    private Size write() throws IOException {
        double[] weights = new double[shape.files()];
        double sum = 0;
        for (int i = shape.bigFile() > 0 ? 1 : 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp(random.nextGaussian()); // most are small, a few are not
            sum += weights[i];
        }
        String session = null;
        for (int i = 0; i < weights.length; i++) {
            long share =
                    weights[i] == 0 ? shape.bigFile() : (long) ((shape.bytes() - shape.bigFile()) * weights[i] / sum);
            String cwd = "/home/ada/work/shop-" + i / SESSIONS_OF_A_PROJECT;
            Path folder = root.resolve(cwd.replaceAll("[^A-Za-z0-9]", "-"));
            boolean agent = i % SESSIONS_OF_A_PROJECT > 3; // two of them, one in each of the two layouts
            if (agent) {
                String id = String.format("a%06x", random.nextInt(1 << 24));
                Path agents = i % 2 == 0 ? folder.resolve(session).resolve("subagents") : folder;
                write(agents.resolve("agent-" + id + ".jsonl"), new Session(text, random, session, cwd, id), share);
            } else {
                session = uuid(random);
                write(folder.resolve(session + ".jsonl"), new Session(text, random, session, cwd, null), share);
            }
        }
        return new Size(weights.length, lines, bytes);
    }

    private void write(Path file, Session session, long share) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            long written = 0;
            do {
                session.exchange();
                written += session.flush(out, share - written);
            } while (written < share);
            bytes += written;
        }
        lines += session.lines;
        Files.setLastModifiedTime(file, FileTime.from(session.now));
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63).toString();
    }

    /** Passages that are made up once, to be quoted again and again. They are JSON strings already, but for the quotes. */
    private static final class Text {

        private static final String[] WORDS = """
                the a of to and in is that for it with as on this are be by not from or we can now let me check whether \
                file line test method class value order cart price stock item customer invoice warehouse shelf parcel \
                return null true false public private final static import void string number list map const function \
                await async export default if else throw new try catch while because should would when then again error \
                expected actual failed passed compiled warning running build module server client request response \
                query table column index commit branch merge review change small simple clear wrong right first last next \
                Größe überprüfen été 価格 注文 состояние — … ✓ 🚀 src/main/java/shop/Cart.java README.md ./mvnw -q""".split(" ");

        /** What looks as if a secret could follow. */
        private static final String[] RARE_WORDS = {
            "https://docs.shop.example/orders#stock",
            "user.email",
            "@Override",
            "password",
            "secret:",
            "max_tokens",
            "token"
        };

        private static final String[] STARTS = {
            "", "", "    ", "        ", "            ", "- ", "  * ", "+", "-    ", "// ", "[INFO] ", "$ ", "\\t", "| "
        };
        private static final String[] ENDS = {
            ".", ";", " {", "}", ")", "", ",", ":", "();", " \\\"ok\\\"", " = \\\"\\\";"
        };

        private static final int LINES = 8192;

        private final byte[][] passages = new byte[LINES][];
        private final byte[] picture;

        Text(Random random) {
            for (int i = 0; i < LINES; i++) {
                passages[i] = utf8(passage(random));
            }
            byte[] pixels = new byte[300_000];
            random.nextBytes(pixels);
            picture = Base64.getEncoder().encode(pixels);
        }

        private static String passage(Random random) {
            StringBuilder line = new StringBuilder(any(STARTS, random));
            for (int words = random.nextInt(16); words >= 0; words--) {
                line.append(any(random.nextInt(100) == 0 ? RARE_WORDS : WORDS, random));
                line.append(random.nextInt(6) == 0 ? any(ENDS, random) : " ");
            }
            if (random.nextInt(40) == 0) {
                line.append(Integer.toHexString(random.nextInt()));
            }
            if (random.nextInt(20_000) == 0) {
                line.append("api_key=made-up-").append(Long.toHexString(random.nextLong())); // to be redacted
            }
            return line.append(any(ENDS, random)).append("\\n").toString();
        }

        private static String any(String[] choice, Random random) {
            return choice[random.nextInt(choice.length)];
        }
    }

    /** One transcript: the next exchange of user and model is written into memory, and then taken. */
    private static final class Session {

        private final Text text;
        private final Random random;
        private final String envelope;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        private Instant now;
        private String parent;
        private long lines;

        // the answer that is being written
        private String messageId;
        private int outputTokens;

        Session(Text text, Random random, String id, String cwd, String agentId) {
            this.text = text;
            this.random = random;
            now = Instant.parse("2025-01-01T00:00:00Z").plusSeconds(random.nextInt(90 * 24 * 3600));
            envelope = ",\"isSidechain\":" + (agentId != null) + ",\"userType\":\"external\",\"cwd\":\"" + cwd
                    + "\",\"sessionId\":\"" + id + "\",\"version\":\"2.1.38\",\"gitBranch\":\"main\""
                    + (agentId == null ? "" : ",\"agentId\":\"" + agentId + "\"");
        }

        /** Takes what is written, up to the end of the line that reaches the limit. */
        long flush(OutputStream target, long limit) throws IOException {
            byte[] written = out.toByteArray();
            int end = written.length;
            if (end > limit) {
                end = (int) Math.max(0, limit - 1);
                while (written[end++] != '\n') {}
            }
            target.write(written, 0, end);
            for (int i = 0; i < end; i++) {
                lines += written[i] == '\n' ? 1 : 0;
            }
            out.reset();
            return end;
        }

        void exchange() {
            if (random.nextInt(3) == 0) {
                put("{\"type\":\"file-history-snapshot\",\"messageId\":\"" + uuid(random)
                        + "\",\"snapshot\":{\"trackedFileBackups\":{}},\"isSnapshotUpdate\":false}\n");
            }
            begin();
            put(",\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"");
            passages(50 + random.nextInt(600));
            end("\"}");
            for (int calls = random.nextInt(8); calls > 0; calls--) {
                call();
            }
            answer("text", 100 + random.nextInt(1200));
            begin();
            end(",\"type\":\"system\",\"subtype\":\"turn_duration\",\"durationMs\":" + random.nextInt(300_000));
        }

        /** The model says what it wants to do and calls a tool, hooks run, and the tool answers. */
        private void call() {
            messageId = null;
            if (random.nextInt(4) == 0) {
                answer("thinking", 200 + random.nextInt(2000));
            }
            if (random.nextInt(3) == 0) {
                answer("text", 40 + random.nextInt(400));
            }
            String id = id("toolu_01");
            boolean edits = random.nextInt(5) == 0;
            beginAnswer();
            put("{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + (edits ? "Edit" : "Bash")
                    + "\",\"input\":{\"");
            put(edits ? "file_path\":\"/home/ada/work/Cart.java\",\"new_string\":\"" : "command\":\"");
            passages(edits ? 200 + random.nextInt(1500) : 30 + random.nextInt(150));
            endAnswer("\"}}", "tool_use", 80);
            for (int hooks = 1 + random.nextInt(6); hooks > 0; hooks--) {
                progress(id);
            }
            result(id, edits);
            messageId = null;
        }

        private void progress(String call) {
            begin();
            put(",\"type\":\"progress\",\"data\":{");
            if (random.nextInt(12) == 0) {
                put("\"type\":\"bash_progress\",\"elapsedTimeSeconds\":3,\"fullOutput\":\"");
                passages(500 + random.nextInt(6000));
                put("\"}");
            } else {
                put("\"type\":\"hook_progress\",\"hookEvent\":\"PostToolUse\",\"hookName\":\"PostToolUse:Bash\","
                        + "\"command\":\"${CLAUDE_PLUGIN_ROOT}/scripts/after-tool.sh\"}");
            }
            end(",\"parentToolUseID\":\"" + call + "\",\"toolUseID\":\"" + call + "\"");
        }

        private void result(String call, boolean edited) {
            begin();
            put(",\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"" + call
                    + "\",\"type\":\"tool_result\",\"content\":");
            if (random.nextInt(500) == 0) {
                put("[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"");
                int length = 20_000 + random.nextInt(280_000);
                out.write(text.picture, random.nextInt(text.picture.length - length), length);
                end("\"}}]}]},\"toolUseResult\":{\"isImage\":true}");
                return;
            }
            int length = resultLength();
            int from = random.nextInt(Text.LINES);
            put("\"");
            passages(length, from);
            put(edited ? "\"}]},\"toolUseResult\":{\"originalFile\":\"" : "\"}]},\"toolUseResult\":{\"stdout\":\"");
            passages(length, from);
            end("\",\"stderr\":\"\",\"interrupted\":false}");
        }

        private int resultLength() {
            int kind = random.nextInt(100);
            if (kind < 55) {
                return 40 + random.nextInt(600);
            }
            return kind < 90 ? 600 + random.nextInt(4_000) : 4_000 + random.nextInt(16_000);
        }

        private void answer(String type, int length) {
            beginAnswer();
            put("{\"type\":\"" + type + "\",\"" + type + "\":\"");
            passages(length);
            endAnswer(type.equals("text") ? "\"}" : "\",\"signature\":\"\"}", "end_turn", length / 4);
        }

        private void beginAnswer() {
            if (messageId == null) {
                messageId = id("msg_01");
                outputTokens = 0;
            }
            begin();
            put(",\"type\":\"assistant\",\"message\":{\"model\":\"claude-opus-4-6\",\"id\":\"" + messageId
                    + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[");
        }

        private void endAnswer(String block, String stopReason, int tokens) {
            outputTokens += 1 + tokens;
            int cached = random.nextInt(150_000);
            end(block + "],\"stop_reason\":\"" + stopReason + "\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":4,"
                    + "\"cache_creation_input_tokens\":" + tokens + ",\"cache_read_input_tokens\":" + cached
                    + ",\"cache_creation\":{\"ephemeral_5m_input_tokens\":" + tokens
                    + ",\"ephemeral_1h_input_tokens\":0},\"output_tokens\":" + outputTokens
                    + ",\"service_tier\":\"standard\"}},\"requestId\":\"req_" + messageId.substring(4) + "\"");
        }

        private void begin() {
            put("{\"parentUuid\":" + (parent == null ? "null" : "\"" + parent + "\"") + envelope);
        }

        /** Ends the line, a while later; times run backwards now and then. */
        private void end(String rest) {
            parent = uuid(random);
            now = now.plus(Duration.ofMillis(random.nextInt(6000)));
            Instant time = random.nextInt(12) == 0 ? now.minusMillis(800) : now;
            put(rest + ",\"uuid\":\"" + parent + "\",\"timestamp\":\"" + time + "\"}\n");
        }

        private String id(String prefix) {
            return prefix + Long.toString(random.nextLong() >>> 1, 36) + Long.toString(random.nextLong() >>> 1, 36);
        }

        private void passages(int length) {
            passages(length, random.nextInt(Text.LINES));
        }

        /** Whole passages, until the length is reached. */
        private void passages(int length, int from) {
            int end = out.size() + length;
            for (int i = from; out.size() < end; i++) {
                out.writeBytes(text.passages[i % Text.LINES]);
            }
        }

        private void put(String json) {
            out.writeBytes(utf8(json));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
