package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar of a laptop's user, started as the README says. Needs no server of the other tests. */
class RunnableJarIT {

    @TempDir
    Path folder;

    private int port;
    private Path log;
    private Process server;

    @BeforeEach
    void start() throws IOException {
        Path jar = Path.of(System.getProperty("observatory.it.runnable"));
        Assumptions.assumeTrue(Files.exists(jar), () -> "SKIPPED: " + jar + " has not been built");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        log = folder.resolve("server.log");
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-Dobservatory.watch.roots=" + folder.resolve("watched"),
                        "-jar",
                        jar.toString(),
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (server != null) {
            server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("the runnable jar says where to look, serves this machine only, tells of a session, and says good-bye")
    void servesALaptop() throws Exception {
        awaitLog("Observatory is at http://localhost:" + port + "/");
        awaitLog("Waiting for " + folder.resolve("watched"));
        try (ConsoleClient client = connect()) {
            AgentFiles agent = new AgentFiles(folder.resolve("watched"));
            agent.append(agent.prompt("hello"));
            assertThat(client.await(TranscriptFeedIT.conversation(agent)).data().getString("title"))
                    .isEqualTo("hello");
            assertThat(reachableAddresses()).isEmpty();

            server.destroy();

            assertThat(client.inbox().awaitEnd()).startsWith("4000").contains("shutdown");
        }
        assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log)).doesNotContain("Exception");
    }

    private ConsoleClient connect() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> ConsoleClient.connect(URI.create("ws://localhost:" + port + "/ws")), ConsoleClient::isOpen)
                .ready();
    }

    private void awaitLog(String text) {
        Awaitility.await()
                .alias(text)
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(log).contains(text));
    }

    /** At which of the machine's addresses that are not loopback the port answers. */
    private List<InetAddress> reachableAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .filter(this::answers)
                .toList();
    }

    private boolean answers(InetAddress address) {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
