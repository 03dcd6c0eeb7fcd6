package dev.observatory.conversation;

import dev.observatory.pricing.PriceTable;
import java.time.ZoneId;

/**
 * By what the use of tokens is accounted for. Immutable.
 *
 * @param prices of the models
 * @param zone whose midnight begins a day
 */
public record Accounting(PriceTable prices, ZoneId zone) {}
