package dev.observatory.conversation;

/**
 * What a turn of a file has brought, on its way into the store. It may be run again until that succeeds. Confined to the
 * watch thread.
 */
final class Writing implements Runnable {

    private final ConversationStore store;
    private final Conversations conversations;
    private final Announcer announcer;
    private final TranscriptFile file;
    private final Arrival arrival;
    private final Progress progress;

    /** Null before the first attempt; states have their versions, and so there is but one for a turn. */
    private Bulletin bulletin;

    private ReadTurn turn;

    Writing(
            ConversationStore store,
            Conversations conversations,
            Announcer announcer,
            TranscriptFile file,
            Arrival arrival,
            Progress progress) {
        this.store = store;
        this.conversations = conversations;
        this.announcer = announcer;
        this.file = file;
        this.arrival = arrival;
        this.progress = progress;
    }

    @Override
    public void run() {
        if (file.owner() == null) {
            conversations.settle(file);
        }
        if (bulletin == null) {
            bulletin = announcer.turned(file.owner(), arrival);
            turn = bulletin.turn(progress.placeOf(file), file.unkept());
        }
        store.keep(turn);
        file.kept();
        announcer.owes(bulletin);
    }
}
