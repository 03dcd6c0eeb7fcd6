package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A database")
class DatabaseTest {

    @Test
    @DisplayName("does not take for a failure of its own what whoever works with it finds wrong")
    void foreignAssertion() {
        AtomicInteger calls = new AtomicInteger();
        AssertionError wrong = new AssertionError("wrong");
        try (Database database = new Database(DatabaseConfig.IN_MEMORY)) {
            assertThatThrownBy(() -> database.read(handle -> {
                        calls.incrementAndGet();
                        throw wrong;
                    }))
                    .isSameAs(wrong);
        }
        assertThat(calls).hasValue(1);
    }
}
