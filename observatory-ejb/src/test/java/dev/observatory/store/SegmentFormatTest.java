package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.conversation.KeptLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("A segment")
class SegmentFormatTest {

    @RepeatedTest(20)
    @DisplayName("gives back the lines it was made of")
    void givesBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<KeptLine> lines = new ArrayList<>();
        for (int i = random.nextInt(50); i >= 0; i--) {
            byte[] text = new byte[random.nextInt(3) * random.nextInt(300)];
            random.nextBytes(text);
            lines.add(new KeptLine(
                    random.nextLong() >> random.nextInt(64),
                    text,
                    random.nextBoolean() ? 0 : random.nextLong() >>> random.nextInt(64)));
        }

        assertThat(shown(SegmentFormat.read(SegmentFormat.write(lines), lines.size())))
                .as("seed " + seed)
                .isEqualTo(shown(lines));
    }

    @Test
    @DisplayName("that is damaged anywhere is not taken for a good one")
    void damaged() {
        byte[] data = SegmentFormat.write(Samples.lines(1, 50));
        for (int i = 0; i < data.length; i++) {
            byte[] other = data.clone();
            other[i] ^= 1;
            byte[] shorter = Arrays.copyOf(data, i);

            assertThatThrownBy(() -> SegmentFormat.read(other, 50)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> SegmentFormat.read(shorter, 50)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    @DisplayName("is of bounded size, unless a single line is longer")
    void bounded() {
        byte[] half = new byte[Segment.MAX_BYTES / 2];
        List<KeptLine> lines = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            lines.add(new KeptLine(i, half, 0));
        }
        lines.add(new KeptLine(6, new byte[Segment.MAX_BYTES + 1], 0));

        assertThat(Segment.of(lines)).extracting(Segment::lineCount).containsExactly(2, 2, 1, 1);
        assertThat(Segment.of(List.of())).isEmpty();
    }

    private static List<String> shown(List<KeptLine> lines) {
        return lines.stream().map(Samples::shown).toList();
    }
}
