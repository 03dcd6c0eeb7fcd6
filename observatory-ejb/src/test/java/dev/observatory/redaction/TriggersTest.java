package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The triggers")
class TriggersTest {

    private static final Pattern ANY = Pattern.compile(".");

    @Test
    @DisplayName("find every literal at every place, whatever its case, as a naive search does")
    void naive() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<Rule> rules = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                rules.add(Rule.of("x", List.of(word(random, 4), word(random, 3)), ANY));
            }
            Triggers triggers = new Triggers(rules);
            String text = word(random, 60) + "\u00e9\u2192" + word(random, 60);
            int state = Triggers.START;
            for (int end = 1; end <= text.length(); end++) {
                state = triggers.next(state, text.charAt(end - 1));
                List<Triggers.Hit> expected = naive(rules, text.substring(0, end));
                assertThat(triggers.ends(state)).isEqualTo(!expected.isEmpty());
                if (triggers.ends(state)) {
                    assertThat(Arrays.asList(triggers.hits(state))).isEqualTo(expected);
                }
            }
        }
    }

    private static List<Triggers.Hit> naive(List<Rule> rules, String text) {
        List<Triggers.Hit> hits = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            for (String literal : rules.get(i).literals()) {
                if (text.toLowerCase(Locale.ROOT).endsWith(literal.toLowerCase(Locale.ROOT))) {
                    hits.add(new Triggers.Hit(i, literal.length()));
                }
            }
        }
        hits.sort(Comparator.comparingInt(Triggers.Hit::length).reversed().thenComparingInt(Triggers.Hit::rule));
        return hits;
    }

    private static String word(Random random, int atMost) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(atMost); i >= 0; i--) {
            word.append("aAbB-".charAt(random.nextInt(5)));
        }
        return word.toString();
    }
}
