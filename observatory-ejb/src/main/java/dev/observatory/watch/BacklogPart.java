package dev.observatory.watch;

/** What of a file lay there unread when the watch began. Confined to the reading thread. */
final class BacklogPart {

    private final long end;
    private long start;

    /** Whether there is something left of it. */
    private boolean open;

    /** @param end the file's size then */
    BacklogPart(long end, boolean open) {
        this.end = end;
        this.open = open;
    }

    /** Leaves out what an earlier watch has read. */
    void resume(long offset) {
        start = Math.min(offset, end);
    }

    void close() {
        open = false;
    }

    boolean open() {
        return open;
    }

    long end() {
        return end;
    }

    long bytes() {
        return end - start;
    }

    /** @param seen up to where the file was seen */
    long left(long seen) {
        return open ? Math.min(bytes(), Math.max(0, end - seen)) : 0;
    }
}
