/**
 * What the transcripts add up to: conversations with their figures, title and state, and the projects they belong to.
 *
 * <p>{@link dev.observatory.conversation.ConversationFeed} is the door: the room {@code watch} gives it lines, and it
 * tells every change as a {@link dev.observatory.message.Draft}. {@link
 * dev.observatory.conversation.ConversationCatalog} holds the newest state of everything for whoever asks; it is stored
 * there before it is told.
 *
 * <p>All folding is confined to the one thread that calls the feed; only the catalog and the feed's two counters are
 * read by others. This room must not know where lines come from, nor who is told: neither files nor the journal nor any
 * client.
 */
package dev.observatory.conversation;
