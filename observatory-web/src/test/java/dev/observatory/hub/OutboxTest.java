package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An outbox")
class OutboxTest {

    @Test
    @DisplayName("gives frames back in order, one at a time")
    void keepsOrder() {
        Outbox outbox = new Outbox(100, 100);
        Outgoing first = frame(3);
        Outgoing second = frame(4);
        outbox.offer(first);
        outbox.offer(second);

        assertThat(outbox.frames()).isEqualTo(2);
        assertThat(outbox.bytes()).isEqualTo(7);
        assertThat(outbox.next(0)).containsExactly(first);
        assertThat(outbox.next(0)).containsExactly(second);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    @DisplayName("has nothing to give when it is empty")
    void isEmptyAtFirst() {
        Outbox outbox = new Outbox(100, 100);

        assertThat(outbox.isEmpty()).isTrue();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> outbox.next(10));
    }

    @Test
    @DisplayName("takes no more frames and no more bytes than it may")
    void isBounded() {
        Outbox bytes = new Outbox(10, 100);
        assertThat(bytes.offer(frame(4))).isTrue();
        assertThat(bytes.offer(frame(6))).isTrue();
        assertThat(bytes.offer(frame(1))).isFalse();
        assertThat(bytes.bytes()).isEqualTo(10);

        Outbox frames = new Outbox(100, 2);
        assertThat(frames.offer(frame(1))).isTrue();
        assertThat(frames.offer(frame(1))).isTrue();
        assertThat(frames.offer(frame(1))).isFalse();
        frames.next(0);
        assertThat(frames.offer(frame(1))).isTrue();
    }

    @Test
    @DisplayName("takes a frame that alone is too large while nothing else waits")
    void takesALargeFrameAlone() {
        Outbox outbox = new Outbox(10, 100);

        assertThat(outbox.offer(frame(11))).isTrue();
        assertThat(outbox.offer(frame(1))).isFalse();
        outbox.next(0);
        assertThat(outbox.offer(frame(1))).isTrue();
        assertThat(outbox.offer(frame(11))).isFalse();
    }

    @Test
    @DisplayName("counts the line feeds between the frames of a batch")
    void countsLineFeeds() {
        Outbox outbox = new Outbox(100, 100);
        outbox.offer(frame(5));
        outbox.offer(frame(5));

        assertThat(outbox.next(10)).hasSize(1);
        outbox.offer(frame(5));
        assertThat(outbox.next(11)).hasSize(2);
    }

    @Test
    @DisplayName("gives everything back when it is emptied")
    void isEmptied() {
        Outbox outbox = new Outbox(100, 100);
        Outgoing first = frame(3);
        Outgoing second = frame(4);
        outbox.offer(first);
        outbox.offer(second);

        assertThat(outbox.drain()).containsExactly(first, second);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
        assertThat(outbox.drain()).isEmpty();
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("does what a plain list would do")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void equalsANaiveModel(long seed) {
        Random random = new Random(seed);
        long maxBytes = 50 + random.nextInt(200);
        int maxFrames = 3 + random.nextInt(20);
        Outbox outbox = new Outbox(maxBytes, maxFrames);
        List<Outgoing> model = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0) {
                Outgoing frame = frame(1 + random.nextInt(random.nextInt(30) == 0 ? 400 : 30));
                boolean fits = model.isEmpty() || model.size() < maxFrames && bytes(model) + frame.size() <= maxBytes;
                assertThat(outbox.offer(frame)).isEqualTo(fits);
                if (fits) {
                    model.add(frame);
                }
            } else if (!model.isEmpty()) {
                int batchBytes = random.nextInt(4) == 0 ? 0 : random.nextInt(150);
                int count = 1;
                while (count < model.size() && bytes(model.subList(0, count + 1)) + count <= batchBytes) {
                    count++;
                }
                assertThat(outbox.next(batchBytes)).containsExactlyElementsOf(model.subList(0, count));
                model.subList(0, count).clear();
            }
            if (random.nextInt(500) == 0) {
                assertThat(outbox.drain()).containsExactlyElementsOf(model);
                model.clear();
            }
            assertThat(outbox.frames()).isEqualTo(model.size());
            assertThat(outbox.bytes()).isEqualTo(bytes(model));
            assertThat(outbox.isEmpty()).isEqualTo(model.isEmpty());
        }
    }

    private static long bytes(List<Outgoing> frames) {
        return frames.stream().mapToLong(Outgoing::size).sum();
    }

    private static Outgoing frame(int size) {
        return new Outgoing("", size, null, null);
    }
}
