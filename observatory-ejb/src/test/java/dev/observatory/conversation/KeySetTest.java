package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A set of keys")
class KeySetTest {

    @Test
    @DisplayName("Members are numbered in the order they came, as a list would number them")
    void againstList() {
        Random random = new Random(3);
        KeySet keys = new KeySet();
        List<Key> model = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            Key key = new Key(random.nextInt(50), random.nextInt(50));
            int known = model.indexOf(key);
            assertThat(keys.add(key)).isEqualTo(known < 0 ? model.size() : ~known);
            if (known < 0) {
                model.add(key);
            }
            assertThat(keys.size()).isEqualTo(model.size());
        }
    }
}
