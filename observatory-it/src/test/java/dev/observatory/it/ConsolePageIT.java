package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConsolePageIT extends ServerTest {

    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"([^\":]+)\"|from '\\./([^']+)'");

    /** A server may have something of its own at a path: WildFly takes everything below {@code /console}. */
    @Test
    @DisplayName("the page at the root and every file that it needs are served by the application")
    void servesEveryFile() {
        Set<String> met = new LinkedHashSet<>(Set.of(""));
        Deque<String> ahead = new ArrayDeque<>(met);
        while (!ahead.isEmpty()) {
            String path = ahead.remove();
            Matcher file = FILE.matcher(server.get(path, 200));
            while (file.find()) {
                String folder = path.substring(0, path.lastIndexOf('/') + 1);
                String next = file.group(1) == null ? folder + file.group(2) : file.group(1);
                if (met.add(next)) {
                    ahead.add(next);
                }
            }
        }
        assertThat(met).hasSizeGreaterThan(5).anyMatch(path -> path.endsWith("main.js"));
    }

    @Test
    @DisplayName("the description of the protocol is served beside it")
    void servesTheProtocol() {
        assertThat(server.get("asyncapi.yaml", 200)).startsWith("asyncapi: 3.");
    }
}
