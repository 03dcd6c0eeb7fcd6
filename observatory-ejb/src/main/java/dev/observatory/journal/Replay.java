package dev.observatory.journal;

import dev.observatory.message.Message;
import java.util.List;

/**
 * What came behind a cursor. Every wanted message up to {@code pos} is either in {@code messages} or in {@code lost},
 * when {@code complete}.
 *
 * @param messages by pos: what is still kept and wanted, each compared with the cursor of its channel's priority
 * @param complete whether all of that is in {@code messages}; false when it was more than the asker allowed, then that
 *     is empty
 * @param lost what was wanted and is not kept any more, by channel and number. What cannot be read at the moment, since
 *     the database is away, counts as lost too
 * @param pos everything up to here has been looked at
 */
public record Replay(List<Message> messages, boolean complete, List<Lost> lost, long pos) {

    public Replay {
        messages = List.copyOf(messages);
        lost = List.copyOf(lost);
    }
}
