package dev.observatory.journal;

import dev.observatory.message.Message;
import java.util.List;

/**
 * What a journal has in memory when it ends, besides the texts: the next start goes on with it.
 *
 * @param kept the messages for those who come later
 * @param promised of which messages the store has texts
 * @param blocks the blocks they stand in, oldest first
 */
record JournalImage(Numbers numbers, List<Message> kept, PosRange promised, List<BlockMark> blocks) {}
