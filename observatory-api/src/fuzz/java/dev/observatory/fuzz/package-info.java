/**
 * Damaged inputs for whatever reads what comes from outside. For the tests of the other modules, which compile it for
 * themselves; knows nothing of what it damages but that it is mostly JSON.
 */
package dev.observatory.fuzz;
