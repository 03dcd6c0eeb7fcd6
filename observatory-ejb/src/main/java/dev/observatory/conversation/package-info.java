/**
 * What the transcripts add up to: conversations with their figures, title and state, and the projects they belong to.
 *
 * <p>{@link dev.observatory.conversation.ConversationFeed} is the door: the room {@code watch} gives it lines, and it
 * tells every change as a {@link dev.observatory.message.Draft}. {@link
 * dev.observatory.conversation.ConversationCatalog} holds the newest state of everything for whoever asks. {@link
 * dev.observatory.conversation.ConversationStore}, which others implement, outlives the process. A turn goes one way: kept
 * by the store, put into the catalog, told.
 *
 * <p>Of most conversations only the state is in memory; they are dormant. When a line comes to one, it is woken: its kept
 * lines are folded once more.
 *
 * <p>All folding is confined to the one thread that calls the feed; only the catalog and the feed's two counters are
 * read by others. This room must not know where lines come from, nor who is told: neither files nor the journal nor any
 * client.
 */
package dev.observatory.conversation;
