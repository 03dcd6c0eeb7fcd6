package dev.observatory.journal;

import dev.observatory.message.Message;
import java.util.List;
import java.util.Map;

/**
 * What a journal has in memory when it ends, besides the texts: the next start goes on with it.
 *
 * @param kept the messages for those who come later
 * @param ousted what of them had to go before it expired
 * @param promised of which messages the store has texts
 * @param blocks the blocks they stand in, oldest first
 */
record JournalImage(
        Numbers numbers,
        List<Message> kept,
        Map<Address, List<Ousted>> ousted,
        PosRange promised,
        List<BlockMark> blocks) {

    /** That of a journal which begins. */
    static JournalImage empty(int maxNumbers) {
        return new JournalImage(new Numbers(maxNumbers), List.of(), Map.of(), PosRange.EMPTY, List.of());
    }
}
