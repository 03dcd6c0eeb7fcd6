package dev.observatory.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/** A session of an agent as it leaves it on disk: its transcript below the watched root. */
public final class AgentFiles {

    private final Path file;
    private final String sessionId = UUID.randomUUID().toString();
    private final String cwd;

    /** A session in a working directory of its own, so that its project is its own too. */
    public AgentFiles(Path root) {
        this(root, "/home/ada/shop-" + UUID.randomUUID());
    }

    public AgentFiles(Path root, String cwd) {
        this.cwd = cwd;
        this.file = root.resolve(cwd.replaceAll("[^A-Za-z0-9]", "-")).resolve(sessionId + ".jsonl");
    }

    /** The conversation's id, which is the session's. */
    public String id() {
        return sessionId;
    }

    public Path file() {
        return file;
    }

    public String cwd() {
        return cwd;
    }

    /** A user's prompt, as a line. */
    public String prompt(String text) {
        return record("user", "\"message\":{\"role\":\"user\",\"content\":\"" + text + "\"}");
    }

    /** An assistant's answer with its use of tokens, as a line. */
    public String answer(String text) {
        String id = UUID.randomUUID().toString();
        return record(
                "assistant",
                "\"requestId\":\"req_" + id + "\",\"message\":{\"id\":\"msg_" + id
                        + "\",\"role\":\"assistant\",\"model\":\"claude-test-1\",\"content\":[{\"type\":\"text\",\"text\":\""
                        + text + "\"}],\"usage\":{\"input_tokens\":10,\"output_tokens\":5,"
                        + "\"cache_creation_input_tokens\":3,\"cache_read_input_tokens\":2}}");
    }

    /** A call of the tool Bash by the assistant, as a line. */
    public String call(String id, String command) {
        return record(
                "assistant",
                "\"message\":{\"id\":\"msg_" + id
                        + "\",\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"" + id
                        + "\",\"name\":\"Bash\",\"input\":{\"command\":\"" + command + "\"}}]}");
    }

    /** Appends a line, in one write; the file and its folders come with the first. */
    public AgentFiles append(String line) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    (line + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private String record(String type, String rest) {
        return "{\"type\":\"" + type + "\",\"uuid\":\"" + UUID.randomUUID() + "\",\"parentUuid\":null,\"sessionId\":\""
                + sessionId + "\",\"timestamp\":\"" + Instant.now() + "\",\"cwd\":\"" + cwd
                + "\",\"gitBranch\":\"main\",\"version\":\"2.1.0\",\"isSidechain\":false,\"userType\":\"external\","
                + rest + "}";
    }
}
