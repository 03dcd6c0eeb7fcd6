/**
 * The journal gives every message its numbers and its text, keeps it for a while, and announces it.
 *
 * <p>Sources reach it by firing a {@link dev.observatory.message.Draft}; what it makes of it is announced by firing a
 * {@link dev.observatory.message.Message}. It knows neither where drafts come from nor who listens.
 */
package dev.observatory.journal;
