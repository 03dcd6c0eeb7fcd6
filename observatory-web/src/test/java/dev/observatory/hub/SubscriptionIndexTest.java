package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.Subprotocol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The index of subscriptions")
class SubscriptionIndexTest {

    private static final Channel A = Channel.conversation("a");
    private static final Channel B = Channel.conversation("b");
    private static final Channel PROJECT = Channel.projectConversations("p");

    private final SubscriptionIndex index = new SubscriptionIndex();
    private final DeliveryLoop loop =
            new DeliveryLoop(0, Runnable::run, connection -> {}, new HubMeters(), Duration.ofSeconds(1));
    private long pos;

    @Test
    @DisplayName("finds the subscribers of the home channel and of each view, each once")
    void findsEachOnce() {
        Connection one = connection("one");
        Connection two = connection("two");
        Connection three = connection("three");
        index.add(A, one);
        index.add(Channel.ALL_CONVERSATIONS, one);
        index.add(PROJECT, one);
        index.add(PROJECT, two);
        index.add(B, three);

        assertThat(index.recipients(message(A, Channel.ALL_CONVERSATIONS, PROJECT)))
                .containsExactlyInAnyOrder(one, two);
        assertThat(index.recipients(message(A))).containsExactly(one);
        assertThat(index.recipients(message(Channel.ALERTS))).isEmpty();
    }

    @Test
    @DisplayName("gives what is tagged for all conversations to the holders of any one, too")
    void findsHoldersOfAnyConversation() {
        Connection all = connection("all");
        Connection some = connection("some");
        Connection other = connection("other");
        index.add(Channel.ALL_CONVERSATIONS, all);
        index.add(A, some);
        index.add(B, some);
        index.add(PROJECT, other);
        index.add(Channel.project("p"), other);

        assertThat(index.recipients(message(Channel.ALL_CONVERSATIONS))).containsExactlyInAnyOrder(all, some);
        index.remove(A, some);
        assertThat(index.recipients(message(Channel.ALL_CONVERSATIONS))).containsExactlyInAnyOrder(all, some);
        index.remove(B, some);
        assertThat(index.recipients(message(Channel.ALL_CONVERSATIONS))).containsExactly(all);
    }

    @Test
    @DisplayName("keeps nothing of channels without subscribers")
    void keepsNothing() {
        Connection one = connection("one");
        index.add(A, one);
        index.add(B, one);
        assertThat(index.channels()).isEqualTo(2);
        index.remove(A, one);
        index.remove(B, one);

        assertThat(index.channels()).isZero();
        assertThat(index.recipients(message(A, B))).isEmpty();
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("finds whom a plain list of subscriptions would name")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void equalsANaiveModel(long seed) {
        Random random = new Random(seed);
        List<Channel> channels = List.of(A, B, PROJECT, Channel.ALL_CONVERSATIONS, Channel.ALERTS);
        Map<Connection, Set<Channel>> model = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            model.put(connection("c" + i), new HashSet<>());
        }
        List<Connection> connections = new ArrayList<>(model.keySet());
        for (int i = 0; i < 5_000; i++) {
            Connection connection = connections.get(random.nextInt(connections.size()));
            Channel channel = channels.get(random.nextInt(channels.size()));
            if (model.get(connection).add(channel)) {
                index.add(channel, connection);
            } else if (random.nextBoolean()) {
                model.get(connection).remove(channel);
                index.remove(channel, connection);
            }
            Channel home = channels.get(random.nextInt(channels.size()));
            Channel view = channels.get(random.nextInt(channels.size()));
            Set<Connection> expected = new LinkedHashSet<>();
            model.forEach((candidate, held) -> {
                boolean holdsAny = held.contains(A) || held.contains(B);
                if (held.contains(home) || held.contains(view) || home.equals(Channel.ALL_CONVERSATIONS) && holdsAny) {
                    expected.add(candidate);
                }
            });
            assertThat(index.recipients(message(home, view))).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("reaches those whom the rule for a single connection names, and nobody else")
    @ValueSource(longs = {1, 2, 3})
    void equalsTheRule(long seed) {
        Random random = new Random(seed);
        List<Channel> channels =
                List.of(A, B, PROJECT, Channel.project("p"), Channel.ALL_CONVERSATIONS, Channel.ALERTS);
        Map<Connection, Set<Channel>> held = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            Connection connection = connection("c" + i);
            Set<Channel> subscriptions = new HashSet<>();
            channels.stream().filter(channel -> random.nextInt(3) == 0).forEach(subscriptions::add);
            subscriptions.forEach(channel -> index.add(channel, connection));
            index.add(Channel.EVERYONE, connection);
            held.put(connection, subscriptions);
        }
        for (int i = 0; i < 200; i++) {
            Channel home = random.nextInt(10) == 0 ? Channel.EVERYONE : channels.get(random.nextInt(channels.size()));
            Channel[] views =
                    channels.stream().filter(view -> random.nextInt(4) == 0).toArray(Channel[]::new);
            Message message = message(home, views);

            assertThat(index.recipients(message))
                    .as("%s, seed %d", message, seed)
                    .containsExactlyInAnyOrderElementsOf(held.keySet().stream()
                            .filter(connection -> Addresses.reach(held.get(connection), home, List.of(views)))
                            .toList());
        }
    }

    private Message message(Channel home, Channel... views) {
        return new Message("d", "note", home, List.of(views), 1, ++pos, Instant.EPOCH, "{}", 2, null, null);
    }

    private Connection connection(String id) {
        FakeSocket socket = new FakeSocket(Mode.AT_ONCE, Runnable::run);
        return new Connection(
                id,
                People.client(People.ANN, Subprotocol.PLAIN),
                People.rights(People.ANN),
                socket,
                loop,
                new TestSettings().build(),
                null,
                c -> {},
                0,
                1);
    }
}
