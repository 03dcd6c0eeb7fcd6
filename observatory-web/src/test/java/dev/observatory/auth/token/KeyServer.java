package dev.observatory.auth.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that gives keys away, or fails to in the way that a test wants. */
final class KeyServer implements AutoCloseable {

    /** How a request is answered. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Answer answer;

    KeyServer(String text) throws IOException {
        this(0);
        gives(text);
    }

    private KeyServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            answer.to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void answers(Answer next) {
        answer = next;
    }

    void gives(String text) {
        gives(200, text);
    }

    void gives(int status, String text) {
        answers(exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        });
    }

    /** Says of {@code /keys} that it is elsewhere, where what was given up to now is. */
    void redirects() {
        Answer elsewhere = answer;
        answers(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/keys")) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                exchange.sendResponseHeaders(302, -1);
            } else {
                elsewhere.to(exchange);
            }
        });
    }

    /** One piece after another, for as long as somebody listens. */
    void drips(String piece, long pauseMillis) {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                do {
                    body.write(piece.getBytes(StandardCharsets.UTF_8));
                    body.flush();
                } while (!end.await(pauseMillis, TimeUnit.MILLISECONDS));
            }
        });
    }

    /** Takes requests, and never answers. */
    void hangs() {
        answers(exchange -> end.await());
    }

    int requests() {
        return requests.get();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
