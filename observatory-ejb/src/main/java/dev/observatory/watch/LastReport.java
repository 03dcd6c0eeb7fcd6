package dev.observatory.watch;

/** What was last reported of a file. Confined to the reading thread. */
final class LastReport {

    /** The size while none was made. */
    static final long NONE = -1;

    private long size;

    /** Whether the file has become another one since. */
    private boolean replaced;

    LastReport(long size) {
        this.size = size;
    }

    void made(long fileSize) {
        size = fileSize;
        replaced = false;
    }

    void replaced() {
        replaced = true;
    }

    boolean isReplaced() {
        return replaced;
    }

    long size() {
        return size;
    }

    boolean exists() {
        return size >= 0;
    }

    /** Whether the file has become another one since, or a shorter one. */
    boolean isOfMoreThan(long fileSize) {
        return replaced || fileSize < size;
    }
}
