package dev.observatory.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Tries one damaged input after the other for as long as the system property {@code observatory.fuzz.time} says, an ISO
 * 8601 duration. Each input has a seed of its own. The one that fails is printed with it, and {@code
 * -Dobservatory.fuzz.seed=<seed>} begins with that input.
 *
 * @param <T> what an input is: text or bytes
 */
public final class FuzzRun<T> {

    /** So many inputs at least, however little time there is. */
    private static final int FEWEST = 1_000;

    /** What one input may take that the time has run out over; none should take a thousandth of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So much of an input is printed, characters; its seed gives all of it. */
    private static final int SHOWN = 4_000;

    /** Tries an input. */
    public interface Check<T> {

        /** Throws anything when the input is not treated as it should be. */
        void check(T input) throws Exception;
    }

    private final Function<Mutator, T> inputs;
    private final Check<T> check;

    /** Of the input being tried; written by the thread that tries, read by the one that waits for it. */
    private volatile long seed;

    private volatile T input;
    private volatile Throwable failure;
    private volatile int count;

    private FuzzRun(Function<Mutator, T> inputs, Check<T> check) {
        this.inputs = inputs;
        this.check = check;
    }

    /**
     * Runs to the end of the time.
     *
     * @param name printed with the seed
     * @param inputs makes an input; of the same chance it makes the same
     * @throws AssertionError when an input fails, or keeps the run from ending
     */
    public static <T> void run(String name, Function<Mutator, T> inputs, Check<T> check) throws InterruptedException {
        new FuzzRun<>(inputs, check).run(name);
    }

    private void run(String name) throws InterruptedException {
        Long first = Long.getLong("observatory.fuzz.seed");
        seed = first == null ? new Random().nextLong() : first;
        System.out.println(name + ": seed " + seed);
        Duration time = Duration.parse(System.getProperty("observatory.fuzz.time"));
        Thread thread = new Thread(() -> tryAll(time), name);
        thread.setDaemon(true);
        thread.start();
        thread.join(time.plus(PATIENCE).toMillis());
        if (thread.isAlive()) {
            throw new AssertionError(described("takes too long"));
        }
        if (failure != null) {
            throw new AssertionError(described(failure.toString()), failure);
        }
        System.out.println(name + ": " + count + " inputs");
    }

    private void tryAll(Duration time) {
        long begin = System.nanoTime();
        try {
            while (count < FEWEST || System.nanoTime() - begin < time.toNanos()) {
                // well mixed, so that the next seed is as good as any
                input = inputs.apply(new Mutator(new SplittableRandom(seed)));
                check.check(input);
                count++;
                seed++;
            }
        } catch (Throwable e) {
            // an overflow of the stack too is what is looked for
            failure = e;
        }
    }

    private String described(String what) {
        String text =
                input instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(input);
        StringBuilder shown = new StringBuilder();
        text.chars().limit(SHOWN).forEach(c -> shown.append(c >= ' ' && c < 0x7f ? (char) c : "\\u%04x".formatted(c)));
        return "-Dobservatory.fuzz.seed=" + seed + ", input of " + text.length() + ": " + shown + "\n" + what;
    }
}
