package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A project's path")
class ProjectPathTest {

    @ParameterizedTest
    @CsvSource({
        "/home/ada/engine, /home/ada/engine",
        "/home/ada/engine/, /home/ada/engine",
        "/home/ada/engine-worktrees/fix-7, /home/ada/engine",
        "/home/ada/engine-worktrees/fix-7/src/main, /home/ada/engine",
        "/home/ada/engine/.claude/worktrees/fix-7, /home/ada/engine",
        "/engine-worktrees/x, /engine",
        "C:\\work\\engine-worktrees\\x, C:\\work\\engine",
        "C:\\work\\engine\\.claude\\worktrees\\x, C:\\work\\engine",
        "/home/ada/engine-worktrees, /home/ada/engine-worktrees",
        "/home/ada/.claude-worktrees/engine/fix-7, /home/ada/.claude-worktrees/engine/fix-7",
        "/home/ada/-worktrees/x, /home/ada/-worktrees/x",
        "/, /"
    })
    @DisplayName("The worktrees of a repository are one project with it")
    void worktrees(String cwd, String path) {
        assertThat(ProjectPath.ofWorkingDirectory(cwd).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"/home/ada/Engine No.9, engine-no-9", "/, project", "/home/\u5de5\u7a0b, project", "C:\\work\\tea, tea"
    })
    @DisplayName("An id is made of the last part of the path and a hash of the whole")
    void ids(String cwd, String slug) {
        assertThat(ProjectPath.ofWorkingDirectory(cwd).id()).matches(slug + "-[0-9a-f]{8}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "a b", "x\ny"})
    @DisplayName("Any directory has an id that fits a channel's name")
    void fit(String part) {
        String cwd = "/" + part + "/" + (part + "-\u00e9-").repeat(300);
        String id = ProjectPath.ofWorkingDirectory(cwd).id();
        assertThat(Channel.projectConversations(id).id()).isEqualTo(id);
    }

    @Test
    @DisplayName("Directories of the same name are different projects")
    void sameName() {
        assertThat(ProjectPath.ofWorkingDirectory("/a/engine").id())
                .isNotEqualTo(ProjectPath.ofWorkingDirectory("/b/engine").id());
    }

    @Test
    @DisplayName("A folder's name is a guess and is not decoded")
    void guess() {
        ProjectPath guess = ProjectPath.guessedFrom("-home-ada-engine");
        assertThat(guess.guess()).isTrue();
        assertThat(guess.path()).isEqualTo("-home-ada-engine");
        assertThat(guess.name()).isEqualTo("-home-ada-engine");
    }
}
