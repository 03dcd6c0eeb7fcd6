package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.message.Channel;
import dev.observatory.message.ChannelKind;
import dev.observatory.message.Message;
import java.util.List;
import java.util.Optional;

/**
 * What one user may see. Of each home channel it is all or nothing, because anything between would leave holes in the
 * numbers; a view shows of each of its home channels all or nothing. Immutable.
 */
final class Visibility {

    private final Identity identity;
    private final ProjectLookup projects;

    /** Asked for every message. */
    private final boolean showsEverything;

    Visibility(Identity identity, ProjectLookup projects) {
        this.identity = identity;
        this.projects = projects;
        this.showsEverything = identity.maySeeEveryProject();
    }

    Identity identity() {
        return identity;
    }

    /** Why a channel cannot be subscribed to; empty when it can. The same of what is not there and of what is hidden. */
    Optional<String> refusal(Channel channel) {
        if (!identity.mayRead(channel)) {
            return Optional.of(
                    channel.kind() == ChannelKind.USER
                            ? "only that user may subscribe to it"
                            : "your rights do not include it");
        }
        if (showsEverything) {
            return Optional.empty();
        }
        return switch (channel.kind()) {
            case FILE_EVENTS -> Optional.of("it tells of the files of all projects, and you may see some only");
            case CONVERSATION ->
                projects.projectOf(channel.id()).filter(identity::maySeeProject).isPresent()
                        ? Optional.empty()
                        : Optional.of("there is no such conversation in a project that you may see");
            default -> Optional.empty();
        };
    }

    boolean showsSameProjects(Visibility other) {
        return identity.projects().equals(other.identity.projects());
    }

    /** Whether a message with that home channel and those views may be seen, by whoever is subscribed to one of them. */
    boolean shows(Channel home, List<Channel> views) {
        if (showsEverything) {
            return true;
        }
        return switch (home.kind()) {
            case PROJECT -> identity.maySeeProject(home.id());
            case CONVERSATION ->
                views.stream()
                        .anyMatch(view ->
                                view.kind() == ChannelKind.PROJECT_CONVERSATIONS && identity.maySeeProject(view.id()));
            case FILE_EVENTS -> false;
            default -> true;
        };
    }

    boolean shows(Message message) {
        return shows(message.channel(), message.views());
    }
}
