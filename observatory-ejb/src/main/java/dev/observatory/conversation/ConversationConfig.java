package dev.observatory.conversation;

import java.time.Duration;

/**
 * What can be set about conversations. Immutable.
 *
 * @param waitingAfter an unanswered tool call means {@code waiting} once nothing has happened for this long
 * @param endedAfter a conversation without change has {@code ended} after this long
 * @param excerptCharacters where texts in live updates are cut
 * @param maxAwake how many conversations stay in memory with all that is known of them, unless more are active
 */
public record ConversationConfig(Duration waitingAfter, Duration endedAfter, int excerptCharacters, int maxAwake) {

    public static final ConversationConfig DEFAULTS =
            new ConversationConfig(Duration.ofSeconds(15), Duration.ofMinutes(30), 2048, 200);

    /** @throws IllegalArgumentException when a value is not positive */
    public ConversationConfig {
        requirePositive(!waitingAfter.isNegative() && !waitingAfter.isZero(), "waiting-after", waitingAfter);
        requirePositive(!endedAfter.isNegative() && !endedAfter.isZero(), "ended-after", endedAfter);
        requirePositive(excerptCharacters > 0, "excerpt-characters", excerptCharacters);
        requirePositive(maxAwake > 0, "max-awake", maxAwake);
    }

    private static void requirePositive(boolean positive, String setting, Object value) {
        if (!positive) {
            throw new IllegalArgumentException(
                    "observatory.conversation." + setting + " is " + value + ", but has to be above zero");
        }
    }
}
