package dev.observatory.journal;

import dev.observatory.journal.Journal.History;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;

/** Finds out by the numbers which piece of a home channel's past there is. Confined to the thread that asks. */
final class HistorySearch {

    private final Channel channel;
    private final long afterSeq;
    private final int limit;
    private final List<Numbered> found = new ArrayList<>();
    private long room;

    /** @param maxBytes how much text at most, but one message at least */
    HistorySearch(Channel channel, long afterSeq, int limit, long maxBytes) {
        this.channel = channel;
        this.afterSeq = afterSeq;
        this.limit = limit;
        room = maxBytes;
    }

    /**
     * Looks at the numbers.
     *
     * @param kept what of the channel is no more among them, and kept all the same; by pos
     * @param hasText of which messages there is a text
     */
    void search(NumbersWindow numbers, List<Numbered> kept, LongPredicate hasText) {
        kept.forEach(numbered -> add(numbered, hasText));
        numbers.forEachAfter(
                0, address -> room > 0 && address.channel().equals(channel), numbered -> add(numbered, hasText));
    }

    private void add(Numbered numbered, LongPredicate hasText) {
        if (numbered.seq() <= afterSeq || room <= 0 || !hasText.test(numbered.pos())) {
            return;
        }
        if (found.size() < limit && (found.isEmpty() || numbered.size() <= room)) {
            found.add(numbered);
            room -= numbered.size();
        } else {
            room = 0;
        }
    }

    /**
     * @param newest the channel's last number
     * @param texts reads messages, by pos; those that have gone meanwhile are missing
     */
    History result(long newest, Function<List<Numbered>, Map<Long, Message>> texts) {
        Map<Long, Message> read = texts.apply(found);
        List<Message> messages = found.stream()
                .map(Numbered::pos)
                .filter(read::containsKey)
                .map(read::get)
                .toList();
        return new History(messages, afterSeq + messages.size() == newest);
    }
}
