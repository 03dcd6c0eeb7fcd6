package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What is always known of a conversation, be it awake or dormant: its newest state, what of it was told, and since when
 * it is quiet. Awake, it also has its sum and its files, to which lines can be added. Confined to the watch thread.
 */
final class Dossier {

    private final String id;
    private final Activity activity;

    /** What hooks say of it, which goes before what its records show. */
    private ReportedState reported = new ReportedState();

    /** Null while dormant. */
    private Conversation sum;

    /** Null while dormant. */
    private ConversationFiles files;

    /** The newest state that was put down, without records; null before the first. */
    private ConversationUpdate latest;

    /** What was last told, without records; null before the first time. */
    private ConversationUpdate told;

    /** Where it counts; null before the first time. */
    private Project project;

    /** When its state is to be looked at again, null when never. {@link Deadlines} alone touches it. */
    Instant deadline;

    /** One of which nothing is known yet. */
    Dossier(String id) {
        this.id = id;
        activity = new Activity();
    }

    /**
     * One that the store remembers; what is kept counts as told.
     *
     * @param quietSince since when nothing has happened
     */
    Dossier(ConversationUpdate kept, Instant quietSince) {
        id = kept.id();
        activity = Activity.quietSince(quietSince);
        latest = kept;
        told = kept;
    }

    String id() {
        return id;
    }

    Activity activity() {
        return activity;
    }

    // being awake

    boolean awake() {
        return sum != null;
    }

    /** Null while dormant. */
    Conversation sum() {
        return sum;
    }

    void wake(Conversation conversation, ConversationFiles itsFiles) {
        sum = conversation;
        files = itsFiles;
        files.all().forEach(file -> file.ownedBy(this));
    }

    /** Its file in that place. To be called while it is awake. */
    TranscriptFile file(TranscriptLocation location) {
        TranscriptFile file = files.file(location);
        file.ownedBy(this);
        return file;
    }

    /** Takes a file in that was nobody's. To be called while it is awake. */
    void add(TranscriptFile file) {
        files.add(file);
        file.ownedBy(this);
    }

    /** Lets everything go that the store can bring back. */
    Collection<TranscriptFile> sleep() {
        Collection<TranscriptFile> gone = files.all();
        files = null;
        sum = null;
        return gone;
    }

    /** Whether the store can bring back all there is to it, and nothing is expected of it soon. */
    boolean maySleep() {
        boolean active = latest != null
                && (latest.state() == ConversationState.WORKING || latest.state() == ConversationState.WAITING);
        return !active && files.all().stream().allMatch(TranscriptFile::isKept);
    }

    // what hooks say

    /** What was reported before it was known. */
    void report(HeldReports.Held before) {
        reported = before.state();
        activity.signed(before.last());
    }

    void report(HookEvent event) {
        reported.take(event, latest == null ? null : latest.state());
        activity.signed(event.at());
    }

    boolean isReported() {
        return reported.state() != null;
    }

    /**
     * A new line counts, which may contradict what hooks said. To be called while it is awake.
     *
     * @param now stands for the time of a record that shows none
     */
    void read(TranscriptLocation file, Line line, Instant now) {
        boolean itself = file.agentId() == null;
        if (!line.bad() && !(itself && line.record().sidechain())) {
            Instant time = line.record().timestamp();
            boolean callsOpen = sum.phase() == Turn.Phase.TOOL;
            reported.read(line.kind(), file.agentId(), time == null ? now : time, callsOpen);
        }
    }

    // its state

    /** Its state now, from what hooks say or else whose turn it is, and from how long nothing has happened. */
    ConversationState state(Instant now, ConversationConfig config) {
        if (activity.isQuietFor(config.endedAfter(), now)) {
            return ConversationState.ENDED;
        }
        if (reported.state() != null) {
            return reported.state();
        }
        if (sum == null) {
            return latest.state();
        }
        return switch (sum.phase()) {
            case USER -> ConversationState.IDLE;
            case MODEL -> ConversationState.WORKING;
            case TOOL ->
                activity.isQuietFor(config.waitingAfter(), now) ? ConversationState.WAITING : ConversationState.WORKING;
        };
    }

    /**
     * When the state changes if nothing happens until then; null if it stays. Of a dormant one that works it is not
     * known whether it will ever wait: then this is when it might.
     */
    Instant nextStateChange(Instant now, ConversationConfig config) {
        if (activity.isQuietFor(config.endedAfter(), now) || reported.state() == ConversationState.ENDED) {
            return null;
        }
        boolean mayWait = reported.state() == null && mayWait(now, config);
        Instant end = activity.quietSince().plus(config.endedAfter());
        Instant wait = activity.quietSince().plus(config.waitingAfter());
        return mayWait && wait.isBefore(end) ? wait : end;
    }

    private boolean mayWait(Instant now, ConversationConfig config) {
        return sum == null
                ? latest.state() == ConversationState.WORKING
                : sum.phase() == Turn.Phase.TOOL && !activity.isQuietFor(config.waitingAfter(), now);
    }

    /** Whether its sum is needed to say what its state is now. */
    boolean needsSum(Instant now, ConversationConfig config) {
        return sum == null
                && reported.state() == null
                && latest.state() == ConversationState.WORKING
                && !activity.isQuietFor(config.endedAfter(), now);
    }

    /** As an update would show it in this state. */
    ConversationUpdate update(ConversationState state, Change change, long version) {
        return sum == null
                ? Updates.with(latest, state, change, version)
                : sum.update(state, change, version, List.of());
    }

    /** As an update would show it that is the next. */
    ConversationUpdate nextUpdate(ConversationState state, Change change) {
        latest = update(state, told == null ? Change.CREATED : change, latest == null ? 1 : latest.version() + 1);
        return latest;
    }

    /** Whether nothing has happened since then and nothing is expected. */
    boolean isQuietSince(Instant time) {
        boolean over = latest == null
                || latest.state() == ConversationState.ENDED
                        && (latest.updatedAt() == null || latest.updatedAt().isBefore(time));
        return over && (activity.quietSince() == null || activity.quietSince().isBefore(time));
    }

    // what was told

    ConversationUpdate latest() {
        return latest;
    }

    boolean begun() {
        return told != null;
    }

    /** Whether a client that has the last update would see it in this state, too. */
    boolean isTold(ConversationState state) {
        // what was put down since then may differ although the present state does not
        return told != null && looksLike(told, state) && looksLike(latest, state);
    }

    private boolean looksLike(ConversationUpdate before, ConversationState state) {
        return update(state, before.change(), before.version()).equals(before);
    }

    /** Lets the newest state count as told. */
    void tell() {
        told = latest;
    }

    // where it counts

    /** Null where that is not known. */
    ProjectPath projectPath() {
        if (sum != null) {
            return sum.projectPath();
        }
        return project == null ? null : project.path();
    }

    Project project() {
        return project;
    }

    void project(Project newProject) {
        project = newProject;
    }
}
