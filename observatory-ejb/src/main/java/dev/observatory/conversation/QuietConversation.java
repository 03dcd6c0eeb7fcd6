package dev.observatory.conversation;

import java.util.List;

/**
 * A conversation to which nothing has come for long. Immutable.
 *
 * @param dated whether its records tell when it was last active; if not, only its files do
 * @param files where its lines were read
 */
public record QuietConversation(String id, boolean dated, List<FilePlace> files) {

    public QuietConversation {
        files = List.copyOf(files);
    }
}
