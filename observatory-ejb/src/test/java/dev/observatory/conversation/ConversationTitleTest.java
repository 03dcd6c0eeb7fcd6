package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.transcript.CutText;
import dev.observatory.transcript.RecordTitle;
import dev.observatory.transcript.RecordTitle.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The title of a conversation")
class ConversationTitleTest {

    private final ConversationTitle title = new ConversationTitle();

    private void take(Kind kind, String text) {
        title.take(new RecordTitle(kind, new CutText(text, false)));
    }

    @Test
    @DisplayName("A custom title beats an agent's name, that an AI title, that a summary, that the first prompt")
    void trust() {
        assertThat(title.text()).isNull();
        title.takePrompt("prompt");
        assertThat(title.text()).isEqualTo("prompt");
        take(Kind.SUMMARY, "summary");
        assertThat(title.text()).isEqualTo("summary");
        take(Kind.AI_TITLE, "ai");
        assertThat(title.text()).isEqualTo("ai");
        take(Kind.AGENT_NAME, "agent");
        assertThat(title.text()).isEqualTo("agent");
        take(Kind.CUSTOM_TITLE, "custom");
        take(Kind.AI_TITLE, "later");
        assertThat(title.text()).isEqualTo("custom");
    }

    @Test
    @DisplayName("Of summaries and prompts the first counts, of other titles the last")
    void firstAndLast() {
        title.takePrompt("one");
        title.takePrompt("two");
        assertThat(title.text()).isEqualTo("one");
        take(Kind.SUMMARY, "one");
        take(Kind.SUMMARY, "two");
        assertThat(title.text()).isEqualTo("one");
        take(Kind.CUSTOM_TITLE, "one");
        take(Kind.CUSTOM_TITLE, "two");
        assertThat(title.text()).isEqualTo("two");
    }

    @Test
    @DisplayName("A title is one line of 80 characters at most")
    void oneLine() {
        title.takePrompt("  first\n\tline " + "x".repeat(100));
        assertThat(title.text()).hasSize(80).startsWith("first line xxx");
    }

    @Test
    @DisplayName("A blank title is none")
    void blank() {
        take(Kind.CUSTOM_TITLE, " \n");
        title.takePrompt(" ");
        assertThat(title.text()).isNull();
    }
}
