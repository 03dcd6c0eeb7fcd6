package dev.observatory.rest;

import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.LineMark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Lines as the store gives them. */
final class Lines {

    private Lines() {}

    static FilePlace file(String path) {
        return new FilePlace("/root", path, "c", null, 0, Instant.EPOCH, 0, 0, 0, 1, 0);
    }

    /** A line of a session in which {@code '} stands for {@code "}; its position is the number of its segment. */
    static PlacedLine line(long number, String text) {
        return line(number, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 0);
    }

    static PlacedLine line(long number, byte[] text, long skippedBytes) {
        return new PlacedLine(
                file("-shop/3f0e.jsonl"), new KeptLine(number, text, skippedBytes), new LineMark(number, 0));
    }
}
