package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.protocol.ControlFrame.RefusedChannel;
import dev.observatory.protocol.Endpoint;
import dev.observatory.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The channels that a client has asked for by name, sorted into those it may have and those it may not, with the
 * reasons. Immutable.
 */
record ChannelRequest(List<Channel> granted, List<RefusedChannel> refused) {

    ChannelRequest {
        granted = List.copyOf(granted);
        refused = List.copyOf(refused);
    }

    /** Looks at each name once, also when it was given twice. */
    static ChannelRequest of(List<String> names, Endpoint endpoint, Visibility visibility) {
        List<Channel> granted = new ArrayList<>();
        List<RefusedChannel> refused = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            Optional<Channel> channel = Channel.parse(name);
            Optional<RefusedChannel> refusal = channel.map(c -> refusal(c, endpoint, visibility))
                    .orElseGet(() -> Optional.of(new RefusedChannel(
                            cut(name),
                            ErrorCode.BAD_CHANNEL,
                            "no channel has such a name: 1 to " + Channel.MAX_LENGTH
                                    + " characters of [A-Za-z0-9_.:-], in one of the forms of the protocol")));
            refusal.ifPresentOrElse(refused::add, () -> granted.add(channel.orElseThrow()));
        }
        return new ChannelRequest(granted, refused);
    }

    /** The same request with these channels refused, too. */
    ChannelRequest without(List<RefusedChannel> others) {
        Set<String> names = others.stream().map(RefusedChannel::channel).collect(Collectors.toSet());
        List<RefusedChannel> all = new ArrayList<>(refused);
        all.addAll(others);
        return new ChannelRequest(
                granted.stream()
                        .filter(channel -> !names.contains(channel.name()))
                        .toList(),
                all);
    }

    /** The same request with every channel refused that would be one too many beside those already held. */
    ChannelRequest within(int limit, Set<Channel> held) {
        List<Channel> within = new ArrayList<>();
        List<RefusedChannel> all = new ArrayList<>(refused);
        int holding = held.size();
        for (Channel channel : granted) {
            if (held.contains(channel)) {
                within.add(channel);
            } else if (holding < limit) {
                within.add(channel);
                holding++;
            } else {
                all.add(new RefusedChannel(
                        channel.name(),
                        ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                        "a connection has at most " + limit + " subscriptions"));
            }
        }
        return new ChannelRequest(within, all);
    }

    private static Optional<RefusedChannel> refusal(Channel channel, Endpoint endpoint, Visibility visibility) {
        if (!endpoint.offers(channel)) {
            return Optional.of(new RefusedChannel(
                    channel.name(), ErrorCode.UNKNOWN_CHANNEL, endpoint.path() + " has no channel of that name"));
        }
        return visibility
                .refusal(channel)
                .map(why -> new RefusedChannel(channel.name(), ErrorCode.FORBIDDEN_CHANNEL, why));
    }

    private static String cut(String name) {
        return name.length() <= Channel.MAX_LENGTH ? name : name.substring(0, Channel.MAX_LENGTH) + "…";
    }
}
