package dev.observatory.rest;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a request, and no more of it than is wanted. */
final class BoundedBody {

    /** So many times the limit is read all the same, so that the refusal is seen. */
    private static final int DRAINED = 16;

    private BoundedBody() {}

    /**
     * The whole body.
     *
     * @param max how large it may be, bytes
     * @param refusal what is said of a larger one
     * @throws TooLargeException when it is larger
     */
    static byte[] read(InputStream body, int max, String refusal) throws IOException {
        byte[] bytes = body.readNBytes(max + 1);
        if (bytes.length > max) {
            drain(body, (long) max * DRAINED);
            throw new TooLargeException(refusal);
        }
        return bytes;
    }

    /** A client that is still sending may not see the answer. */
    private static void drain(InputStream body, long most) throws IOException {
        byte[] scrap = new byte[1 << 13];
        long left = most;
        for (int read = body.read(scrap); read >= 0 && left > 0; read = body.read(scrap)) {
            left -= read;
        }
    }
}
