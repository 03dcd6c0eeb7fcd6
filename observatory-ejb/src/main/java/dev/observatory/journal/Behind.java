package dev.observatory.journal;

import dev.observatory.message.Message;
import java.util.List;
import java.util.Map;

/** What lies behind the journal's memory. Thread-safe. */
interface Behind {

    /** Nothing: what leaves the memory is gone. */
    Behind NOTHING = new Behind() {
        @Override
        public PosRange promised() {
            return PosRange.EMPTY;
        }

        @Override
        public Map<Long, Message> read(List<Numbered> wanted) {
            return Map.of();
        }

        @Override
        public boolean keep(EncodedDraft draft) {
            return false;
        }

        @Override
        public void forget(EncodedDraft draft) {
            // it was never written
        }
    };

    /** Of which messages there is a text here, without a hole. Does not block. */
    PosRange promised();

    /** Reads messages, by pos; what cannot be read is missing. May block. */
    Map<Long, Message> read(List<Numbered> wanted);

    /**
     * Writes a draft that is for those who come later, too. May block.
     *
     * @return whether it was; otherwise it is asked for later
     */
    boolean keep(EncodedDraft draft);

    /** Takes back a draft that was written and is told to nobody, if it can. May block. */
    void forget(EncodedDraft draft);
}
