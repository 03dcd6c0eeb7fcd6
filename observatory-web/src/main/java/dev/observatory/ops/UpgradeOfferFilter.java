package dev.observatory.ops;

import dev.observatory.auth.HttpRefusal;
import dev.observatory.auth.HttpRequests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Lets the body of a request end that offers to go over to another protocol (RFC 9110, section 7.8). Where Payara does
 * not take such an offer up, it hands on all that follows as the body, without an end and with chunks as they came. The
 * JDK's HTTP client offers HTTP/2 ({@code h2c}) unless it is told not to.
 */
public class UpgradeOfferFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final HttpRefusal CHUNKED = new HttpRefusal(
            501,
            "this server cannot read a body in chunks of a request with Upgrade; send Content-Length, or no Upgrade",
            Map.of());

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean offers = request.getProtocol().startsWith("HTTP/1.")
                && request.getHeader("Upgrade") != null
                && !HttpRequests.wantsUpgrade(request);
        if (!offers || !Payara.isServer()) {
            chain.doFilter(request, response);
        } else if (request.getHeader("Transfer-Encoding") == null) {
            chain.doFilter(new EndingRequest(request), response);
        } else {
            CHUNKED.answer(response);
        }
    }

    /** Its body has as many bytes as it says. */
    private static final class EndingRequest extends HttpServletRequestWrapper {

        EndingRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new EndingStream(super.getInputStream(), Math.max(0, getContentLengthLong()));
        }
    }

    private static final class EndingStream extends ServletInputStream {

        private final ServletInputStream all;

        /** Bytes. */
        private long left;

        EndingStream(ServletInputStream all, long length) {
            this.all = all;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = all.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public boolean isFinished() {
            return left == 0 || all.isFinished();
        }

        @Override
        public boolean isReady() {
            return left == 0 || all.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("nothing here reads without blocking");
        }
    }
}
