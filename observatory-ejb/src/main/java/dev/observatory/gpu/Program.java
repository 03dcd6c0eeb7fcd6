package dev.observatory.gpu;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that is run as a child process, within a time and with bounded output, and killed with its children if it
 * keeps to neither.
 *
 * <p>One thread runs it; {@link #stop} may be called by any. No thread ever blocks in reading its output: a process that
 * hangs in a driver cannot even be killed, and would keep that thread for ever.
 */
final class Program {

    /** How it went. */
    sealed interface Run {
        record Ended(int status, String output, String errors) implements Run {}

        /** There is no such program. */
        record Missing() implements Run {}

        /** It could not be started, or was not let go on. */
        record Broken(String reason) implements Run {}
    }

    /** How often its output is looked after; a full pipe makes it wait until then. */
    private static final long POLL_MS = 10;

    /** How long one that has been killed may take to go. */
    private static final long LAST_MS = 1000;

    private final String command;
    private final Duration timeout;
    private final int maxOutputBytes;

    /** The last process, whether it has ended or not; null before the first. */
    private volatile Process process;

    Program(String command, Duration timeout, int maxOutputBytes) {
        this.command = command;
        this.timeout = timeout;
        this.maxOutputBytes = maxOutputBytes;
    }

    /** Runs it to its end or for the time that it has. */
    Run run(String... arguments) throws InterruptedException {
        Process last = process;
        if (last != null && last.isAlive()) {
            return new Run.Broken("process " + last.pid() + " was killed, but has not gone");
        }
        try {
            process = start(arguments);
        } catch (IOException e) {
            return isThere() ? new Run.Broken("it cannot be started: " + e.getMessage()) : new Run.Missing();
        }
        try {
            return follow(process);
        } catch (IOException e) {
            return new Run.Broken("its output cannot be read: " + e.getMessage());
        } finally {
            end(process);
        }
    }

    /** Kills it if it runs. */
    void stop() {
        Process running = process;
        if (running != null) {
            kill(running);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** Whether there is a file of that name. Asked when it could not be started: the message is in any language. */
    private boolean isThere() {
        if (new File(command).getParent() != null) {
            return new File(command).exists();
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator)).anyMatch(folder -> new File(folder, command).exists());
    }

    private Run follow(Process running) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        // it is not to wait for anything to be said to it
        close(running.getOutputStream());
        Output output = new Output(running.getInputStream());
        Output errors = new Output(running.getErrorStream());
        while (true) {
            // asked first: what it wrote before its end can then be read without waiting
            boolean hasEnded = running.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
            output.take();
            errors.take();
            if (output.isTooLong() || errors.isTooLong()) {
                return new Run.Broken("it writes more than " + maxOutputBytes + " bytes");
            }
            if (hasEnded) {
                return new Run.Ended(running.exitValue(), output.text(), errors.text());
            }
            if (System.nanoTime() - begun >= timeout.toNanos()) {
                return new Run.Broken("it has not ended within " + timeout);
            }
        }
    }

    private static void end(Process running) throws InterruptedException {
        // first of all: at its end Java would take all that still comes out of a flood
        close(running.getInputStream());
        close(running.getErrorStream());
        if (running.isAlive()) {
            kill(running);
            running.waitFor(LAST_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Children are looked for while their parent is there: afterwards nobody knows whose they were. */
    private static void kill(Process running) {
        List<ProcessHandle> descendants = running.descendants().toList();
        running.toHandle().destroyForcibly();
        for (ProcessHandle descendant : descendants) {
            List<ProcessHandle> later = descendant.descendants().toList();
            descendant.destroyForcibly();
            later.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void close(Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // the process is gone already
        }
    }

    /** What has come out of one of its pipes, to one byte more than it may be. */
    private final class Output {

        private final InputStream pipe;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Output(InputStream pipe) {
            this.pipe = pipe;
        }

        /** Takes what is there, without waiting for more. */
        void take() throws IOException {
            int available = pipe.available();
            while (available > 0 && !isTooLong()) {
                bytes.write(pipe.readNBytes(Math.min(available, maxOutputBytes + 1 - bytes.size())));
                available = pipe.available();
            }
        }

        boolean isTooLong() {
            return bytes.size() > maxOutputBytes;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
