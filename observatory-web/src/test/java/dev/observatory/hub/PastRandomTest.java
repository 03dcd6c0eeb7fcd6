package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.protocol.Subprotocol;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that reads in fits and starts, with little room in its queue, asks for the past while messages and newer states
 * come; whatever it is sent, it can account for every number.
 */
@DisplayName("A slow client that asks for the past")
class PastRandomTest {

    private static final List<Channel> CONVERSATIONS = List.of(Channel.conversation("x"), Channel.conversation("y"));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("can account for every number, in order, whatever happens in whatever order")
    @MethodSource("seeds")
    void accountsForEveryNumber(long seed) {
        Random random = new Random(seed);
        ManualExecutor background = new ManualExecutor();
        TestSettings settings =
                new TestSettings().queueMessages(4 + random.nextInt(20)).batchBytes(random.nextBoolean() ? 0 : 65_536);
        try (TestHub hub = new TestHub(settings, 1, background, List.of())) {
            new Course(random, hub, background).run();
        }
    }

    /** One course of things. */
    private static final class Course {

        private final Random random;
        private final TestHub hub;
        private final ManualExecutor background;
        private final FakeSocket socket;
        private final Wire wire;
        private final Reader reader = new Reader();

        Course(Random random, TestHub hub, ManualExecutor background) {
            this.random = random;
            this.hub = hub;
            this.background = background;
            socket = hub.socket(Mode.AT_ONCE);
            Subprotocol subprotocol = random.nextBoolean() ? Subprotocol.PLAIN : Subprotocol.V1;
            wire = hub.connect(socket, subprotocol, 1, "all_conversations");
        }

        void run() {
            boolean held = false;
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(10)) {
                    case 0 -> background.runNext();
                    case 1 -> {
                        held = !held;
                        if (held) {
                            socket.become(Mode.HELD);
                        } else {
                            readOn();
                        }
                    }
                    case 2 -> {
                        if (socket.isHolding()) {
                            socket.release();
                        }
                    }
                    case 3 -> {
                        if (!held && background.waiting() == 0) {
                            askBehindANumber();
                        }
                    }
                    case 4 -> wire.subscribes("all_conversations");
                    default -> append(random.nextInt(6));
                }
                hub.settle();
            }
            readOn();
            while (background.waiting() > 0) {
                background.runNext();
                hub.settle();
            }
            reader.read(socket.frames());
            if (!hub.ended.contains(wire.id())) {
                CONVERSATIONS.forEach(channel -> reader.accountsFor(channel, hub.journal.seq(channel)));
                assertThat(hub.census().queuedMessages()).isZero();
            }
        }

        private void append(int count) {
            for (int i = 0; i < count; i++) {
                Channel channel = CONVERSATIONS.get(random.nextInt(2));
                Draft draft = new Draft("d", "note", channel, List.of(Channel.ALL_CONVERSATIONS), Map.of());
                hub.journal.append(random.nextInt(3) == 0 ? draft.conflatedBy("k" + random.nextInt(2)) : draft);
            }
        }

        private void readOn() {
            socket.become(Mode.AT_ONCE);
            while (socket.isHolding()) {
                socket.release();
            }
            hub.settle();
        }

        /** It says that it has a little less than it has. */
        private void askBehindANumber() {
            hub.settle();
            reader.read(socket.frames());
            Channel channel = CONVERSATIONS.get(random.nextInt(2));
            if (reader.knows(channel)) {
                wire.subscribesAfter(channel.name(), reader.stepBack(channel, random.nextInt(3)));
            }
        }
    }

    /** What the client can account for: it knows the protocol and nothing of the server. */
    private static final class Reader {

        private final Map<String, Long> delivered = new HashMap<>();
        private final Map<String, Long> leftOut = new HashMap<>();
        private int read;

        void read(List<JsonObject> frames) {
            frames.subList(read, frames.size()).forEach(this::read);
            read = frames.size();
        }

        private void read(JsonObject frame) {
            if (frame.containsKey("seq")) {
                String channel = frame.getString("channel");
                long seq = frame.getInt("seq");
                assertThat(seq).as("after what is known, %s", frame).isEqualTo(known(channel) + 1);
                delivered.put(channel, seq);
            } else if (frame.getString("type").equals("gap")) {
                JsonObject gap = frame.getJsonObject("data");
                String channel = gap.getString("channel");
                assertThat((long) gap.getInt("from_seq"))
                        .as("after what is known, %s", frame)
                        .isLessThanOrEqualTo(known(channel) + 1)
                        .isGreaterThan(delivered.getOrDefault(channel, 0L));
                leftOut.merge(channel, (long) gap.getInt("to_seq"), Math::max);
            }
        }

        private long known(String channel) {
            return Math.max(delivered.getOrDefault(channel, 0L), leftOut.getOrDefault(channel, 0L));
        }

        boolean knows(Channel channel) {
            return delivered.containsKey(channel.name());
        }

        long stepBack(Channel channel, int by) {
            long had = Math.max(0, delivered.get(channel.name()) - by);
            delivered.put(channel.name(), had);
            leftOut.remove(channel.name());
            return had;
        }

        void accountsFor(Channel channel, long newest) {
            assertThat(known(channel.name())).as("known of %s", channel).isEqualTo(newest);
        }
    }
}
