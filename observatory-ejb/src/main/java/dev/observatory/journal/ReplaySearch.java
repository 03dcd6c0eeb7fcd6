package dev.observatory.journal;

import dev.observatory.message.Message;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;

/** Finds out by the numbers what an asker wants, and what of it is lost. Confined to the thread that asks. */
final class ReplaySearch {

    private final Cursor cursor;
    private final Interest interest;
    private final int maxMessages;
    private final long maxBytes;

    /** Foreign code is asked once for each address. */
    private final Map<Address, Boolean> wanted = new IdentityHashMap<>();

    private final List<Numbered> found = new ArrayList<>();
    private final LostRanges lost = new LostRanges();
    private long bytes;
    private boolean isTooMuch;

    ReplaySearch(Cursor cursor, Interest interest, int maxMessages, long maxBytes) {
        this.cursor = cursor;
        this.interest = interest;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /**
     * Looks at the numbers.
     *
     * @param forgotten what is no more among them
     * @param kept what is no more among them, and kept all the same unless it has just expired; by pos
     * @param hasText of which messages there is a text
     */
    void search(NumbersWindow numbers, List<Forgotten> forgotten, List<Numbered> kept, LongPredicate hasText) {
        for (Forgotten last : forgotten) {
            if (isBehindCursor(last.address(), last.pos()) && last.address().isWantedBy(interest)) {
                lost.addUnknown(last.address().channel(), last.seq());
            }
        }
        for (Numbered longer : kept) {
            if (isBehindCursor(longer.address(), longer.pos())
                    && longer.address().isWantedBy(interest)) {
                if (hasText.test(longer.pos())) {
                    add(longer, true);
                } else {
                    lost.addUnknown(longer.address().channel(), longer.seq());
                }
            }
        }
        numbers.forEachAfter(cursor.least(), this::isWanted, numbered -> {
            if (isBehindCursor(numbered.address(), numbered.pos())) {
                add(numbered, hasText.test(numbered.pos()));
            }
        });
    }

    private boolean isWanted(Address address) {
        return wanted.computeIfAbsent(address, asked -> asked.isWantedBy(interest));
    }

    private boolean isBehindCursor(Address address, long pos) {
        return pos > cursor.of(address.channel().priority());
    }

    private void add(Numbered numbered, boolean hasText) {
        if (!hasText) {
            lost.add(numbered.address().channel(), numbered.seq());
            return;
        }
        bytes += numbered.size();
        isTooMuch = isTooMuch || found.size() == maxMessages || bytes > maxBytes;
        if (isTooMuch) {
            found.clear();
        } else {
            found.add(numbered);
        }
    }

    /** @param texts reads messages, by pos; those that have gone meanwhile are missing */
    Replay result(long pos, Function<List<Numbered>, Map<Long, Message>> texts) {
        if (isTooMuch) {
            return new Replay(List.of(), false, lost.list(), pos);
        }
        Map<Long, Message> read = texts.apply(found);
        List<Message> messages = new ArrayList<>(found.size());
        for (Numbered numbered : found) {
            Message message = read.get(numbered.pos());
            if (message == null) {
                lost.add(numbered.address().channel(), numbered.seq());
            } else {
                messages.add(message);
            }
        }
        return new Replay(messages, true, lost.list(), pos);
    }
}
