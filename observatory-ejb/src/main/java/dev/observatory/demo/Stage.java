package dev.observatory.demo;

import dev.observatory.demo.Step.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Plays several sessions at a time, and removes the oldest of those that are over. Confined to the demo's thread. */
final class Stage {

    /** How many sessions go on at a time. */
    static final int CONCURRENT = 3;

    /** How many sessions that are over stay in the folder. */
    static final int KEPT = 12;

    private static final Duration BETWEEN_STARTS = Duration.ofMillis(300);

    /** A place on the stage, with the session in it, and when that goes on. */
    private record Cue(Instant at, DemoSession session) {}

    private final Path root;
    private final List<Script> scripts;
    private final Clock clock;
    private final Random random;
    private final PriorityQueue<Cue> cues = new PriorityQueue<>(Comparator.comparing(Cue::at));
    private final ArrayDeque<DemoSession> over = new ArrayDeque<>();
    private int started;

    Stage(Path root, List<Script> scripts, Clock clock, Random random) {
        this.root = root;
        this.scripts = scripts;
        this.clock = clock;
        this.random = random;
        for (int i = 0; i < CONCURRENT; i++) {
            cues.add(new Cue(clock.instant().plus(BETWEEN_STARTS.multipliedBy(i)), next()));
        }
    }

    /**
     * Does everything that is due.
     *
     * @return how long nothing will be
     */
    Duration play() throws IOException {
        while (!cues.element().at().isAfter(clock.instant())) {
            DemoSession session = cues.remove().session();
            Duration pause = session.step();
            if (session.over()) {
                session.end();
                keep(session);
                session = next();
                pause = Duration.ofSeconds(4 + random.nextInt(8));
            }
            cues.add(new Cue(clock.instant().plus(pause), session));
        }
        return Duration.between(clock.instant(), cues.element().at());
    }

    private DemoSession next() {
        return new DemoSession(root, scripts.get(started++ % scripts.size()), clock, random);
    }

    private void keep(DemoSession session) throws IOException {
        over.add(session);
        if (over.size() > KEPT) {
            DemoSession oldest = over.remove();
            Folders.delete(oldest.file());
            Folders.delete(oldest.folder());
        }
    }
}
