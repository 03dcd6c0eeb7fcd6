package dev.observatory.gpu;

import dev.observatory.gpu.Program.Run;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * NVIDIA's {@code nvidia-smi}, which comes with the driver. As thread-safe as {@link Program}.
 *
 * @see <a href="https://docs.nvidia.com/deploy/nvidia-smi/">its manual, with the exit codes</a>
 */
final class NvidiaSmi {

    /** With this status everything is answered all the same: a memory with facts about the card is damaged. */
    private static final int INFOROM_CORRUPTED = 14;

    /** What it says where the driver is there and no card; the status differs from version to version. */
    private static final String NO_DEVICES = "No devices were found";

    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    private static final int MAX_EXPLANATION = 200;

    private final String command;
    private final Program program;

    NvidiaSmi(String command, Duration timeout, int maxOutputBytes) {
        this.command = command;
        program = new Program(command, timeout, maxOutputBytes);
    }

    /** Asks for all GPUs; takes as long as the program may, and a moment more if it has to be killed. */
    QueryResult query() throws InterruptedException {
        Run run = program.run("--query-gpu=" + CsvAnswer.COLUMNS, "--format=csv,noheader,nounits");
        if (run instanceof Run.Ended ended) {
            return result(ended);
        } else if (run instanceof Run.Broken broken) {
            return new QueryResult.Failed(command + ": " + broken.reason());
        } else {
            return new QueryResult.Absent("there is no " + command);
        }
    }

    /** Ends a query that is under way. */
    void stop() {
        program.stop();
    }

    private QueryResult result(Run.Ended run) {
        if (run.output().contains(NO_DEVICES) || run.errors().contains(NO_DEVICES)) {
            return new QueryResult.Absent(command + " finds no GPU");
        }
        if (run.status() != 0 && run.status() != INFOROM_CORRUPTED) {
            return new QueryResult.Failed(command + " ended with status " + run.status() + explanation(run));
        }
        CsvAnswer answer = CsvAnswer.read(run.output());
        if (!answer.gpus().isEmpty()) {
            return new QueryResult.Readings(answer.gpus(), answer.unreadableLines());
        }
        if (answer.unreadableLines() > 0) {
            return new QueryResult.Failed(command + ": nothing of its answer can be read");
        }
        return run.errors().isBlank()
                ? new QueryResult.Absent(command + " names no GPU")
                : new QueryResult.Failed(command + " names no GPU" + explanation(run));
    }

    /** The first line of what it said, in a form that can be shown to anybody. */
    private static String explanation(Run.Ended run) {
        String line = (run.errors() + "\n" + run.output())
                .lines()
                .map(text -> UNPRINTABLE.matcher(text).replaceAll(" ").strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), MAX_EXPLANATION));
    }
}
