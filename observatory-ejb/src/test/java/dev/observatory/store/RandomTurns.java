package dev.observatory.store;

import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.ReadTurn;
import dev.observatory.conversation.Usage;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns of a few files of a few conversations, some of which are replaced now and then. */
final class RandomTurns {

    static final List<String> CONVERSATIONS = List.of("a", "b", "c");

    private static final int FILES = 7;

    private final Random random;
    private final Map<String, Long> positions = new HashMap<>();
    private int texts;

    RandomTurns(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    ReadTurn next() {
        List<String> removed = random.nextInt(10) == 0 ? List.of("p" + random.nextInt(4)) : List.of();
        if (random.nextInt(6) == 0) {
            return new ReadTurn(null, List.of(), conversations(), projects(), removed, usage());
        }
        int file = random.nextInt(FILES);
        String path = "f" + file;
        if (random.nextInt(15) == 0) {
            positions.put(path, 0L);
        }
        List<KeptLine> lines = lines(path);
        FilePlace place =
                Samples.place(CONVERSATIONS.get(file % CONVERSATIONS.size()), path, positions.getOrDefault(path, 0L));
        return new ReadTurn(place, lines, conversations(), projects(), removed, usage());
    }

    List<String> someConversations() {
        return CONVERSATIONS.stream().filter(any -> random.nextInt(3) == 0).toList();
    }

    private List<KeptLine> lines(String path) {
        List<KeptLine> lines = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            long position = positions.merge(path, 1L + (random.nextInt(5) == 0 ? random.nextInt(100) : 0), Long::sum);
            if (random.nextInt(10) == 0) {
                lines.add(new KeptLine(position, new byte[0], 1 + random.nextInt(1_000_000)));
            } else {
                lines.add(Samples.line(position, "text " + texts++ + "x".repeat(random.nextInt(200))));
            }
        }
        return lines;
    }

    private List<ConversationUpdate> conversations() {
        int count = random.nextInt(3);
        return random.ints(count, 0, CONVERSATIONS.size())
                .mapToObj(i -> Samples.conversation(CONVERSATIONS.get(i), "t" + texts++, random.nextInt(50)))
                .toList();
    }

    private Map<String, List<Usage>> usage() {
        return random.ints(random.nextInt(3), 0, CONVERSATIONS.size())
                .distinct()
                .boxed()
                .collect(Collectors.toMap(
                        CONVERSATIONS::get,
                        any -> Stream.generate(this::used)
                                .limit(random.nextInt(4))
                                .toList()));
    }

    private Usage used() {
        return new Usage(
                either("agent", null),
                either("opus", either("sonnet", null)),
                either("main", either("", null)),
                either(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(3)), null),
                new Tokens(random.nextInt(100), random.nextInt(100), random.nextInt(100), random.nextInt(100)),
                either(BigDecimal.valueOf(random.nextInt(1, 3_000_000), 6).stripTrailingZeros(), null));
    }

    private <T> T either(T one, T other) {
        return random.nextBoolean() ? one : other;
    }

    private List<ProjectUpdate> projects() {
        int count = random.nextInt(3);
        return random.ints(count, 0, 4)
                .mapToObj(i -> Samples.project("p" + i, "n" + texts++, random.nextInt(50)))
                .toList();
    }
}
