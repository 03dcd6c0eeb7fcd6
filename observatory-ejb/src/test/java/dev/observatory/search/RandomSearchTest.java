package dev.observatory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds what a scan of all records finds, whatever has happened to the index on the way. */
@DisplayName("Random searches")
class RandomSearchTest {

    /** @param number in the order in which records were kept */
    private record Said(String conversation, String uuid, Instant at, Set<String> words, int number) {}

    private static final String[] WORDS = IntStream.range(0, 40)
            .mapToObj(i -> "w" + Integer.toString(i * 7919, 36))
            .toArray(String[]::new);
    private static final String[] CONVERSATIONS = {"c0", "c1", "c2", "c3"};

    @TempDir
    Path folder;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** By conversation and uuid. */
    private final Map<String, Said> model = new LinkedHashMap<>();

    private int kept;

    @Test
    @DisplayName("find what a scan finds, through restarts, kills, rebuilds and removals")
    void findWhatAScanFinds() {
        try (SearchRoom room = new SearchRoom(folder)) {
            for (int i = 0; i < 120; i++) {
                String when = "seed " + seed + ", step " + i;
                keep(room);
                happen(room);
                if (i % 3 == 0) {
                    room.follow();
                    for (int j = 0; j < 10; j++) {
                        compare(room, when);
                    }
                }
            }
            room.follow();
            List<List<String>> before = everything(room);
            room.restartWithoutIndex();
            room.follow();
            assertThat(everything(room)).as("seed " + seed + ", built anew").isEqualTo(before);
        }
    }

    private void keep(SearchRoom room) {
        String conversation = CONVERSATIONS[random.nextInt(CONVERSATIONS.length)];
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            // some come again, with something else to say
            String uuid = "u" + random.nextInt(600);
            Instant at = Lines.TIME.plusSeconds(random.nextInt(100));
            List<String> words = IntStream.range(0, 1 + random.nextInt(12))
                    .mapToObj(word -> WORDS[(int) (WORDS.length * Math.pow(random.nextDouble(), 2))])
                    .toList();
            lines.add(Lines.prompt(uuid, at, String.join(" ", words)));
            model.put(conversation + uuid, new Said(conversation, uuid, at, Set.copyOf(words), kept++));
        }
        room.keep(conversation, conversation + "-" + random.nextInt(2) + ".jsonl", lines.toArray(String[]::new));
    }

    private void happen(SearchRoom room) {
        switch (random.nextInt(12)) {
            case 0 -> room.restart();
            case 1, 2 -> room.restartKilled();
            case 3 -> room.restartWithoutIndex();
            case 4, 5 -> room.following.step();
            case 6 -> room.following.commit();
            case 7 -> {
                if (random.nextInt(4) == 0) {
                    forget(room);
                }
            }
            default -> {
                // nothing happens
            }
        }
    }

    private void forget(SearchRoom room) {
        room.follow();
        String conversation = CONVERSATIONS[random.nextInt(CONVERSATIONS.length)];
        room.store.execute("delete from segment where file_id in (select id from file where conversation_id = '"
                + conversation + "')");
        room.store.execute("delete from file where conversation_id = '" + conversation + "'");
        room.following.forget(List.of(conversation));
        room.follow();
        model.values().removeIf(said -> said.conversation().equals(conversation));
    }

    private void compare(SearchRoom room, String when) {
        Set<String> words = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> WORDS[random.nextInt(WORDS.length)])
                .collect(Collectors.toSet());
        String without = random.nextInt(3) == 0 ? WORDS[random.nextInt(WORDS.length)] : null;
        List<String> conversations =
                random.nextBoolean() ? null : List.of(CONVERSATIONS).subList(random.nextInt(3), 3);
        Instant since = random.nextBoolean() ? null : Lines.TIME.plusSeconds(random.nextInt(100));
        Instant until = random.nextBoolean() ? null : Lines.TIME.plusSeconds(random.nextInt(100));
        String text = String.join(" ", words) + (without == null ? "" : " -" + without);
        SearchRequest request =
                new SearchRequest(text, conversations, null, since, until, SearchOrder.NEWEST, 10_000, null);

        List<String> expected = model.values().stream()
                .filter(said -> said.words().containsAll(words) && !said.words().contains("" + without))
                .filter(said -> conversations == null || conversations.contains(said.conversation()))
                .filter(said -> since == null || !said.at().isBefore(since))
                .filter(said -> until == null || said.at().isBefore(until))
                .sorted(Comparator.comparing(Said::at)
                        .thenComparing(Said::number)
                        .reversed())
                .map(said -> said.conversation() + " " + said.uuid())
                .toList();

        SearchPage page = room.search(request);
        assertThat(shown(page)).as(when + ", " + request).isEqualTo(expected);
        assertThat(page.total()).as(when + ", " + request).isEqualTo(expected.size());
    }

    /** What is found by each word. */
    private static List<List<String>> everything(SearchRoom room) {
        return IntStream.range(0, WORDS.length)
                .mapToObj(i -> shown(room.search(SearchRoom.page(WORDS[i], SearchOrder.NEWEST, 10_000, null))))
                .toList();
    }

    private static List<String> shown(SearchPage page) {
        return page.hits().stream()
                .map(hit -> hit.conversationId() + " " + hit.uuid())
                .toList();
    }
}
