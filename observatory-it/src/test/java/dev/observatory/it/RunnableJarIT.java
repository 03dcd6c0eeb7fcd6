package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The one jar of a laptop's user, started as the README says. Needs no server of the other tests. */
@DisabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "wildfly",
        disabledReason = "SKIPPED: the runnable jar is Payara's, whichever server the other tests have")
class RunnableJarIT {

    @TempDir
    Path folder;

    @Test
    @DisplayName("the runnable jar says where to look, serves this machine only, tells of a session, and says good-bye")
    void servesALaptop() throws Exception {
        try (OwnServer jar = OwnServer.runnableJar(folder).start()) {
            jar.awaitLog("Observatory is at http://localhost:" + jar.port() + "/");
            jar.awaitLog("Waiting for " + jar.watched());
            jar.awaitReady();
            try (ConsoleClient client = jar.connect("")) {
                AgentFiles agent = new AgentFiles(jar.watched());
                agent.append(agent.prompt("hello"));
                assertThat(client.await(TranscriptFeedIT.conversation(agent))
                                .data()
                                .getString("title"))
                        .isEqualTo("hello");
                assertThat(reachableAddresses(jar.port())).isEmpty();

                jar.signalStop();

                assertThat(client.inbox().awaitEnd()).startsWith("4000").contains("shutdown");
            }
            assertThat(jar.awaitEnd()).isTrue();
            assertThat(jar.log()).doesNotContain("Exception");
        }
    }

    /** At which of the machine's addresses that are not loopback the port answers. */
    private static List<InetAddress> reachableAddresses(int port) throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .filter(address -> answers(address, port))
                .toList();
    }

    private static boolean answers(InetAddress address, int port) {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
