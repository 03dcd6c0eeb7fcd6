package dev.observatory.conversation;

import java.util.List;

/**
 * Conversations are no more: neither the store nor the catalog has anything of them. Fired as a CDI event, synchronously,
 * for whoever keeps something of conversations elsewhere. Immutable.
 */
public record Forgotten(List<String> conversationIds) {

    public Forgotten {
        conversationIds = List.copyOf(conversationIds);
    }
}
