/**
 * Memory on disk: what the other rooms want to outlive the process, in an H2 file or in PostgreSQL.
 *
 * <p>It implements the interfaces that the other rooms declare, such as {@link
 * dev.observatory.conversation.ConversationStore}; {@link dev.observatory.store.StoreProducer} hands them out, and
 * nobody imports this room. Everything that knows SQL, a driver or the pool is here, and what differs between the
 * databases is in one {@link dev.observatory.store.Dialect} each. It must not know what a line means: it keeps bytes
 * and states, reads no JSON, and derives nothing.
 */
package dev.observatory.store;
