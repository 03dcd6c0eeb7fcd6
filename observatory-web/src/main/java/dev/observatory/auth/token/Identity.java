package dev.observatory.auth.token;

import dev.observatory.message.Channel;
import dev.observatory.message.ChannelKind;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who somebody is, and what they may do. Immutable.
 *
 * @param name 1 to {@value #MAX_NAME} characters without control characters
 * @param roles what the token grants; {@link #has} knows which of them include others
 * @param channels which channels may be subscribed to, by their names
 * @param projects which projects may be seen, by their ids
 * @param expiry when the token ends, without any leeway; empty when it does not
 */
public record Identity(
        String name, Set<Role> roles, NamePatterns channels, NamePatterns projects, Optional<Instant> expiry)
        implements Principal, Verification {

    /** How long a name may be, in characters. */
    public static final int MAX_NAME = 200;

    /** @throws IllegalArgumentException when the name is none */
    public Identity {
        if (!isName(name)) {
            throw new IllegalArgumentException("a name has 1 to " + MAX_NAME + " characters and no control characters");
        }
        roles = Set.copyOf(roles);
    }

    static boolean isName(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME && text.codePoints().noneMatch(Character::isISOControl);
    }

    @Override
    public String getName() {
        return name;
    }

    /** Whether one of the roles is that one, or includes it. */
    public boolean has(Role role) {
        return roles.stream().anyMatch(granted -> granted.includes(role));
    }

    /**
     * Whether a channel may be subscribed to. Of a channel that shows several projects, such as
     * {@code all_conversations}, or one of their conversations, it is the caller's to leave out what
     * {@link #maySeeProject} denies: a channel's name does not tell it.
     */
    public boolean mayRead(Channel channel) {
        return has(Role.READ) && channels.matches(channel.name()) && concerns(channel);
    }

    private boolean concerns(Channel channel) {
        return switch (channel.kind()) {
            case USER -> channel.equals(ownChannel().orElse(null));
            case PROJECT, PROJECT_CONVERSATIONS -> projects.matches(channel.id());
            default -> true;
        };
    }

    /** The channel for notices to this user; empty when the name has characters that no channel's name has. */
    public Optional<Channel> ownChannel() {
        return Channel.parse("user:" + name).filter(channel -> channel.kind() == ChannelKind.USER);
    }

    /** Whether a project, and what belongs to it, may be seen. */
    public boolean maySeeProject(String projectId) {
        return has(Role.READ) && projects.matches(projectId);
    }

    /** Whether all projects may be seen, so that nothing has to be left out of what shows several. */
    public boolean maySeeEveryProject() {
        return has(Role.READ) && projects.isAny();
    }
}
