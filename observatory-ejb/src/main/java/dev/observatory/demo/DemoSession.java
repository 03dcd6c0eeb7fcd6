package dev.observatory.demo;

import dev.observatory.demo.Step.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One session being played. Confined to the demo's thread. */
final class DemoSession {

    private static final List<String> MODELS = List.of("claude-opus-4-6", "claude-sonnet-4-5-20250929");
    private static final String HOME = "/home/mira/";

    private final Clock clock;
    private final Random random;
    private final Iterator<Step> steps;
    private final String cwd;
    private final String branch;
    private final String sessionId = UUID.randomUUID().toString();
    private final Path file;
    private final TranscriptWriter session;
    private Instant prompted;

    /** Who acts now: the session or its sub-agent. */
    private TranscriptWriter actor;

    private String agentId;
    private String delegation;

    /** The call that waits for its result. */
    private String call;

    private Step.Call called;

    DemoSession(Path root, Script script, Clock clock, Random random) {
        this.clock = clock;
        this.random = random;
        steps = script.steps().iterator();
        cwd = HOME + script.project();
        branch = script.branch();
        prompted = clock.instant();
        file = root.resolve(cwd.replaceAll("[^A-Za-z0-9]", "-")).resolve(sessionId + ".jsonl");
        session = writer(file, null, MODELS.get(random.nextInt(MODELS.size())));
        actor = session;
    }

    private TranscriptWriter writer(Path path, String agent, String model) {
        return new TranscriptWriter(path, sessionId, agent, cwd, branch, model, clock, random);
    }

    /** The session's own file; those of its agents lie in a folder of the same name beside it. */
    Path file() {
        return file;
    }

    Path folder() {
        return file.resolveSibling(sessionId);
    }

    boolean over() {
        return !steps.hasNext();
    }

    /**
     * Lets the next thing happen.
     *
     * @return how long it takes until the one after it
     */
    Duration step() throws IOException {
        Step step = steps.next();
        if (step instanceof Step.Prompt prompt) {
            prompted = clock.instant();
            session.prompt(prompt.text());
            return between(1000, 2500);
        } else if (step instanceof Step.Think think) {
            actor.think(think.text());
            return writing(think.text());
        } else if (step instanceof Step.Say say) {
            return say(say.text());
        } else if (step instanceof Step.Call next) {
            called = next;
            call = actor.call(next.tool(), next.input());
            return between(400, 2500);
        } else if (step instanceof Step.Result result) {
            actor.result(call, result.text(), result.error(), details(result));
            return between(800, 2000);
        } else if (step instanceof Step.Delegate delegate) {
            return delegate(delegate);
        } else if (step instanceof Step.Report report) {
            return report(report.text());
        } else if (step instanceof Step.Title title) {
            session.title(title.text());
            return between(200, 400);
        } else if (step instanceof Step.Interrupt) {
            session.interrupt();
            return between(3000, 6000);
        } else if (step instanceof Step.Wait wait) {
            return Duration.ofSeconds(wait.seconds());
        }
        throw new IllegalStateException("cannot play " + step);
    }

    private Duration say(String text) throws IOException {
        actor.say(text);
        return writing(text);
    }

    private Object details(Step.Result result) {
        if (result.error()) {
            return "Error: " + result.text();
        }
        return called.tool().equals("Bash")
                ? Json.object("stdout", result.text(), "stderr", "", "interrupted", false, "isImage", false)
                : Json.object("type", "text", "content", result.text());
    }

    private Duration delegate(Step.Delegate task) throws IOException {
        delegation = session.call(
                "Task",
                Json.object("description", task.description(), "prompt", task.prompt(), "subagent_type", "Explore"));
        agentId = String.format("a%06x", random.nextInt(1 << 24));
        Path agents = folder().resolve("subagents");
        Files.createDirectories(agents);
        Files.writeString(
                agents.resolve("agent-" + agentId + ".meta.json"),
                Json.text(Json.object("agentType", "Explore", "description", task.description())));
        actor = writer(agents.resolve("agent-" + agentId + ".jsonl"), agentId, "claude-haiku-4-5-20251001");
        actor.prompt(task.prompt());
        return between(800, 1500);
    }

    private Duration report(String text) throws IOException {
        actor.say(text);
        actor = session;
        List<Object> content = List.of(TranscriptWriter.textBlock(text));
        session.result(
                delegation, content, false, Json.object("status", "completed", "agentId", agentId, "content", content));
        return writing(text);
    }

    /** Marks the end of the last turn. */
    void end() throws IOException {
        session.turnDuration(Duration.between(prompted, clock.instant()).toMillis());
    }

    /** As long as the model needs for a text. */
    private Duration writing(String text) {
        return Duration.ofMillis(Math.min(400 + 8L * text.length(), 4000));
    }

    private Duration between(int leastMillis, int mostMillis) {
        return Duration.ofMillis(leastMillis + random.nextInt(mostMillis - leastMillis));
    }
}
