package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random schedules, compared with lists that are searched from end to end. */
@DisplayName("The journal with a store behind it")
class JournalModelTest {

    private static final int SCHEDULES = 2_000;
    private static final int STEPS = 150;

    private static final List<Channel> HOMES = List.of(
            Channel.conversation("a"),
            Channel.conversation("b"),
            Channel.conversation("c"),
            Channel.ALERTS,
            Channel.FILE_EVENTS);

    private static final List<Channel> VIEWS = List.of(Channel.ALL_CONVERSATIONS, Channel.projectConversations("p"));

    @Test
    @DisplayName("accounts for every message once, replayed or lost, over evictions, trouble, restarts and kills")
    void schedules() {
        long seed = new Random().nextLong();
        System.out.println("JournalModelTest: seed " + seed);
        Random seeds = new Random(seed);
        int[] seen = new int[Seen.values().length];
        long until = System.nanoTime()
                + Duration.parse(System.getProperty("observatory.random.time")).toNanos();
        for (int i = 0; i < SCHEDULES || System.nanoTime() < until; i++) {
            long schedule = seeds.nextLong();
            try {
                new Schedule(new Random(schedule), seen).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", schedule " + schedule + ": " + e.getMessage(), e);
            }
        }
        for (Seen what : Seen.values()) {
            assertThat(seen[what.ordinal()]).as(what.name()).isGreaterThan(100);
        }
    }

    /** What the schedules must have come across, or else they prove little. */
    private enum Seen {
        REPLAY_FROM_STORE,
        LOST,
        UNKNOWN,
        TOO_MUCH,
        KEPT_BEYOND_NUMBERS,
        HISTORY_FROM_STORE,
        CLEAN_RESTART,
        KILL,
        KEPT_OVER_KILL,
        LATE_JOIN
    }

    private static final class Schedule {

        private final Random random;
        private final int[] seen;
        private final ManualClock clock = new ManualClock("2026-01-02T03:04:05.678Z");
        private final MemoryJournalStore.Disk disk = new MemoryJournalStore.Disk();
        private final JournalConfig config;
        private JournalRun run;

        /** Of this epoch. */
        private final List<Message> all = new ArrayList<>();

        /** What is for those who come later, by the draft's id in order, with its expiry; and what of it is on disk. */
        private final Map<String, Instant> kept = new LinkedHashMap<>();

        private final Set<String> onDisk = new TreeSet<>();
        private int drafts;

        /** While nothing is appended. */
        private long inMemory;

        Schedule(Random random, int[] seen) {
            this.random = random;
            this.seen = seen;
            config = new JournalConfig(
                    300 + random.nextInt(3_000),
                    Duration.ofSeconds(1 + random.nextInt(100)),
                    5 + random.nextInt(100),
                    1 << 20,
                    new JournalConfig.Store(
                            500 + random.nextInt(10_000),
                            Duration.ofSeconds(10 + random.nextInt(300)),
                            3 + random.nextInt(60),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10)));
        }

        void run() {
            run = start();
            for (int i = 0; i < STEPS; i++) {
                clock.advance(Duration.ofMillis(1 + random.nextInt(2_000)));
                switch (random.nextInt(24)) {
                    case 0, 1 -> replay();
                    case 2 -> history();
                    case 3 -> kept();
                    case 4, 5, 6 -> write();
                    case 7 -> disk.setAway(random.nextInt(3) == 0);
                    case 8 -> restart();
                    default -> append();
                }
            }
            replay();
            kept();
        }

        private void saw(Seen what) {
            seen[what.ordinal()]++;
        }

        private JournalRun start() {
            return new JournalRun(config, new MemoryJournalStore(disk), clock);
        }

        private void append() {
            Channel home = HOMES.get(random.nextInt(HOMES.size()));
            List<Channel> views =
                    VIEWS.stream().filter(view -> random.nextInt(3) == 0).toList();
            String text = "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 2_000 : 100));
            Draft draft = new Draft("d" + ++drafts, "note", home, views, Map.of("text", text), null, null);
            if (random.nextInt(12) == 0) {
                draft = draft.keptFor(Duration.ofSeconds(1 + random.nextInt(200)));
            }
            Message message = run.journal.append(draft);
            all.add(message);
            if (draft.keptFor() != null) {
                kept.put(message.draftId(), message.expiresAt());
                // not always while the store is there: who sends does not look whether it is back
                if (disk.hasDraft(message.draftId())) {
                    onDisk.add(message.draftId());
                }
            }
        }

        private void write() {
            if (random.nextBoolean()) {
                run.write();
            } else {
                run.writeBlock();
            }
            joinedLate();
            if (!disk.isAway()) {
                onDisk.addAll(kept.keySet());
            }
        }

        /** What was appended again since the store came late. */
        private void joinedLate() {
            List<Message> announced = run.announced;
            long known = all.isEmpty() ? 0 : all.get(all.size() - 1).pos();
            for (Message message : announced) {
                if (message.pos() > known) {
                    saw(Seen.LATE_JOIN);
                    all.add(message);
                    // it is now the newest of them
                    Instant expiry = kept.remove(message.draftId());
                    assertThat(expiry).isEqualTo(message.expiresAt());
                    kept.put(message.draftId(), expiry);
                }
            }
        }

        private void restart() {
            String epoch = run.journal.epoch();
            boolean inOrder = random.nextBoolean();
            if (inOrder) {
                boolean wasJoined = run.copy.isJoined();
                run.close();
                inOrder = wasJoined && !disk.isAway();
                if (inOrder) {
                    onDisk.addAll(kept.keySet());
                }
            }
            if (random.nextInt(4) > 0) {
                disk.setAway(false);
            }
            run = start();
            if (inOrder && !disk.isAway()) {
                saw(Seen.CLEAN_RESTART);
                assertThat(run.journal.epoch()).isEqualTo(epoch);
                assertThat(run.journal.pos()).isEqualTo(all.size());
                Map<Channel, Long> seqs = new HashMap<>();
                all.forEach(message -> seqs.put(message.channel(), message.seq()));
                HOMES.forEach(home -> assertThat(run.journal.seq(home)).isEqualTo(seqs.getOrDefault(home, 0L)));
            } else {
                saw(Seen.KILL);
                assertThat(run.journal.epoch()).isNotEqualTo(epoch);
                all.clear();
                if (disk.isAway()) {
                    // until the store is there nobody knows of them
                    assertThat(run.journal.pos()).isZero();
                } else {
                    begunAnew();
                }
                kept.keySet().retainAll(onDisk);
            }
        }

        private void begunAnew() {
            kept.keySet().retainAll(onDisk);
            kept.values().removeIf(expiry -> !expiry.isAfter(clock.instant()));
            List<Message> again = run.journal.kept((channel, views) -> true);
            assertThat(again)
                    .extracting(Message::draftId)
                    .containsExactlyElementsOf(kept.keySet().stream()
                            .sorted(Comparator.comparing(id -> Integer.parseInt(id.substring(1))))
                            .toList());
            again.forEach(message -> kept.put(message.draftId(), kept.remove(message.draftId())));
            for (int i = 0; i < again.size(); i++) {
                saw(Seen.KEPT_OVER_KILL);
                assertThat(again.get(i).pos()).isEqualTo(i + 1);
            }
            all.addAll(again);
        }

        private void kept() {
            if (!run.copy.isJoined()) {
                return;
            }
            kept.values().removeIf(expiry -> !expiry.isAfter(clock.instant()));
            Channel home = HOMES.get(random.nextInt(HOMES.size()));
            Map<String, Message> byDraft = all.stream()
                    .collect(Collectors.toMap(Message::draftId, message -> message, (older, newer) -> newer));
            assertThat(run.journal.kept((channel, views) -> channel.equals(home)))
                    .isEqualTo(kept.keySet().stream()
                            .map(byDraft::get)
                            .filter(message -> message.channel().equals(home))
                            .toList());
        }

        private void history() {
            inMemory = oldestInMemory();
            Channel channel = HOMES.get(random.nextInt(HOMES.size()));
            long newest = run.journal.seq(channel);
            long after = random.nextInt((int) newest + 1);
            int limit = random.nextInt(30);
            Journal.History history = run.journal.history(channel, after, limit);
            boolean isInMemory = all.stream()
                    .anyMatch(message -> message.channel().equals(channel)
                            && message.seq() == after + 1
                            && message.pos() >= inMemory);
            assertThat(history.messages())
                    .isEqualTo(all.stream()
                            .filter(message -> message.channel().equals(channel) && message.seq() > after)
                            .filter(message -> isInMemory || isRemembered(message.pos()) || isKept(message))
                            .filter(message ->
                                    hasText(message) || run.copy.promised().contains(message.pos()))
                            .limit(limit)
                            .filter(this::hasText)
                            .toList());
            assertThat(history.complete()).isEqualTo(after + history.messages().size() == newest);
            if (history.messages().stream().anyMatch(message -> message.pos() < inMemory)) {
                saw(Seen.HISTORY_FROM_STORE);
            }
        }

        private long oldestInMemory() {
            List<Message> first = run.journal.behind(0, 1, Long.MAX_VALUE);
            return first.isEmpty() ? Long.MAX_VALUE : first.get(0).pos();
        }

        private boolean hasText(Message message) {
            return message.pos() >= inMemory
                    || run.copy.promised().contains(message.pos()) && !disk.isAway()
                    || isKept(message);
        }

        private boolean isKept(Message message) {
            return message.expiresAt() != null && message.expiresAt().isAfter(clock.instant());
        }

        private boolean isRemembered(long pos) {
            return pos > all.size() - config.maxNumbers();
        }

        private void replay() {
            inMemory = oldestInMemory();
            Cursor cursor = new Cursor(anyPos(), anyPos(), anyPos());
            Set<Channel> asked = new TreeSet<>();
            HOMES.stream().filter(home -> random.nextInt(3) > 0).forEach(asked::add);
            VIEWS.stream().filter(view -> random.nextInt(3) == 0).forEach(asked::add);
            Interest interest = (channel, views) ->
                    asked.contains(channel) || views.stream().anyMatch(asked::contains);
            boolean isLimited = random.nextInt(4) == 0;
            int maxMessages = isLimited ? random.nextInt(20) : Integer.MAX_VALUE;
            long maxBytes = isLimited ? random.nextInt(3_000) : Long.MAX_VALUE;

            Replay replay = run.journal.replay(cursor, interest, maxMessages, maxBytes);

            List<Message> wanted = all.stream()
                    .filter(message ->
                            message.pos() > cursor.of(message.channel().priority()))
                    .filter(message -> interest.wants(message.channel(), message.views()))
                    .toList();
            assertThat(replay.pos()).isEqualTo(all.size());
            if (replay.complete()) {
                accountedFor(wanted, replay);
                assertThat(replay.messages().size()).isLessThanOrEqualTo(maxMessages);
            } else {
                saw(Seen.TOO_MUCH);
                assertThat(isLimited).isTrue();
                assertThat(replay.messages()).isEmpty();
            }
        }

        private int anyPos() {
            return random.nextInt(5) == 0 ? 0 : random.nextInt(all.size() + 3);
        }

        private void accountedFor(List<Message> wanted, Replay replay) {
            assertThat(replay.messages())
                    .isEqualTo(wanted.stream()
                            .filter(message -> isRemembered(message.pos()) && hasText(message) || isKept(message))
                            .toList());
            if (replay.messages().stream().anyMatch(message -> !isRemembered(message.pos()))) {
                saw(Seen.KEPT_BEYOND_NUMBERS);
            }
            if (replay.messages().stream().anyMatch(message -> message.pos() < inMemory)) {
                saw(Seen.REPLAY_FROM_STORE);
            }
            Map<Channel, TreeSet<Long>> missing = new TreeMap<>();
            wanted.stream()
                    .filter(message -> !replay.messages().contains(message))
                    .forEach(message -> missing.computeIfAbsent(message.channel(), c -> new TreeSet<>())
                            .add(message.seq()));
            for (Lost lost : replay.lost()) {
                TreeSet<Long> of = missing.get(lost.channel());
                assertThat(of).as("what is missing of " + lost).isNotNull();
                if (lost.fromSeq() == 0) {
                    saw(Seen.UNKNOWN);
                    assertThat(lost.count()).isZero();
                    assertThat(of.remove(lost.toSeq())).isTrue();
                    assertThat(of.headSet(lost.toSeq())).allMatch(seq -> !isRemembered(lost.channel(), seq));
                    of.headSet(lost.toSeq()).clear();
                } else {
                    saw(Seen.LOST);
                    assertThat(lost.count()).isEqualTo(lost.toSeq() - lost.fromSeq() + 1);
                    for (long seq = lost.fromSeq(); seq <= lost.toSeq(); seq++) {
                        assertThat(of.remove(seq)).as(seq + " of " + lost).isTrue();
                    }
                }
            }
            assertThat(missing.values()).as("neither replayed nor lost").allMatch(TreeSet::isEmpty);
        }

        private boolean isRemembered(Channel channel, long seq) {
            return all.stream()
                    .filter(message -> message.channel().equals(channel) && message.seq() == seq)
                    .anyMatch(message -> isRemembered(message.pos()));
        }
    }
}
