package dev.observatory.conversation;

/**
 * What came of hooks since the start. Immutable.
 *
 * @param taken how many events were taken
 * @param held of how many conversations there are reports although no file of them was seen yet
 * @param forgotten of how many there were, until it took too long or there were too many
 */
public record HookFigures(long taken, int held, long forgotten) {

    public static final HookFigures NONE = new HookFigures(0, 0, 0);
}
