package dev.observatory.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A second Java process that keeps turns in an H2 file. */
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    ChildProcess(Path folder, long position) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        Long.toString(position)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        output = process.inputReader();
    }

    /** Waits for a turn to be kept. */
    long nextPosition() throws IOException {
        return Long.parseLong(output.readLine());
    }

    /** @return what it kept last, as far as it could still tell; {@code position} if it told nothing more */
    long kill(long position) throws IOException, InterruptedException {
        // not by the process itself, which would close its output
        process.toHandle().destroyForcibly();
        process.waitFor();
        long last = position;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            // the last line may be torn: a shorter number
            last = Math.max(last, Long.parseLong("0" + line));
        }
        return last;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
