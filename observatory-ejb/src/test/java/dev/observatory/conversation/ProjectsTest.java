package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Projects")
class ProjectsTest {

    private final Room room = new Room();

    private static String answer(String uuid, String cwd, String time) {
        return "{'type':'assistant','uuid':'" + uuid + "','cwd':'" + cwd + "','timestamp':'" + time
                + "','message':{'id':'" + uuid + "','content':'x','usage':{'input_tokens':3,'output_tokens':4}}}";
    }

    private ProjectUpdate projectOf(String conversation) {
        return room.catalog.project(room.state(conversation).projectId()).orElseThrow();
    }

    @Test
    @DisplayName("A project is the sum of its conversations, worktrees included")
    void sum() {
        room.live(Room.session("s"), answer("a1", "/home/ada/engine", "2026-03-01T11:00:00Z"));
        room.live(
                Room.session("t"),
                answer("a1", "/home/ada/engine-worktrees/fix", "2026-03-01T10:00:00Z"),
                Room.prompt("u1", "more"));
        ProjectUpdate project = projectOf("t");
        assertThat(project).isEqualTo(projectOf("s"));
        assertThat(project.name()).isEqualTo("engine");
        assertThat(project.path()).isEqualTo("/home/ada/engine");
        assertThat(project.pathIsGuess()).isFalse();
        assertThat(project.conversationCount()).isEqualTo(2);
        assertThat(project.activeConversations()).isEqualTo(1);
        assertThat(project.messageCount()).isEqualTo(3);
        assertThat(project.tokens()).isEqualTo(new Tokens(6, 8, 0, 0));
        assertThat(project.costUsd()).isNull();
        assertThat(project.createdAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(project.lastActivity()).isEqualTo(Instant.parse("2026-03-01T11:00:00Z"));
    }

    @Test
    @DisplayName("Without a working directory the folder's name is the guess")
    void guess() {
        room.live(Room.session("s"), Room.prompt("u1", "one"));
        assertThat(projectOf("s").path()).isEqualTo(Room.DIRECTORY);
        assertThat(projectOf("s").pathIsGuess()).isTrue();
    }

    @Test
    @DisplayName("A guess that is replaced within one turn is never told")
    void replacedAtOnce() {
        room.live(
                Room.session("s"), Room.prompt("u1", "one"), answer("a1", "/home/ada/engine", "2026-03-01T11:00:00Z"));
        assertThat(room.projectUpdates()).extracting(ProjectUpdate::path).containsExactly("/home/ada/engine");
        assertThat(room.catalog.projects()).hasSize(1);
    }

    @Test
    @DisplayName("When a working directory shows, the conversation moves and an empty guess disappears")
    void moved() {
        room.live(Room.session("s"), Room.prompt("u1", "one"));
        room.drafts.clear();
        room.live(Room.session("s"), answer("a1", "/home/ada/engine", "2026-03-01T11:00:00Z"));
        assertThat(projectOf("s").path()).isEqualTo("/home/ada/engine");
        assertThat(projectOf("s").messageCount()).isEqualTo(2);
        assertThat(room.catalog.projects()).hasSize(1);
        assertThat(room.updates().get(0).projectId()).isEqualTo(projectOf("s").id());
        assertThat(room.projectUpdates())
                .extracting(ProjectUpdate::pathIsGuess, ProjectUpdate::conversationCount)
                .containsExactly(tuple(true, 0), tuple(false, 1));
    }

    @Test
    @DisplayName("A guess that others still need stays, without the one that moved, and its version goes on rising")
    void movedFromOthers() {
        room.live(Room.session("s"), answer("a0", "", "2026-03-01T09:00:00Z"));
        room.live(Room.session("t"), answer("a0", "", "2026-03-01T10:00:00Z"));
        long before = projectOf("t").version();
        room.live(Room.session("s"), answer("a1", "/home/ada/engine", "2026-03-01T11:00:00Z"));
        assertThat(projectOf("t").conversationCount()).isEqualTo(1);
        assertThat(projectOf("t").tokens()).isEqualTo(new Tokens(3, 4, 0, 0));
        assertThat(projectOf("t").createdAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(projectOf("t").lastActivity()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        room.live(Room.session("t"), answer("a1", "/home/ada/engine", "2026-03-01T11:00:00Z"));
        room.live(Room.session("v"), Room.prompt("u1", "one"));
        assertThat(projectOf("v").pathIsGuess()).isTrue();
        assertThat(projectOf("v").version()).isGreaterThan(before + 1);
    }

    @Test
    @DisplayName("An agent's working directory does not decide the project")
    void agents() {
        room.live(Room.agent("s", "x"), answer("a1", "/elsewhere", "2026-03-01T11:00:00Z"));
        assertThat(projectOf("s").pathIsGuess()).isTrue();
    }

    @Test
    @DisplayName("A project is told when its figures change, not whenever something happens")
    void told() {
        room.live(Room.session("s"), Room.prompt("u1", "one"));
        room.drafts.clear();
        room.live(Room.session("s"), "{'type':'user','uuid':'r1','isMeta':true,'timestamp':'2026-03-01T11:00:00Z'}");
        assertThat(room.updates()).hasSize(1);
        assertThat(room.projectUpdates()).isEmpty();
        assertThat(projectOf("s").lastActivity()).isEqualTo(Instant.parse("2026-03-01T11:00:00Z"));
        room.live(Room.session("s"), Room.answer("a1", "two"));
        assertThat(room.projectUpdates()).hasSize(1);
    }
}
