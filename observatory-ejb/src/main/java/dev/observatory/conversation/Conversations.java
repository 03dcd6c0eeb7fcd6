package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All conversations and the files of those that are awake. Confined to the watch thread.
 *
 * <p>Only so many are awake. A dormant one is woken when something comes to it: the lines that the store has of it are
 * folded once more, and it is what it was.
 */
final class Conversations {

    private final ConversationStore store;
    private final ConversationCatalog catalog;
    private final Folding folding;
    private final Accounting accounting;
    private final int maxAwake;
    private final Map<String, Dossier> byId = new HashMap<>();

    /** Those that are awake, least recently touched first. */
    private final Map<String, Dossier> awake = new LinkedHashMap<>(16, 0.75f, true);

    /** The files of those that are awake, and those that are nobody's yet. */
    private final Map<TranscriptLocation, TranscriptFile> files = new HashMap<>();

    /** Whose the files are whose path does not tell. */
    private final Map<TranscriptLocation, String> owners = new HashMap<>();

    private final HeldReports heldReports = new HeldReports();

    Conversations(
            ConversationStore store,
            ConversationCatalog catalog,
            Folding folding,
            Accounting accounting,
            ConversationConfig config) {
        this.store = store;
        this.catalog = catalog;
        this.folding = folding;
        this.accounting = accounting;
        maxAwake = config.maxAwake();
    }

    /** A conversation that the store remembers. */
    Dossier restore(ConversationUpdate kept, Instant quietSince) {
        return known(new Dossier(kept, quietSince));
    }

    private Dossier known(Dossier dossier) {
        byId.put(dossier.id(), dossier);
        HeldReports.Held reports = heldReports.release(dossier.id());
        if (reports != null) {
            dossier.report(reports);
        }
        return dossier;
    }

    /**
     * Takes a hook's report, which is held for a while if it is of a conversation that is not known.
     *
     * @return the conversation, unless it has no state that could change
     */
    Optional<Dossier> report(HookEvent event) {
        Dossier dossier = byId.get(event.conversationId());
        if (dossier == null) {
            heldReports.take(event);
            return Optional.empty();
        }
        dossier.report(event);
        return Optional.of(dossier).filter(known -> known.latest() != null);
    }

    HeldReports heldReports() {
        return heldReports;
    }

    /** A file that the store remembers, after the conversations: one with nothing but bad lines has no state. */
    void restore(FilePlace place) {
        if (byId(place.conversationId()) == null) {
            known(new Dossier(place.conversationId()));
        }
        KeptConversations.locationOf(place)
                .filter(location -> location.conversationId() == null)
                .ifPresent(location -> owners.put(location, place.conversationId()));
    }

    /** Null when unknown. */
    Dossier byId(String id) {
        return byId.get(id);
    }

    /** Whom a file belongs to, null while that is not known. */
    String ownerOf(TranscriptLocation location) {
        return location.conversationId() == null ? owners.get(location) : location.conversationId();
    }

    /**
     * What is known of a file; its conversation is awake then.
     *
     * @throws StoreUnavailableException when it has to be woken and cannot be; nothing has changed then
     */
    TranscriptFile file(TranscriptLocation location) {
        TranscriptFile known = files.get(location);
        return known == null ? open(location) : known;
    }

    private TranscriptFile open(TranscriptLocation location) {
        String ownerId = ownerOf(location);
        if (ownerId == null) {
            return files.computeIfAbsent(location, place -> new TranscriptFile(place, new KeySet()));
        }
        TranscriptFile file = awake(ownerId, location).file(location);
        files.put(location, file);
        return file;
    }

    /**
     * Gives a file to whom its records name, and lets count what has waited for that.
     *
     * @throws StoreUnavailableException when that one has to be woken and cannot be; nothing has changed then
     */
    void settle(TranscriptFile file) {
        Dossier owner = awake(file.claim(), file.location());
        owners.put(file.location(), owner.id());
        owner.add(file);
        file.takeNew(folding::read).forEach(line -> folding.add(file, line, owner.sum()));
    }

    private Dossier awake(String id, TranscriptLocation location) {
        Dossier known = byId.get(id);
        if (known == null) {
            known = known(new Dossier(id));
            known.wake(
                    new Conversation(id, location.projectDirectory(), known.activity(), accounting),
                    new ConversationFiles());
            awake.put(id, known);
        } else if (!known.awake()) {
            wake(known, location.projectDirectory());
        }
        return known;
    }

    /** Wakes one that is in the store. */
    void wake(Dossier dossier) {
        if (!dossier.awake()) {
            wake(dossier, "");
        }
    }

    /** @param directory for one without any line: all others take it from their first */
    private void wake(Dossier dossier, String directory) {
        Refolding refolding =
                new Refolding(dossier.id(), dossier.activity(), folding, accounting, (file, record) -> {});
        try {
            refolding.read(store);
        } finally {
            dossier.activity().takeNews(); // there were none
        }
        dossier.wake(refolding.sum(directory), refolding.files());
        refolding.files().all().forEach(file -> files.put(file.location(), file));
        awake.put(dossier.id(), dossier);
    }

    /** Something has come to a conversation. */
    void touch(Dossier dossier) {
        awake.get(dossier.id());
    }

    /** Sends to sleep what has not been touched for longest, when too many are awake; but none that is active. */
    void rest() {
        Iterator<Dossier> oldest = awake.values().iterator();
        for (int tooMany = awake.size() - maxAwake; tooMany > 0 && oldest.hasNext(); ) {
            Dossier dossier = oldest.next();
            if (dossier.maySleep()) {
                oldest.remove();
                dossier.sleep().forEach(file -> files.remove(file.location()));
                catalog.forgetRecords(dossier.id());
                tooMany--;
            }
        }
    }

    /** Those in which nothing has happened since then. */
    List<String> quietSince(Instant time) {
        return byId.values().stream()
                .filter(dossier -> dossier.isQuietSince(time))
                .map(Dossier::id)
                .toList();
    }

    /** Lets a conversation go. Should something come to it, it begins anew. */
    Dossier forget(String id) {
        Dossier gone = byId.remove(id);
        if (awake.remove(id) != null) {
            gone.sleep().forEach(file -> files.remove(file.location()));
        }
        return gone;
    }

    /** What only conversations have that were let go. */
    void forgetOwners(Collection<String> ids) {
        owners.values().removeAll(ids);
    }

    /** For the tests of this room. */
    int awakeCount() {
        return awake.size();
    }
}
