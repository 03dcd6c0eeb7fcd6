/**
 * What tokens cost.
 *
 * <p>{@link dev.observatory.pricing.PriceTable} knows the {@link dev.observatory.pricing.Price} of a model by its name.
 * The prices are those of the resource {@code prices.txt}, which an operator's file of the same form adds to and
 * overrides. Called by the room {@code conversation}; {@code watch} reads the table at the start.
 *
 * <p>It must not know who used the tokens, nor what for.
 */
package dev.observatory.pricing;
