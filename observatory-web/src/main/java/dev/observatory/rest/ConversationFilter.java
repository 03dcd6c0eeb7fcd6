package dev.observatory.rest;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which conversations are wanted; null asks for nothing.
 *
 * @param text is to occur in the title, the branch or the working directory, in whatever case
 * @param since last activity at that time or later
 * @param until last activity before that time
 */
record ConversationFilter(String project, ConversationState state, String text, Instant since, Instant until)
        implements Predicate<ConversationUpdate> {

    static ConversationFilter parse(String project, String state, String text, String since, String until) {
        return new ConversationFilter(
                project,
                state(state),
                text == null ? null : text.toLowerCase(Locale.ROOT),
                Parameter.time("since", since),
                Parameter.time("until", until));
    }

    @Override
    public boolean test(ConversationUpdate conversation) {
        return (project == null || project.equals(conversation.projectId()))
                && (state == null || state == conversation.state())
                && (text == null
                        || occursIn(conversation.title())
                        || occursIn(conversation.gitBranch())
                        || occursIn(conversation.cwd()))
                && (since == null
                        || hasActivity(conversation)
                                && !conversation.updatedAt().isBefore(since))
                && (until == null
                        || hasActivity(conversation) && conversation.updatedAt().isBefore(until));
    }

    private boolean occursIn(String where) {
        return where != null && where.toLowerCase(Locale.ROOT).contains(text);
    }

    private static boolean hasActivity(ConversationUpdate conversation) {
        return conversation.updatedAt() != null;
    }

    private static ConversationState state(String text) {
        if (text == null) {
            return null;
        }
        for (ConversationState state : ConversationState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        throw new InvalidParameterException("state", "state is one of working, waiting, idle and ended");
    }
}
