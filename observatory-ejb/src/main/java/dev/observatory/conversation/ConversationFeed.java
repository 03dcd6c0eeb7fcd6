package dev.observatory.conversation;

import dev.observatory.message.Draft;
import dev.observatory.redaction.Redactor;
import dev.observatory.transcript.ConversationId;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The door of this room: takes the lines of transcripts, folds them into conversations and projects, lets the store keep
 * all of it, and tells what has become of them. Confined to the watch thread, but for {@link #records}, {@link #badLines},
 * {@link #available} and {@link #storeTrouble}.
 *
 * <p>A line is counted once: a record with a uuid when its uuid is new in its file, any other line when its place in the
 * file and its content are. So a file may be read again at any time, and from its beginning after {@link #restart}.
 *
 * <p>While the store is away nothing may be given here: {@link #begin} refuses it, and {@link #tick} finds out when it
 * is back.
 */
public final class ConversationFeed {

    private final Consumer<Forgotten> forgotten;
    private final ConversationStore store;
    private final Redactor redactor;
    private final Clock clock;
    private final Folding folding;
    private final Conversations conversations;
    private final Announcer announcer;
    private final Keeper keeper = new Keeper();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong badLines = new AtomicLong();

    /** How many events of hooks were taken. */
    private long reports;

    /** Where the files were left, from {@link #load} until they are taken. */
    private List<FilePlace> places = List.of();

    /**
     * @param drafts is told every change, by the watch thread
     * @param forgotten is told what has been let go, by the watch thread
     * @param catalog is brought up to date before
     * @param accounting by what the use of tokens is accounted for
     * @param store keeps everything before that
     * @param redactor takes the secrets out of a line before anything else sees it
     */
    public ConversationFeed(
            Consumer<Draft> drafts,
            Consumer<Forgotten> forgotten,
            ConversationCatalog catalog,
            Clock clock,
            ConversationConfig config,
            Accounting accounting,
            ConversationStore store,
            Redactor redactor) {
        this.forgotten = forgotten;
        this.store = store;
        this.redactor = redactor;
        this.clock = clock;
        folding = new Folding(config);
        conversations = new Conversations(store, catalog, folding, accounting, config);
        announcer = new Announcer(drafts, catalog, clock, config);
        KeptConversations kept = new KeptConversations(store, config, accounting);
        catalog.readFrom(kept::lastRecords, kept::details);
    }

    /**
     * Fills this room from the store. To be called once, before any line; if the store is away {@link #tick} tries again.
     */
    public void load() {
        keeper.attempt(this::restore);
    }

    private void restore() {
        places = new Restoration(store, conversations, announcer, clock).run();
    }

    /** Where reading of every file was left, once after {@link #load}. */
    public List<FilePlace> takePlaces() {
        List<FilePlace> taken = places;
        places = List.of();
        return taken;
    }

    /** Whether the store keeps what it is given. While it does not, nothing may be read. Any thread may ask. */
    public boolean available() {
        return keeper.available();
    }

    /** Why the store does not keep what it is given, in its own words; null while it does. Any thread may ask. */
    public String storeTrouble() {
        return keeper.trouble();
    }

    /**
     * Something of a file is about to come; its conversation is woken if it has to be.
     *
     * @param fromStart whether the lines come from the first
     * @throws StoreUnavailableException when that cannot be done now; nothing may be given then
     */
    public void begin(TranscriptLocation location, boolean fromStart) {
        if (!keeper.available() || !keeper.attempt(() -> conversations.file(location))) {
            throw new StoreUnavailableException("the store is away", null);
        }
        if (fromStart) {
            conversations.file(location).restart();
        }
    }

    /**
     * The next line of a file.
     *
     * @param buffer holds the line, without its newline; it is not kept. A blank line is ignored, a bad one counted
     */
    public void line(TranscriptLocation location, byte[] buffer, int offset, int length) {
        if (!isBlank(buffer, offset, length)) {
            TranscriptFile file = file(location);
            take(file, folding.read(new KeptLine(file.nextPosition(), redacted(buffer, offset, length), 0)));
        }
    }

    /**
     * The last line of a file at rest, which has no newline yet.
     *
     * @return whether it is a complete record; then it is taken, and must not be given again when its newline comes
     */
    public boolean restingLine(TranscriptLocation location, byte[] buffer, int offset, int length) {
        TranscriptFile file = file(location);
        Line line = folding.read(new KeptLine(file.position() + 1, redacted(buffer, offset, length), 0));
        if (line.bad()) {
            return false;
        }
        file.nextPosition();
        take(file, line);
        return true;
    }

    /** A line that was skipped because of its length, given in bytes. It counts as bad, but leaves its trace. */
    public void oversizedLine(TranscriptLocation location, long bytes) {
        TranscriptFile file = file(location);
        take(file, folding.read(new KeptLine(file.nextPosition(), new byte[0], bytes)));
    }

    private byte[] redacted(byte[] buffer, int offset, int length) {
        byte[] line = Arrays.copyOfRange(buffer, offset, offset + length);
        return redactor.redact(line, 0, length);
    }

    private void take(TranscriptFile file, Line line) {
        if (!file.isNew(line.key())) {
            return;
        }
        if (line.bad()) {
            file.countBadLine();
            badLines.incrementAndGet();
        } else {
            records.incrementAndGet();
        }
        if (file.owner() != null) {
            folding.add(file, line, file.owner().sum());
            file.owner().read(file.location(), line, clock.instant());
        } else if (!line.bad() && line.record().sessionId() != null) {
            // a file of the older layout belongs to the first session that one of its records names
            file.claimedBy(ConversationId.of(line.record().sessionId()));
        }
        file.add(line.kept());
    }

    /** The file was truncated or replaced, or appeared anew: its lines come again from the first. */
    public void restart(TranscriptLocation location) {
        file(location).restart();
    }

    /**
     * The end of a turn of reading: what is new is kept, and then told. If the store is away both wait for it.
     *
     * @param progress how far the file is read now; not kept as long as it is nobody's
     */
    public void flush(TranscriptLocation location, Arrival arrival, Progress progress) {
        TranscriptFile file = file(location);
        if (file.owner() == null && file.claim() == null) {
            return;
        }
        if (keeper.attempt(new Writing(store, conversations, announcer, file, arrival, progress))) {
            conversations.touch(file.owner());
            announcer.publish();
            conversations.rest();
        }
    }

    /**
     * A hook has told something of a conversation, which is told on at once. Of one that is not known it is held for a
     * while; while the store is away it waits for it.
     */
    public void report(HookEvent event) {
        reports++;
        conversations.report(event).ifPresent(conversation -> {
            if (keeper.available()) {
                tell(announcer.reported(conversation));
            } else {
                announcer.due(conversation);
            }
        });
    }

    /** About a second has passed: what waited for the store is done, and what changes by time alone is told. */
    public void tick() {
        conversations.heldReports().expire(clock.instant());
        if (!keeper.retry()) {
            return;
        }
        announcer.publish();
        for (Dossier asleep : announcer.dueAsleep()) {
            if (!keeper.attempt(() -> conversations.wake(asleep))) {
                return;
            }
        }
        tell(announcer.ticked());
    }

    private void tell(Bulletin bulletin) {
        ReadTurn turn = bulletin.turn(null, List.of());
        if (keeper.attempt(() -> keep(bulletin, turn))) {
            announcer.publish();
            conversations.rest();
        }
    }

    private void keep(Bulletin bulletin, ReadTurn turn) {
        if (!bulletin.isEmpty()) {
            store.keep(turn);
        }
        announcer.owes(bulletin);
    }

    /** The conversations in which nothing has happened since then, and in which nothing is under way. */
    public List<String> quietSince(Instant time) {
        return conversations.quietSince(time);
    }

    /**
     * One of them.
     *
     * @return empty if something has happened in it since
     * @throws StoreUnavailableException when its files cannot be told now
     */
    public Optional<QuietConversation> quiet(String conversationId, Instant time) {
        return Optional.ofNullable(conversations.byId(conversationId))
                .filter(dossier -> dossier.isQuietSince(time))
                .map(dossier -> new QuietConversation(
                        conversationId,
                        dossier.latest() != null && dossier.latest().updatedAt() != null,
                        store.files(conversationId)))
                // or else its first line is just being written
                .filter(conversation ->
                        conversation.dated() || !conversation.files().isEmpty());
    }

    /**
     * Lets conversations go with all there is of them, and tells it. Should a line come to one of them, it begins anew:
     * its files have to be given from their first lines.
     */
    public void forget(List<String> conversationIds) {
        List<Dossier> gone = conversationIds.stream().map(conversations::forget).toList();
        conversations.forgetOwners(conversationIds);
        Bulletin bulletin = announcer.forgotten(gone);
        bulletin.then(() -> forgotten.accept(new Forgotten(conversationIds)));
        Runnable task = () -> {
            store.forget(conversationIds, bulletin.projects());
            announcer.owes(bulletin);
        };
        if (keeper.attempt(task)) {
            announcer.publish();
        }
    }

    /**
     * Gives back some of the room of conversations that were let go.
     *
     * @return whether there may be more
     * @throws StoreUnavailableException when that cannot be done now
     */
    public boolean purge() {
        return store.purge();
    }

    /** Whom a file belongs to; empty while that is not known. */
    public Optional<FileOwner> ownerOf(TranscriptLocation location) {
        return Optional.ofNullable(conversations.ownerOf(location)).map(this::owner);
    }

    private FileOwner owner(String conversationId) {
        Dossier dossier = conversations.byId(conversationId);
        Project project = dossier == null ? null : dossier.project();
        return new FileOwner(
                conversationId, project == null ? null : project.path().id());
    }

    /** How many lines could not be read. Any thread may ask. */
    public long badLines() {
        return badLines.get();
    }

    /** What came of hooks. */
    public HookFigures hooks() {
        return new HookFigures(
                reports,
                conversations.heldReports().size(),
                conversations.heldReports().forgotten());
    }

    /** How many records were taken. Any thread may ask. */
    public long records() {
        return records.get();
    }

    /** What a file is known by. */
    TranscriptFile file(TranscriptLocation location) {
        return conversations.file(location);
    }

    /** For the tests of this room. */
    Conversations conversations() {
        return conversations;
    }

    private static boolean isBlank(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
