package dev.observatory.it.client;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that follows one channel, quick because it does not read JSON: one that is slower than the server has its pings
 * behind all that waits for it, and its pongs come too late. It keeps no more than the last number, and stands still at the
 * first message that does not follow the one before. Thread-safe.
 */
public final class Follower {

    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");
    private static final long PATIENCE_MS = 60_000;

    private final RawWebSocket socket;
    private final Consumer<String> frames;
    private long first;
    private long last;
    private Exception end;

    /**
     * Reads on from a connection that answers pings and is subscribed to one channel; it ends with it.
     *
     * @param frames hears the text of every frame, on the follower's thread
     */
    public Follower(RawWebSocket socket, Consumer<String> frames) {
        this.socket = socket;
        this.frames = frames;
        Thread reader = new Thread(this::read, "follower");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until so many messages have come in all. */
    public synchronized void await(long count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000;
        while (came() < count && end == null) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        if (came() < count) {
            throw new AssertionError(count + " messages expected, " + came() + " came", end);
        }
    }

    /** Vanishes: the connection is reset, without a close frame. */
    public void reset() throws IOException {
        socket.reset();
    }

    /** How many messages have come. */
    public synchronized long came() {
        return last == 0 ? 0 : last - first + 1;
    }

    private void read() {
        try {
            for (RawWebSocket.RawFrame frame = socket.read(); frame != null; frame = socket.read()) {
                if (frame.opcode() == RawWebSocket.CLOSE) {
                    throw new IOException("closed with " + frame.closeCode());
                }
                if (frame.opcode() == RawWebSocket.TEXT) {
                    String text = frame.text();
                    frames.accept(text);
                    follow(SEQ.matcher(text));
                }
            }
            throw new IOException("the connection has ended");
        } catch (IOException | RuntimeException e) {
            ended(e);
        }
    }

    private synchronized void follow(Matcher seq) {
        while (seq.find()) {
            long next = Long.parseLong(seq.group(1));
            if (last != 0 && next != last + 1) {
                throw new IllegalStateException(next + " came after " + last);
            }
            first = last == 0 ? next : first;
            last = next;
        }
        notifyAll();
    }

    private synchronized void ended(Exception how) {
        end = how;
        notifyAll();
    }
}
