package dev.observatory.it.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between a client and a server of this machine that fails when a test wants it to. Thread-safe. */
public final class Tunnel implements Closeable {

    private final ServerSocket entrance;
    private final URI target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    /** @param target of whose host and port this is another address */
    public Tunnel(URI target) throws IOException {
        this.target = target;
        entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon(this::accept);
    }

    /** The target's address through the tunnel. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort() + target.getPath());
    }

    /** Breaks all connections. */
    public void cut() {
        links.forEach(Link::close);
    }

    /** The connections that there are stay, and nothing passes through them any more. */
    public void stall() {
        links.forEach(link -> link.stalled = true);
    }

    /** Breaks all connections and those that come, until it is opened again. */
    public void shut() {
        shut = true;
        cut();
    }

    /** Lets new connections pass again. */
    public void open() {
        shut = false;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                if (shut) {
                    client.close();
                } else {
                    new Link(client, new Socket(target.getHost(), target.getPort())).start();
                }
            } catch (IOException e) {
                // the entrance was closed, or the target is not there: either way this connection does not come to be
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean stalled;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() throws IOException {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            links.add(this);
            if (shut) {
                close();
            }
            daemon(() -> pass(client, server));
            daemon(() -> pass(server, client));
        }

        private void pass(Socket from, Socket to) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[8192];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (!stalled) {
                        out.write(buffer, 0, length);
                    }
                }
            } catch (IOException e) {
                // one of the two ends is gone, so the other goes too
            }
            if (!stalled) {
                close();
            }
        }

        void close() {
            links.remove(this);
            try (client;
                    server) {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
            } catch (IOException e) {
                // it was closed already
            }
        }
    }
}
