package dev.observatory.it;

import dev.observatory.it.client.AgentFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Agents at work: each one's transcript grows at random moments, line by line or by a part of a line, whoever reads it or
 * not. Some lines come twice, some are none. Thread-safe.
 */
final class LiveAgents implements AutoCloseable {

    private static final int LARGEST_PAUSE_MILLIS = 40;

    /** Long enough for a file to rest, and for its last line to be taken without its newline. */
    private static final int LONG_PAUSE_MILLIS = 2_500;

    /** One agent's transcript, and what of its last line is not written yet. */
    private static final class Transcript {

        private final AgentFiles files;
        private final List<String> lines = new ArrayList<>();
        private byte[] owed = new byte[0];

        private Transcript(Path root) {
            files = new AgentFiles(root);
        }

        private void append(int count) throws IOException {
            Files.createDirectories(files.file().getParent());
            Files.write(files.file(), Arrays.copyOf(owed, count), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            owed = Arrays.copyOfRange(owed, count, owed.length);
        }
    }

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Transcript> transcripts;
    private final Random random;
    private int written;
    private boolean ended;
    private RuntimeException failure;

    /** They begin at once. */
    LiveAgents(Path root, int count, long seed) {
        transcripts = Stream.generate(() -> new Transcript(root)).limit(count).toList();
        random = new Random(seed);
        clock.execute(this::step);
    }

    /** The conversations' ids. */
    List<String> ids() {
        return transcripts.stream().map(transcript -> transcript.files.id()).toList();
    }

    /** Does something while they stand still. */
    synchronized <T> T whileStill(Callable<T> task) throws Exception {
        return task.call();
    }

    /** Waits until they have written so many more lines. */
    void awaitMore(int lines) {
        int target = written() + lines;
        Awaitility.await()
                .alias("the agents go on")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> written() >= target);
    }

    private synchronized int written() {
        if (failure != null) {
            throw failure;
        }
        return written;
    }

    /** Lets each write its line to the end, and then no more. */
    synchronized void end() throws IOException {
        ended = true;
        for (Transcript transcript : transcripts) {
            transcript.append(transcript.owed.length);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private synchronized void step() {
        if (ended) {
            return;
        }
        try {
            goOn(transcripts.get(random.nextInt(transcripts.size())));
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
            return;
        }
        boolean rests = random.nextInt(200) == 0;
        clock.schedule(
                this::step, rests ? LONG_PAUSE_MILLIS : random.nextInt(LARGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
    }

    private void goOn(Transcript transcript) throws IOException {
        if (transcript.owed.length == 0) {
            String line = nextLine(transcript);
            transcript.lines.add(line);
            transcript.owed = (line + "\n").getBytes(StandardCharsets.UTF_8);
        }
        transcript.append(piece(transcript.owed.length));
        written += transcript.owed.length == 0 ? 1 : 0;
    }

    /** Mostly all of it, sometimes all but the newline, sometimes anything. */
    private int piece(int length) {
        return switch (random.nextInt(8)) {
            case 0 -> Math.max(1, length - 1);
            case 1 -> 1 + random.nextInt(length);
            default -> length;
        };
    }

    private String nextLine(Transcript transcript) {
        AgentFiles files = transcript.files;
        int number = transcript.lines.size();
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 ->
                files.prompt("order " + number + " für Übermorgen 🙂 " + "x".repeat(random.nextInt(2000)));
            case 4, 5, 6 -> files.answer("the order " + number + " is in the cart");
            case 7 -> files.call("call-" + number + "-" + files.id(), "make order");
            case 8 -> number == 0 ? "" : transcript.lines.get(random.nextInt(number)); // as of an agent that resumes
            case 9 -> number == 0 ? "" : again(transcript.lines.get(number - 1));
            case 10 -> "{\"torn\":\"" + number;
            default -> "";
        };
    }

    /** Another line of the same answer, if it is one, as they come with every block of it: more tokens than before. */
    private static String again(String line) {
        return line.replaceFirst("\"uuid\":\"[^\"]*\"", "\"uuid\":\"" + UUID.randomUUID() + "\"")
                .replace("\"output_tokens\":5", "\"output_tokens\":9");
    }
}
