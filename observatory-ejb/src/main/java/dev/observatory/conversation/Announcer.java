package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.Draft;
import dev.observatory.message.RecordExcerpt;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Stores and tells what has become of conversations and projects, in this order: whoever is told of a thing can fetch
 * it. Confined to the watch thread.
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
    private final Set<Conversation> owed = new LinkedHashSet<>();

    private final Set<Project> owedProjects = new LinkedHashSet<>();

    Announcer(Consumer<Draft> drafts, ConversationCatalog catalog, Clock clock, ConversationConfig config) {
        this.drafts = drafts;
        this.catalog = catalog;
        this.clock = clock;
        this.config = config;
    }

    /** The records taken since the last flush are all of this turn. */
    void flush(Conversation conversation, boolean live) {
        if (!conversation.activity().takeNews()) {
            return;
        }
        Instant now = clock.instant();
        if (live) {
            conversation.activity().happened(now);
            setDeadline(conversation, now);
            tellLive(conversation, now);
        } else {
            conversation.activity().happenedEarlier(now);
            setDeadline(conversation, now);
            conversation.excerpts().settle();
            tellBacklog(conversation, now);
        }
    }

    /** Before anything is told: should whoever is told fail, the state still changes when its time comes. */
    private void setDeadline(Conversation conversation, Instant now) {
        deadlines.set(conversation, conversation.nextStateChange(now, config));
    }

    private void tellLive(Conversation conversation, Instant now) {
        Set<Project> touched = settle(conversation, now);
        List<RecordExcerpt> records = conversation.excerpts().next(MAX_RECORDS);
        do {
            tell(conversation, now, records.isEmpty() ? Change.STATE : Change.APPENDED, records);
            records = conversation.excerpts().next(MAX_RECORDS);
        } while (!records.isEmpty());
        touched.forEach(this::tell);
    }

    private void tellBacklog(Conversation conversation, Instant now) {
        Set<Project> touched = settle(conversation, now);
        if (conversation.announcement().begun()) {
            store(conversation, now, Change.APPENDED);
            owed.add(conversation);
        } else {
            tell(conversation, now, Change.CREATED, List.of());
        }
        for (Project project : touched) {
            if (project.begun()) {
                owedProjects.add(project);
            } else {
                tell(project);
            }
        }
    }

    /** About a second has passed: tells what is owed, and what changes by time alone. */
    void tick() {
        Instant now = clock.instant();
        for (Conversation conversation : owed) {
            tell(conversation, now, Change.APPENDED, List.of());
        }
        owed.clear();
        for (Conversation due = deadlines.poll(now); due != null; due = deadlines.poll(now)) {
            setDeadline(due, now);
            owedProjects.addAll(settle(due, now));
            boolean ended = due.state(now, config) == ConversationState.ENDED;
            tell(due, now, ended ? Change.ENDED : Change.STATE, List.of());
        }
        owedProjects.forEach(this::tell);
        owedProjects.clear();
    }

    /** Brings the projects up to date and stores them. */
    private Set<Project> settle(Conversation conversation, Instant now) {
        ConversationState state = conversation.state(now, config);
        boolean active = state == ConversationState.WORKING || state == ConversationState.WAITING;
        Share share = new Share(
                active, conversation.messageCount(), conversation.tokens(), conversation.cost(), conversation.span());
        Set<Project> touched = projects.settle(conversation, share);
        for (Project project : touched) {
            if (project.refresh(now)) {
                store(project);
            }
        }
        return touched;
    }

    private void store(Project project) {
        if (project.isEmpty()) {
            catalog.removeProject(project.path().id());
        } else {
            catalog.put(project.latest());
        }
    }

    private void tell(Project project) {
        if (project.isWorthTelling()) {
            drafts.accept(Draft.of(project.tell()));
        }
    }

    private void tell(Conversation conversation, Instant now, Change change, List<RecordExcerpt> records) {
        Announcement announcement = conversation.announcement();
        if (records.isEmpty() && isTold(conversation, now)) {
            return;
        }
        ConversationUpdate state = store(conversation, now, announcement.begun() ? change : Change.CREATED);
        announcement.tell(state);
        drafts.accept(Draft.of(state.withRecords(records)));
    }

    private ConversationUpdate store(Conversation conversation, Instant now, Change change) {
        ConversationUpdate state = conversation.update(
                conversation.state(now, config),
                change,
                conversation.announcement().nextVersion(),
                List.of());
        catalog.put(state, conversation.excerpts().recent());
        return state;
    }

    /** Whether a client that has the last update has the present state. */
    private boolean isTold(Conversation conversation, Instant now) {
        ConversationUpdate told = conversation.announcement().told();
        return told != null
                && conversation
                        .update(conversation.state(now, config), told.change(), told.version(), List.of())
                        .equals(told);
    }
}
