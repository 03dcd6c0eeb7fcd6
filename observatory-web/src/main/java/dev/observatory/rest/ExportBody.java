package dev.observatory.rest;

import dev.observatory.export.Export;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends an export, and where it breaks off makes sure that this is seen. Used once, by one thread. */
final class ExportBody implements StreamingOutput {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Export export;

    ExportBody(Export export) {
        this.export = export;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Sent sent = new Sent(out);
        BufferedOutputStream buffered = new BufferedOutputStream(sent, BUFFER_BYTES);
        try {
            export.writeTo(buffered);
        } catch (RuntimeException e) {
            // as long as nothing was sent the failure is answered as any other: WildFly would put a problem behind it
            if (sent.begun) {
                buffered.write(export.brokenOff().getBytes(StandardCharsets.UTF_8));
                buffered.flush();
            }
            throw e;
        }
        buffered.flush();
    }

    /** Knows whether anything was written. */
    private static final class Sent extends FilterOutputStream {

        private boolean begun;

        Sent(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            begun = true;
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begun = true;
            out.write(bytes, offset, length);
        }
    }
}
