package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import java.util.List;

/**
 * The one order of all messages. Thread-safe.
 *
 * <p>Every message is announced exactly once, in the order of {@code pos}, and every listener has heard of a message
 * before the next one is numbered: the order is the same everywhere.
 */
public interface Journal {

    /**
     * Numbers a draft, writes it as JSON, keeps it and announces it.
     *
     * <p>A draft that is to be {@linkplain Draft#keptFor kept} is written to the store first, by the caller's thread,
     * which may block; while the store is away it is announced all the same, and written when the store is back.
     *
     * @return the message, after it was announced
     * @throws JournalClosedException when the application ends; then it got no number and nobody was told
     * @throws UnencodableException when its data has no JSON form; then it got no number and nobody was told
     */
    Message append(Draft draft);

    /** Names the life of the numbers: while it stays the same, numbers go on without holes. */
    String epoch();

    /** The number of the last message over all channels, 0 when there was none. */
    long pos();

    /**
     * The number of the last message that every listener has heard of. Unlike {@link #pos} it waits for nobody: a
     * listener that is being created while a message is announced to it can ask for it.
     */
    long announced();

    /** The number of the last message in that home channel, 0 when there was none. */
    long seq(Channel channel);

    /** How many home channels have numbers. */
    int channels();

    /** The number of the last message in that home channel up to a pos, as far as numbers are remembered. */
    long seqAt(Channel channel, long pos);

    /**
     * What is still kept of a home channel behind a number. May block, since it may read the store: never to be called
     * on a delivery loop.
     *
     * @param afterSeq the last number that the asker has, 0 for none
     * @param limit how many messages at most; an implementation may end earlier at a number of bytes
     */
    History history(Channel channel, long afterSeq, int limit);

    /**
     * What came behind a cursor, for an asker's channels. May block, since it may read the store: never to be called on
     * a delivery loop. Behind a cursor from the future there is nothing.
     *
     * @param maxMessages how many messages at most
     * @param maxBytes how much text at most, bytes of UTF-8
     */
    Replay replay(Cursor cursor, Interest interest, int maxMessages, long maxBytes);

    /**
     * What there is for those who come later and has not expired, as far as an interest wants it, at one moment. May
     * block.
     *
     * @param upTo nothing of a higher pos is in it: whoever asks is told of that as it is announced
     */
    Later later(Interest interest, long upTo);

    /** The messages that are kept for those who come later, as above. */
    default List<Message> kept(Interest interest) {
        return later(interest, Long.MAX_VALUE).messages();
    }

    /**
     * What there is for those who come later.
     *
     * @param messages by pos
     * @param ousted what should be among them, but had to go for want of room, by channel and number
     */
    record Later(List<Message> messages, List<Ousted> ousted) {

        public Later {
            messages = List.copyOf(messages);
            ousted = List.copyOf(ousted);
        }
    }

    /**
     * A piece of a channel's past.
     *
     * @param messages oldest first
     * @param complete whether everything behind the number asked for is in it, up to the channel's newest message
     */
    record History(List<Message> messages, boolean complete) {

        public History {
            messages = List.copyOf(messages);
        }
    }
}
