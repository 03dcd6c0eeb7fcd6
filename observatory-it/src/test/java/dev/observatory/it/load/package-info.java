/** Synthetic transcripts in quantity: what the benchmarks import. Needs nothing but Java. */
package dev.observatory.it.load;
