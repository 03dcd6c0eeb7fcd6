package dev.observatory.conversation;

import java.util.Arrays;

/**
 * A growing set of keys that numbers its members 0, 1, 2 … in the order they came. Confined to the watch thread.
 *
 * <p>There is one member for every record ever read, so it takes about 25 bytes a member where a {@code HashSet} of
 * objects would take a hundred.
 */
final class KeySet {

    private static final int FREE = -1;
    private static final int FIRST_CAPACITY = 8;

    /** Two numbers a member. */
    private long[] keys = {};

    /** Open addressing: numbers of members, at most three quarters full; its length is a power of two, or 0. */
    private int[] slots = {};

    private int size;

    int size() {
        return size;
    }

    /**
     * Adds a key.
     *
     * @return its number if it is new, or else its number's complement ({@code ~number}), which is negative
     */
    int add(Key key) {
        if (slots.length == 0 || size >= slots.length / 4 * 3) {
            grow();
        }
        int slot = slotOf(key.high(), key.low());
        if (slots[slot] != FREE) {
            return ~slots[slot];
        }
        slots[slot] = size;
        keys[2 * size] = key.high();
        keys[2 * size + 1] = key.low();
        return size++;
    }

    /** Where the key is, or the free slot where it would be. */
    private int slotOf(long high, long low) {
        int mask = slots.length - 1;
        // a UUID's bits are not all random, a multiplication spreads those that are
        int slot = (int) ((high ^ low) * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (slots[slot] != FREE && !holds(slots[slot], high, low)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean holds(int number, long high, long low) {
        return keys[2 * number] == high && keys[2 * number + 1] == low;
    }

    private void grow() {
        int capacity = slots.length == 0 ? FIRST_CAPACITY : 2 * slots.length;
        keys = Arrays.copyOf(keys, capacity / 4 * 3 * 2);
        slots = new int[capacity];
        Arrays.fill(slots, FREE);
        for (int number = 0; number < size; number++) {
            slots[slotOf(keys[2 * number], keys[2 * number + 1])] = number;
        }
    }
}
