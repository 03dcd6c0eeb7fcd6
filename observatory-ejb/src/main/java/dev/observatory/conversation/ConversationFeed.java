package dev.observatory.conversation;

import dev.observatory.message.Draft;
import dev.observatory.pricing.PriceTable;
import dev.observatory.redaction.Redactor;
import dev.observatory.transcript.ConversationId;
import dev.observatory.transcript.ParsedLine;
import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.transcript.TranscriptParser;
import dev.observatory.transcript.TranscriptRecord;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The door of this room: takes the lines of transcripts, folds them into conversations and projects, and tells what has
 * become of them. Confined to the watch thread, but for {@link #records} and {@link #badLines}.
 *
 * <p>A line is counted once: a record with a uuid when its uuid is new in its file, any other line when its place in the
 * file and its content are. So a file may be read again at any time, from its beginning after {@link #restart}, and in
 * another folder.
 */
public final class ConversationFeed {

    /** Titles, slash commands and the marks of a prompt are to be found in a text however short excerpts are set. */
    private static final int MIN_TEXT = 1024;

    /** What a file is called, wherever it lies: a renamed project folder does not make its sessions new. */
    private record Name(TranscriptLocation.Kind kind, String conversationId, String agentId) {}

    private final TranscriptParser parser;
    private final Excerpts excerpts;
    private final Announcer announcer;
    private final PriceTable prices;
    private final Map<TranscriptLocation, TranscriptFile> files = new HashMap<>();
    private final Map<Name, KeySet> seen = new HashMap<>();
    private final Map<String, Conversation> conversations = new HashMap<>();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong badLines = new AtomicLong();

    /**
     * @param drafts is told every change, by the watch thread
     * @param catalog is brought up to date before
     * @param prices of the models that transcripts name
     * @param redactor takes the secrets out of all that is kept and told
     */
    public ConversationFeed(
            Consumer<Draft> drafts,
            ConversationCatalog catalog,
            Clock clock,
            ConversationConfig config,
            PriceTable prices,
            Redactor redactor) {
        parser = new TranscriptParser(Math.max(config.excerptCharacters(), MIN_TEXT), redactor);
        excerpts = new Excerpts(config.excerptCharacters());
        announcer = new Announcer(drafts, catalog, clock, config);
        this.prices = prices;
    }

    /**
     * The next line of a file.
     *
     * @param buffer holds the line, without its newline; it is not kept. A blank line is ignored, a bad one counted
     */
    public void line(TranscriptLocation location, byte[] buffer, int offset, int length) {
        if (isBlank(buffer, offset, length)) {
            return;
        }
        take(file(location), parser.parse(buffer, offset, length), buffer, offset, length);
    }

    /**
     * The last line of a file at rest, which has no newline yet.
     *
     * @return whether it is a complete record; then it is taken, and must not be given again when its newline comes
     */
    public boolean restingLine(TranscriptLocation location, byte[] buffer, int offset, int length) {
        if (parser.parse(buffer, offset, length) instanceof TranscriptRecord record) {
            take(file(location), record, buffer, offset, length);
            return true;
        }
        return false;
    }

    /** A line that was skipped because of its length, given in bytes. It counts as bad, but leaves its trace. */
    public void oversizedLine(TranscriptLocation location, long bytes) {
        TranscriptFile file = file(location);
        long position = file.nextPosition();
        Key key = Key.ofNames(Excerpts.OVERSIZED, Long.toString(position), Long.toString(bytes));
        if (file.isNew(key)) {
            countBadLine(file);
            if (file.owner() != null) {
                file.owner().takeStub(location);
                file.owner().excerpts().add(excerpts.oversized(position, location.agentId(), bytes));
            }
        }
    }

    /** The file was truncated or replaced, or appeared anew: its lines come again from the first. */
    public void restart(TranscriptLocation location) {
        file(location).restart();
    }

    /**
     * The end of a turn of reading: what is new is stored and told.
     *
     * @param live whether it has just been written; then its records are told, too. Of what lay there before, only the
     *     state is
     */
    public void flush(TranscriptLocation location, boolean live) {
        Conversation owner = file(location).owner();
        if (owner != null) {
            announcer.flush(owner, live);
        }
    }

    /** About a second has passed: conversations that wait or have ended for want of news are told. */
    public void tick() {
        announcer.tick();
    }

    /** Whom a file belongs to; empty while that is not known. */
    public Optional<FileOwner> ownerOf(TranscriptLocation location) {
        TranscriptFile file = files.get(location);
        if (file == null || file.owner() == null) {
            return Optional.ofNullable(location.conversationId()).map(id -> ownerOf(id, conversations.get(id)));
        }
        return Optional.of(ownerOf(file.owner().id(), file.owner()));
    }

    private static FileOwner ownerOf(String conversationId, Conversation conversation) {
        Project project =
                conversation == null ? null : conversation.announcement().project();
        return new FileOwner(
                conversationId, project == null ? null : project.path().id());
    }

    /** How many lines could not be read. Any thread may ask. */
    public long badLines() {
        return badLines.get();
    }

    /** How many records were taken. Any thread may ask. */
    public long records() {
        return records.get();
    }

    /** What a file is known by, for the tests of this room. */
    TranscriptFile file(TranscriptLocation location) {
        return files.computeIfAbsent(location, this::open);
    }

    /** Null when unknown; for the tests of this room. */
    Conversation conversation(String id) {
        return conversations.get(id);
    }

    private TranscriptFile open(TranscriptLocation location) {
        Name name = new Name(location.kind(), location.conversationId(), location.agentId());
        TranscriptFile file = new TranscriptFile(location, seen.computeIfAbsent(name, unknown -> new KeySet()));
        if (location.conversationId() != null) {
            file.ownedBy(conversation(location.conversationId(), location));
        }
        return file;
    }

    private Conversation conversation(String id, TranscriptLocation location) {
        return conversations.computeIfAbsent(
                id, unknown -> new Conversation(unknown, location.projectDirectory(), prices));
    }

    private void take(TranscriptFile file, ParsedLine parsed, byte[] buffer, int offset, int length) {
        long position = file.nextPosition();
        TranscriptRecord record = parsed instanceof TranscriptRecord good ? good : null;
        Key key = record == null || record.uuid() == null
                ? Key.ofLine(position, buffer, offset, length)
                : Key.ofUuid(record.uuid());
        if (!file.isNew(key)) {
            return;
        }
        if (record == null) {
            countBadLine(file);
        } else {
            records.incrementAndGet();
            assign(file, position, record);
        }
    }

    private void countBadLine(TranscriptFile file) {
        file.countBadLine();
        badLines.incrementAndGet();
    }

    /** A file of the older layout belongs to the first session that one of its records names. */
    private void assign(TranscriptFile file, long position, TranscriptRecord record) {
        if (file.owner() == null && record.sessionId() != null) {
            Conversation owner = conversation(ConversationId.of(record.sessionId()), file.location());
            file.ownedBy(owner).forEach(held -> add(file, held.position(), held.record()));
        }
        if (file.owner() == null) {
            file.hold(position, record);
        } else {
            add(file, position, record);
        }
    }

    private void add(TranscriptFile file, long position, TranscriptRecord record) {
        RecordKind kind = RecordKind.of(record);
        file.owner().take(file.location(), record, kind);
        excerpts.of(record, kind, position, file.location().agentId())
                .ifPresent(file.owner().excerpts()::add);
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
