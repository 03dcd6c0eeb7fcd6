package dev.observatory.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScriptReaderTest {

    @Test
    @DisplayName("Each line is a step, and a line that begins with a space goes on with the one before")
    void steps() {
        List<Step.Script> scripts = ScriptReader.read(List.of(
                "# comment",
                "session: shop | main",
                "prompt: Hello: you",
                " there",
                "",
                "call: Bash | command | ls -l",
                "error: no",
                "session: app | dark",
                "wait: 3"));
        assertThat(scripts)
                .containsExactly(
                        new Step.Script(
                                "shop",
                                "main",
                                List.of(
                                        new Step.Prompt("Hello: you\nthere"),
                                        new Step.Call("Bash", Map.of("command", "ls -l")),
                                        new Step.Result("no", true))),
                        new Step.Script("app", "dark", List.of(new Step.Wait(3))));
    }

    @Test
    @DisplayName("An unknown keyword, a line without one, and a step outside a session are refused")
    void refused() {
        for (List<String> lines : List.of(
                List.of("session: a | b", "shout: hello"), List.of("session: a | b", "hello"), List.of("say: hello"))) {
            assertThatThrownBy(() -> ScriptReader.read(lines)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("The application's own scripts can be read, and show every kind of step")
    void own() {
        List<Step.Script> scripts = ScriptReader.own();
        assertThat(scripts.stream().map(Step.Script::project).distinct()).hasSizeGreaterThan(2);
        assertThat(scripts.stream()
                        .flatMap(script -> script.steps().stream())
                        .map(Object::getClass)
                        .distinct())
                .hasSize(Step.class.getPermittedSubclasses().length);
    }
}
