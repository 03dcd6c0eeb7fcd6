package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings of conversations")
class ConversationConfigTest {

    @Test
    @DisplayName("A setting that is not above zero is refused by its name")
    void refused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversationConfig(Duration.ZERO, second, 1, 1))
                .withMessageContaining("observatory.conversation.waiting-after");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversationConfig(second, second.negated(), 1, 1))
                .withMessageContaining("observatory.conversation.ended-after");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversationConfig(second, second, 0, 1))
                .withMessageContaining("observatory.conversation.excerpt-characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversationConfig(second, second, 1, 0))
                .withMessageContaining("observatory.conversation.max-awake");
    }
}
