package dev.observatory.demo;

import dev.observatory.demo.Step.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads scripts: a line {@code <keyword>: <text>} for each step, lines that begin with a space go on with the text, lines
 * that begin with {@code #} are comments. The parts of a text are divided by {@code " | "}. What the keywords mean is said
 * at the top of the resource.
 */
final class ScriptReader {

    private static final String RESOURCE = "scripts.txt";

    private final List<Script> scripts = new ArrayList<>();

    /** Of the script being read; null before the first. */
    private String[] session;

    private final List<Step> steps = new ArrayList<>();

    private ScriptReader() {}

    /** The scripts that come with the application. */
    static List<Script> own() {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(ScriptReader.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            return read(reader.lines().toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @throws IllegalArgumentException when a line is none of a script */
    static List<Script> read(List<String> lines) {
        ScriptReader reader = new ScriptReader();
        StringBuilder entry = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith(" ")) {
                entry.append('\n').append(line.substring(1));
            } else {
                reader.entry(entry.toString());
                entry.setLength(0);
                entry.append(line);
            }
        }
        reader.entry(entry.toString());
        reader.end();
        return List.copyOf(reader.scripts);
    }

    private void entry(String entry) {
        if (entry.isBlank() || entry.startsWith("#")) {
            return;
        }
        int colon = entry.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a line of a script: " + entry);
        }
        String keyword = entry.substring(0, colon);
        String text = entry.substring(colon + 1).strip();
        if (keyword.equals("session")) {
            end();
            session = parts(text);
        } else if (session == null) {
            throw new IllegalArgumentException("a script begins with its session, not with: " + entry);
        } else {
            steps.add(step(keyword, text));
        }
    }

    private void end() {
        if (session != null) {
            scripts.add(new Script(session[0], session[1], steps));
            steps.clear();
        }
    }

    private static Step step(String keyword, String text) {
        return switch (keyword) {
            case "prompt" -> new Step.Prompt(text);
            case "think" -> new Step.Think(text);
            case "say" -> new Step.Say(text);
            case "call" -> call(parts(text));
            case "result" -> new Step.Result(text, false);
            case "error" -> new Step.Result(text, true);
            case "delegate" -> new Step.Delegate(parts(text)[0], parts(text)[1]);
            case "report" -> new Step.Report(text);
            case "title" -> new Step.Title(text);
            case "interrupt" -> new Step.Interrupt();
            case "wait" -> new Step.Wait(Integer.parseInt(text));
            default -> throw new IllegalArgumentException("no such keyword: " + keyword);
        };
    }

    /** A tool's name, then names and values of its input by turns. */
    private static Step call(String[] parts) {
        Map<String, Object> input = new LinkedHashMap<>();
        for (int i = 1; i + 1 < parts.length; i += 2) {
            input.put(parts[i], parts[i + 1]);
        }
        return new Step.Call(parts[0], input);
    }

    private static String[] parts(String text) {
        return text.split(" \\| ");
    }
}
