package dev.observatory.it.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Many WebSocket clients on one thread, for measurements: they count the messages that come, answer pings, and read nothing,
 * so that they take as little as can be from the server on the same machine. Messages are counted by line, as
 * {@code observatory.v1} has several in a frame. Its methods are for one other thread.
 */
public final class Audience implements Closeable {

    private static final long PATIENCE_MS = 60_000;
    private static final byte[] PONG = {(byte) 0x80 | RawWebSocket.PONG, (byte) 0x80, 0, 0, 0, 0};
    private static final byte[] GAP = "{\"type\":\"gap\"".getBytes(StandardCharsets.UTF_8);

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
    private final Member[] members;
    private final Thread reader = new Thread(this::read, "audience");

    /** Of every message to come, {@link System#nanoTime} of its broadcast; -1 for those of which none is recorded. */
    private volatile long[] sentAt = {};

    private volatile LongConsumer latencies = nanos -> {};

    /** Guarded by this. */
    private Exception end;

    private long bytes;
    private int[] came;

    /**
     * Connects so many.
     *
     * @param preamble how many frames each is sent before there is anything to count
     */
    public Audience(URI uri, int count, int preamble, String... headers) throws IOException {
        members = new Member[count];
        came = new int[count];
        reader.setDaemon(true);
        reader.start();
        for (int i = 0; i < count; i++) {
            members[i] = new Member(i, connect(uri, headers), preamble);
            members[i].channel.configureBlocking(false);
            members[i].channel.register(selector, SelectionKey.OP_READ, members[i]);
            selector.wakeup();
        }
    }

    private static SocketChannel connect(URI uri, String... headers) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        StringBuilder request = new StringBuilder("GET " + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()) + " HTTP/1.1\r\nHost: " + uri.getHost()
                + ":"
                + uri.getPort() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + RawWebSocket.KEY + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        channel.write(ByteBuffer.wrap(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1)));
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("ended in the handshake: " + head);
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head);
        }
        return channel;
    }

    /** Waits until every client has had its preamble. */
    public void awaitReady() throws InterruptedException {
        await(0);
    }

    /** Waits until so many messages have come to every client since the begin, and says that no more have. */
    public synchronized void await(int messages) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000;
        while (end == null
                && !Arrays.stream(members)
                        .allMatch(member -> member.preamble == 0 && came[member.number] >= messages)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                end = new IOException("not all has come");
                break;
            }
            wait(left);
        }
        int most = Arrays.stream(came).max().orElse(0);
        if (end != null || most > messages) {
            throw new AssertionError(
                    messages + " messages expected, "
                            + Arrays.stream(came).min().orElse(0) + " to " + most + " came",
                    end);
        }
    }

    /** How many bytes of payload have come to all clients together. */
    public synchronized long bytes() {
        return bytes;
    }

    /**
     * From now on it is recorded how long messages take.
     *
     * @param broadcastAt when each of all messages so far and to come is broadcast, {@link System#nanoTime}; filled before
     *     it is
     */
    public void record(long[] broadcastAt, LongConsumer nanos) {
        latencies = nanos;
        sentAt = broadcastAt;
    }

    private void read() {
        try {
            while (selector.isOpen()) {
                selector.select(key -> readFrom((Member) key.attachment()));
                synchronized (this) {
                    notifyAll();
                }
            }
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                end = e;
                notifyAll();
            }
        }
    }

    private void readFrom(Member member) {
        try {
            if (member.channel.read(buffer.clear()) < 0) {
                throw new IllegalStateException("a connection has ended");
            }
        } catch (IOException e) {
            throw new IllegalStateException("a connection has ended", e);
        }
        buffer.flip();
        synchronized (this) {
            bytes += buffer.remaining();
            member.take(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        try {
            reader.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Member member : members) {
            member.channel.close();
        }
    }

    /** One client. Confined to the reader's thread. */
    private final class Member {

        private final int number;
        private final SocketChannel channel;
        private int preamble;

        /** What has been read of a frame's head. */
        private final byte[] head = new byte[10];

        private int headRead;

        /** How much of the frame is still to come. */
        private long left;

        Member(int number, SocketChannel channel, int preamble) {
            this.number = number;
            this.channel = channel;
            this.preamble = preamble;
        }

        void take(ByteBuffer in) {
            while (in.hasRemaining() || headRead > 0 && left == 0 && headRead == headSize()) {
                if (headRead < headSize()) {
                    head[headRead++] = in.get();
                    if (headRead == headSize()) {
                        left = payloadSize();
                        begin(in);
                    }
                } else {
                    int part = (int) Math.min(left, in.remaining());
                    payload(in.array(), in.position(), part);
                    in.position(in.position() + part);
                    left -= part;
                }
                if (headRead == headSize() && left == 0) {
                    headRead = 0;
                    frameEnds();
                }
            }
        }

        private int headSize() {
            if (headRead < 2) {
                return 2;
            }
            return switch (head[1] & 0x7f) {
                case 126 -> 4;
                case 127 -> 10;
                default -> 2;
            };
        }

        private long payloadSize() {
            return switch (head[1] & 0x7f) {
                case 126 -> ByteBuffer.wrap(head).getShort(2) & 0xffff;
                case 127 -> ByteBuffer.wrap(head).getLong(2);
                default -> head[1] & 0x7f;
            };
        }

        private int opcode() {
            return head[0] & 0x0f;
        }

        /** The payload begins. */
        private void begin(ByteBuffer in) {
            boolean isGap = in.remaining() >= GAP.length
                    && Arrays.equals(GAP, 0, GAP.length, in.array(), in.position(), in.position() + GAP.length);
            if (opcode() == RawWebSocket.CLOSE || isGap) {
                throw new IllegalStateException(isGap ? "messages were left out" : "the server closes a connection");
            }
        }

        private void payload(byte[] array, int from, int length) {
            if (opcode() == RawWebSocket.TEXT && preamble == 0) {
                for (int i = from; i < from + length; i++) {
                    if (array[i] == '\n') {
                        message();
                    }
                }
            }
        }

        private void frameEnds() {
            if (opcode() == RawWebSocket.PING) {
                try {
                    channel.write(ByteBuffer.wrap(PONG));
                } catch (IOException e) {
                    throw new IllegalStateException("a pong could not be sent", e);
                }
            } else if (preamble > 0) {
                preamble--;
            } else {
                message();
            }
        }

        private void message() {
            int index = came[number]++;
            if (index < sentAt.length) {
                latencies.accept(System.nanoTime() - sentAt[index]);
            }
        }
    }
}
