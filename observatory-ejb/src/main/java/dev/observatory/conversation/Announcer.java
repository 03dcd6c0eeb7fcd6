package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.Draft;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.RecordExcerpt;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds out what has become of conversations and projects, and makes it known once it is kept: first to the catalog,
 * then to everybody, so that whoever is told of a thing can fetch it. Confined to the watch thread.
 *
 * <p>What comes live is told at once. The backlog of a first start is told in brief: a conversation when it is first
 * known, and from then on at most once a tick, so that thousands of files do not become a flood of messages.
 */
final class Announcer {

    /** Most records in one update. */
    static final int MAX_RECORDS = 100;

    private final Consumer<Draft> drafts;
    private final ConversationCatalog catalog;
    private final Clock clock;
    private final ConversationConfig config;
    private final Projects projects = new Projects();
    private final Deadlines deadlines = new Deadlines();

    /** Conversations and projects that have changed without being told; the next tick tells them. */
    private final Set<Dossier> owed = new LinkedHashSet<>();

    private final Set<Project> owedProjects = new LinkedHashSet<>();

    /** Conversations whose time has come; the next tick looks at them. */
    private final Set<Dossier> due = new LinkedHashSet<>();

    /** What is kept and has to be made known. */
    private final Deque<Runnable> steps = new ArrayDeque<>();

    Announcer(Consumer<Draft> drafts, ConversationCatalog catalog, Clock clock, ConversationConfig config) {
        this.drafts = drafts;
        this.catalog = catalog;
        this.clock = clock;
        this.config = config;
    }

    /** A project that the store remembers, before its conversations. */
    void restore(ProjectUpdate kept) {
        projects.restore(kept);
        if (kept.conversationCount() > 0) {
            catalog.put(kept);
        }
    }

    /** A conversation that the store remembers; its time goes on as if it had been here all along. */
    void restore(Dossier conversation) {
        projects.restore(conversation);
        catalog.put(conversation.latest(), null);
        if (conversation.latest().state() != ConversationState.ENDED) {
            Instant now = clock.instant();
            Instant change = conversation.nextStateChange(now, config);
            deadlines.set(conversation, change == null ? now : change);
        }
        if (conversation.isReported()) {
            due(conversation);
        }
    }

    /** The records taken since the last turn of this conversation are all of this turn. */
    Bulletin turned(Dossier conversation, Arrival arrival) {
        Bulletin bulletin = new Bulletin();
        // a session without a record is one all the same
        if (conversation.activity().takeNews() || !conversation.begun()) {
            Instant now = clock.instant();
            if (arrival == Arrival.LIVE) {
                conversation.activity().happened(now);
            } else {
                conversation.activity().happenedEarlier(now);
            }
            setDeadline(conversation, now);
            if (arrival == Arrival.BACKLOG) {
                conversation.sum().excerpts().settle();
                tellInBrief(conversation, now, bulletin);
            } else {
                tellRecords(conversation, now, bulletin);
            }
        }
        return bulletin;
    }

    private void setDeadline(Dossier conversation, Instant now) {
        deadlines.set(conversation, conversation.nextStateChange(now, config));
    }

    private void tellRecords(Dossier conversation, Instant now, Bulletin bulletin) {
        Set<Project> touched = settle(conversation, now, bulletin);
        ExcerptLog excerpts = conversation.sum().excerpts();
        List<RecordExcerpt> records = excerpts.next(MAX_RECORDS);
        do {
            tell(conversation, now, records.isEmpty() ? Change.STATE : Change.APPENDED, records, bulletin);
            records = excerpts.next(MAX_RECORDS);
        } while (!records.isEmpty());
        touched.forEach(project -> tell(project, bulletin));
    }

    private void tellInBrief(Dossier conversation, Instant now, Bulletin bulletin) {
        Set<Project> touched = settle(conversation, now, bulletin);
        if (conversation.begun()) {
            put(conversation, conversation.state(now, config), Change.APPENDED, bulletin);
            owed.add(conversation);
        } else {
            tell(conversation, now, Change.CREATED, List.of(), bulletin);
        }
        for (Project project : touched) {
            if (project.begun()) {
                owedProjects.add(project);
            } else {
                tell(project, bulletin);
            }
        }
    }

    /** Hooks have said something of a conversation. */
    Bulletin reported(Dossier conversation) {
        Bulletin bulletin = new Bulletin();
        look(conversation, clock.instant(), bulletin).forEach(project -> tell(project, bulletin));
        return bulletin;
    }

    /** The next tick looks at a conversation. */
    void due(Dossier conversation) {
        due.add(conversation);
    }

    /** Tells the state of a conversation if it has changed without a record. */
    private Set<Project> look(Dossier conversation, Instant now, Bulletin bulletin) {
        setDeadline(conversation, now);
        Set<Project> touched = settle(conversation, now, bulletin);
        boolean ended = conversation.state(now, config) == ConversationState.ENDED;
        tell(conversation, now, ended ? Change.ENDED : Change.STATE, List.of(), bulletin);
        return touched;
    }

    /** Conversations have been let go. */
    Bulletin forgotten(List<Dossier> gone) {
        Bulletin bulletin = new Bulletin();
        Set<Project> touched = new LinkedHashSet<>();
        for (Dossier conversation : gone) {
            owed.remove(conversation);
            due.remove(conversation);
            deadlines.drop(conversation);
            Project home = projects.remove(conversation);
            if (home != null) {
                touched.add(home);
            }
            if (conversation.latest() != null) {
                ConversationUpdate last = conversation.nextUpdate(ConversationState.ENDED, Change.REMOVED);
                bulletin.then(() -> catalog.remove(last.id()));
                bulletin.then(() -> drafts.accept(Draft.of(last)));
            }
        }
        Instant now = clock.instant();
        touched.stream().filter(project -> project.refresh(now)).forEach(project -> put(project.latest(), bulletin));
        touched.forEach(project -> tell(project, bulletin));
        return bulletin;
    }

    /** The conversations that have to be woken before {@link #ticked}, because only their sum tells their state now. */
    List<Dossier> dueAsleep() {
        Instant now = clock.instant();
        for (Dossier next = deadlines.poll(now); next != null; next = deadlines.poll(now)) {
            due.add(next);
        }
        return due.stream()
                .filter(conversation -> conversation.needsSum(now, config))
                .toList();
    }

    /** About a second has passed: what is owed, and what changes by time alone. */
    Bulletin ticked() {
        Bulletin bulletin = new Bulletin();
        Instant now = clock.instant();
        owed.forEach(conversation -> tell(conversation, now, Change.APPENDED, List.of(), bulletin));
        owed.clear();
        due.forEach(conversation -> owedProjects.addAll(look(conversation, now, bulletin)));
        due.clear();
        owedProjects.forEach(project -> tell(project, bulletin));
        owedProjects.clear();
        return bulletin;
    }

    /** Brings the projects up to date. */
    private Set<Project> settle(Dossier conversation, Instant now, Bulletin bulletin) {
        Share share = Share.of(conversation.update(conversation.state(now, config), Change.STATE, 0));
        Set<Project> touched = projects.settle(conversation, share);
        for (Project project : touched) {
            if (project.refresh(now)) {
                put(project.latest(), bulletin);
            }
        }
        return touched;
    }

    private void put(ProjectUpdate state, Bulletin bulletin) {
        bulletin.keep(state);
        bulletin.then(() -> {
            if (state.conversationCount() == 0) {
                catalog.removeProject(state.id());
            } else {
                catalog.put(state);
            }
        });
    }

    private void tell(Project project, Bulletin bulletin) {
        if (project.isWorthTelling()) {
            Draft draft = Draft.of(project.tell());
            bulletin.then(() -> drafts.accept(draft));
        }
    }

    private void tell(
            Dossier conversation, Instant now, Change change, List<RecordExcerpt> records, Bulletin bulletin) {
        ConversationState state = conversation.state(now, config);
        if (records.isEmpty() && conversation.isTold(state)) {
            return;
        }
        ConversationUpdate update = put(conversation, state, change, bulletin);
        conversation.tell();
        bulletin.then(() -> drafts.accept(Draft.of(update.withRecords(records))));
    }

    private ConversationUpdate put(Dossier conversation, ConversationState state, Change change, Bulletin bulletin) {
        ConversationUpdate update = conversation.nextUpdate(state, change);
        List<RecordExcerpt> recent =
                conversation.awake() ? conversation.sum().excerpts().recent() : null;
        bulletin.keep(update);
        if (conversation.awake() && conversation.sum().tokens().takeChange()) {
            bulletin.keep(conversation.id(), conversation.sum().tokens().usage());
        }
        bulletin.then(() -> catalog.put(update, recent));
        return update;
    }

    /** A bulletin is kept. */
    void owes(Bulletin bulletin) {
        steps.addAll(bulletin.steps());
    }

    /** Makes known what is kept. Should somebody who is told fail, the rest is told the next time. */
    void publish() {
        while (!steps.isEmpty()) {
            steps.remove().run();
        }
    }
}
