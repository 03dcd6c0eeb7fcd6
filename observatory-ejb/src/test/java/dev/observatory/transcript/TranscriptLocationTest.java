package dev.observatory.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A transcript's location")
class TranscriptLocationTest {

    private static final Path ROOT = Path.of("/home/ada/.claude/projects");

    private static Optional<TranscriptLocation> of(String path) {
        return TranscriptLocation.of(ROOT, ROOT.resolve(path));
    }

    @Test
    @DisplayName("A file in a project's folder is the session of its name")
    void session() {
        assertThat(of("-home-ada-engine/11111111-2222-4333-8444-555555555555.jsonl"))
                .contains(new TranscriptLocation(
                        TranscriptLocation.Kind.SESSION,
                        ROOT,
                        "-home-ada-engine/11111111-2222-4333-8444-555555555555.jsonl",
                        "-home-ada-engine",
                        "11111111-2222-4333-8444-555555555555",
                        null));
    }

    @Test
    @DisplayName("A file in a session's subagents folder is an agent of that session")
    void agent() {
        assertThat(of("-home-ada-engine/s1/subagents/agent-a7.jsonl"))
                .contains(new TranscriptLocation(
                        TranscriptLocation.Kind.AGENT,
                        ROOT,
                        "-home-ada-engine/s1/subagents/agent-a7.jsonl",
                        "-home-ada-engine",
                        "s1",
                        "a7"));
    }

    @Test
    @DisplayName("An agent of a workflow belongs to the session above the subagents folder")
    void workflowAgent() {
        TranscriptLocation location =
                of("-p/s1/subagents/workflows/run-3/agent-b2.jsonl").orElseThrow();
        assertThat(location.kind()).isEqualTo(TranscriptLocation.Kind.AGENT);
        assertThat(location.conversationId()).isEqualTo("s1");
        assertThat(location.agentId()).isEqualTo("b2");
    }

    @Test
    @DisplayName("An agent's file beside the sessions is of the older layout and does not tell its session")
    void legacyAgent() {
        TranscriptLocation location = of("-p/agent-c3.jsonl").orElseThrow();
        assertThat(location.kind()).isEqualTo(TranscriptLocation.Kind.LEGACY_AGENT);
        assertThat(location.agentId()).isEqualTo("c3");
        assertThat(location.conversationId()).isNull();
    }

    @Test
    @DisplayName("A session may lie in a folder of its own, or in the root itself")
    void unusualDepths() {
        assertThat(of("-p/session-alpha/chat.jsonl").orElseThrow().projectDirectory())
                .isEqualTo("-p");
        assertThat(of("lonely.jsonl").orElseThrow().projectDirectory()).isEqualTo("projects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-p/s1/subagents/workflows/run-3/journal.jsonl",
                "-p/s1/subagents/agent-a7.meta.json",
                "-p/s1/subagents/notes.jsonl",
                "-p/s1/tool-results/b8.jsonl",
                "-p/memory/MEMORY.jsonl",
                "-p/sessions-index.json",
                "-p/s1.jsonl.bak",
                "-p/.jsonl",
                "-p"
            })
    @DisplayName("Side files are no transcripts")
    void sideFiles(String path) {
        assertThat(of(path)).isEmpty();
    }

    @Test
    @DisplayName("A file outside the root is no transcript, nor is the root")
    void outside() {
        assertThat(TranscriptLocation.of(ROOT, Path.of("/tmp/s1.jsonl"))).isEmpty();
        assertThat(TranscriptLocation.of(ROOT, ROOT)).isEmpty();
    }

    @Test
    @DisplayName("A name that fits no channel is changed, and stays distinct from similar ones")
    void unfitNames() {
        String first = of("-p/my chat.jsonl").orElseThrow().conversationId();
        String second = of("-p/my+chat.jsonl").orElseThrow().conversationId();
        assertThat(first).matches("my-chat-[0-9a-f]{8}").isNotEqualTo(second);
        assertThat(second).matches("my-chat-[0-9a-f]{8}");
    }

    @Test
    @DisplayName("A name that is too long is cut, and stays distinct from those that begin alike")
    void longNames() {
        String name = "n".repeat(181);
        assertThat(ConversationId.of(name))
                .hasSize(ConversationId.MAX_LENGTH)
                .matches("[A-Za-z0-9_.-]+")
                .isNotEqualTo(ConversationId.of(name + "n"));
        assertThat(ConversationId.of("n".repeat(180))).isEqualTo("n".repeat(180));
    }
}
