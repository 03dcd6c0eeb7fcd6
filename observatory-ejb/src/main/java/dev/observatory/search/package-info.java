/**
 * Finds words in all that conversations say, by a Lucene index beside the store.
 *
 * <p>{@link dev.observatory.search.ConversationSearch} is the door. The index is derived: it is built of the {@link
 * dev.observatory.conversation.KeptSegments}, which are followed from behind on a thread of its own, and may be deleted
 * at any time. It holds words alone; what a hit says is read from the store again.
 *
 * <p>Only this room knows Lucene. It must not know how lines come to the store, nor who asks.
 */
package dev.observatory.search;
