package dev.observatory.demo;

import java.util.List;
import java.util.Map;

/** One thing that happens in a session. Immutable. */
sealed interface Step {

    /** The user asks for something. */
    record Prompt(String text) implements Step {}

    /** Claude thinks. */
    record Think(String text) implements Step {}

    /** Claude says something. */
    record Say(String text) implements Step {}

    /** Claude calls a tool. */
    record Call(String tool, Map<String, Object> input) implements Step {}

    /** The tool called last answers. */
    record Result(String text, boolean error) implements Step {}

    /** Claude lets a sub-agent do something; its steps follow, and {@link Report} ends them. */
    record Delegate(String description, String prompt) implements Step {}

    /** The sub-agent reports back. */
    record Report(String text) implements Step {}

    /** The session gets a title. */
    record Title(String text) implements Step {}

    /** The user presses escape. */
    record Interrupt() implements Step {}

    /** Nothing happens for a while, such as while a permission is waited for. */
    record Wait(int seconds) implements Step {}

    /**
     * What happens in one session.
     *
     * @param project the name of its folder
     * @param branch the git branch it is on
     */
    record Script(String project, String branch, List<Step> steps) {

        public Script {
            steps = List.copyOf(steps);
        }
    }
}
