package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database lies on a small disk. Needs the right to mount one, and is skipped without. */
class DiskFullIT {

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    @BeforeEach
    void mount() throws Exception {
        Files.createDirectory(folder.resolve("data"));
        assumeThat(run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=32m",
                        "tmpfs",
                        folder.resolve("data").toString()))
                .as("SKIPPED: no disk can be mounted here")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", folder.resolve("data").toString());
    }

    @Test
    @DisplayName("a full disk is told by an alert and in health; with room again all is read, kept and told")
    void full() throws Exception {
        Path ballast = Files.write(folder.resolve("data/ballast"), new byte[20 << 20]);
        // the disk is smaller than what the host should have free
        try (OwnServer jar = OwnServer.plain(
                        folder, "observatory.system.check-interval=PT1S", "observatory.system.min-disk-free=1")
                .start()) {
            Server server = jar.awaitReady();
            HealthIT.awaitStatus(server, "ok");
            AgentFiles agent = new AgentFiles(jar.watched());
            int prompts = 0;
            try (ConsoleClient client = jar.connect("?channels=alerts,conversation:" + agent.id())) {
                do {
                    assertThat(prompts).as("lines on a disk of a few megabytes").isLessThan(200);
                    agent.append(agent.prompt("prompt " + ++prompts + " " + noise(150_000)));
                } while (client.await(toldOf(agent, prompts).or(DiskFullIT::isOfDatabase))
                        .is("conversation_update"));
                JsonObject alert = client.await(DiskFullIT::isOfDatabase).data();
                assertThat(alert.getString("severity")).isEqualTo("error");
                // H2 does not always say so first, for what it had begun may fail in other words
                Awaitility.await()
                        .until(() -> detailsOfDatabase(HealthIT.awaitStatus(server, "degraded"))
                                .contains("has no room left"));
                server.get("api/health/ready", 200);
                agent.append(agent.prompt("prompt " + ++prompts + " after the alert"));

                Files.delete(ballast);

                client.await(frame -> isOfDatabase(frame) && frame.data().containsKey("resolved_at"));
                client.await(toldOf(agent, prompts));
                HealthIT.awaitStatus(server, "ok");
            }
        }
    }

    /** The host may say as well that its disk is full. */
    private static boolean isOfDatabase(Frame frame) {
        return frame.is("alert") && frame.data().getString("source").equals("database");
    }

    private static String detailsOfDatabase(JsonObject health) {
        return health.getJsonArray("components").getJsonObject(0).getString("details", "");
    }

    private static Predicate<Frame> toldOf(AgentFiles agent, int prompts) {
        return TranscriptFeedIT.conversation(agent).and(frame -> frame.data().getInt("message_count") == prompts);
    }

    /** Text that cannot be compressed well. */
    private String noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return Base64.getEncoder().encodeToString(noise);
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
