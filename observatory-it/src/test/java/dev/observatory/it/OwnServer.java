package dev.observatory.it;

import dev.observatory.it.client.ConsoleClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.Assumptions;

/**
 * A server process of one test's own, which can be stopped and started again. It watches {@code watched} and keeps its
 * data in {@code data}, both in the test's folder.
 */
final class OwnServer implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;

    /**
     * @param settings of Observatory, as {@code name=value}; the last of a name wins, and {@code {port}} in them is the
     *     port
     * @param program what follows the options of the Java command
     */
    OwnServer(Path folder, int port, List<String> settings, List<String> program) {
        this.folder = folder;
        this.port = port;
        command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                // with patience for clients that come back while the machine is busy
                "-Dobservatory.resume.wait=PT5S",
                "-Dobservatory.watch.roots=" + watched(),
                "-Dobservatory.data.dir=" + folder.resolve("data")));
        settings.forEach(setting -> command.add("-D" + setting.replace("{port}", Integer.toString(port))));
        command.addAll(program);
    }

    /** The one jar of a laptop's user; a test that needs it is skipped where it has not been built. */
    static OwnServer runnableJar(Path folder, String... settings) {
        Path jar = Path.of(System.getProperty("observatory.it.runnable"));
        Assumptions.assumeTrue(Files.exists(jar), () -> "SKIPPED: " + jar + " has not been built");
        int port = freePort();
        return new OwnServer(
                folder, port, List.of(settings), List.of("-jar", jar.toString(), "--port", Integer.toString(port)));
    }

    /** The server of the chosen kind with the WAR in it; on Payara the runnable jar, which is just that. */
    static OwnServer plain(Path folder, String... settings) throws IOException {
        try (SuiteClock.Start start = SuiteClock.start()) {
            return System.getProperty("arquillian.launch").equals("wildfly")
                    ? wildFly(folder, settings)
                    : runnableJar(folder, settings);
        }
    }

    /** The same with the probes in the WAR. */
    static OwnServer probed(Path folder, String... settings) throws IOException {
        Path war = folder.resolve("observatory.war");
        ObservatoryDeployment.observatory().as(ZipExporter.class).exportTo(war.toFile());
        if (System.getProperty("arquillian.launch").equals("wildfly")) {
            return wildFly(folder, war, settings);
        }
        int port = freePort();
        String preBoot = System.getProperty("observatory.it.dir") + "/test-classes/payara-preboot.txt";
        return new OwnServer(
                folder,
                port,
                List.of(settings),
                List.of(
                        "-jar",
                        System.getProperty("payara.jar"),
                        "--deploy",
                        war.toString(),
                        "--contextroot",
                        "/",
                        "--port",
                        Integer.toString(port),
                        "--nohazelcast",
                        "--disablephonehome",
                        "--prebootcommandfile",
                        preBoot));
    }

    /** WildFly with the WAR, its configuration and deployments in {@code standalone} in the test's folder. */
    static OwnServer wildFly(Path folder, String... settings) throws IOException {
        return wildFly(folder, Path.of(System.getProperty("observatory.it.war")), settings);
    }

    private static OwnServer wildFly(Path folder, Path war, String... settings) throws IOException {
        Path home = Path.of(System.getProperty("wildfly.home"));
        Path base = folder.resolve("standalone");
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
        // the suite's server, whose configuration this is, may have written there what is deployed to it now
        Path standalone = configuration.resolve("standalone.xml");
        Files.writeString(
                standalone, Files.readString(standalone).replaceFirst("(?s)<deployments>.*</deployments>", ""));
        Files.copy(war, Files.createDirectory(base.resolve("deployments")).resolve("observatory.war"));
        int port = freePort();
        return new OwnServer(
                folder,
                port,
                List.of(settings),
                List.of(
                        "-Djboss.home.dir=" + home,
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.http.port=" + port,
                        // any that are free; a server that finds one of its ports taken deploys nothing
                        "-Djboss.https.port=0",
                        "-Djboss.management.http.port=0",
                        "-jar",
                        home.resolve("jboss-modules.jar").toString(),
                        "-mp",
                        home.resolve("modules").toString(),
                        "org.jboss.as.standalone"));
    }

    /**
     * A port that nobody listens at, below those that systems give to clients: one of these might be taken before the server
     * starts, or while it is down between two starts.
     */
    static int freePort() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(20_000, 32_000))
                .limit(1000)
                .filter(OwnServer::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port)) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** A database for such servers, with as much time for its start as a busy machine may need. */
    static EmbeddedPostgres.Builder postgres() {
        return EmbeddedPostgres.builder().setPort(freePort()).setPGStartupWait(Duration.ofMinutes(2));
    }

    int port() {
        return port;
    }

    Path watched() {
        return folder.resolve("watched");
    }

    /** What it has logged, over all of its starts. */
    String log() {
        try {
            return Files.readString(folder.resolve("server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without colours, which an XML report could not hold. */
    private String endOfLog() {
        List<String> lines = log().lines()
                .map(line -> line.replaceAll("[^\\P{Cntrl}\t]", ""))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
    }

    /** What of it speaks of a fault: lines of stack traces, and what is logged as an error. */
    List<String> faults() {
        return log().lines()
                .filter(line -> line.startsWith("\tat ") || line.contains(" ERROR ") || line.contains("SEVERE"))
                .toList();
    }

    /** Starts the process, and does not wait for it. */
    OwnServer start() throws IOException {
        try (SuiteClock.Start start = SuiteClock.start()) {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()))
                    .start();
        }
        return this;
    }

    /** Waits until clients are accepted. */
    Server awaitReady() {
        Server server = new Server(URI.create("http://localhost:" + port));
        try (SuiteClock.Start start = SuiteClock.start()) {
            await().alias("the server is ready")
                    .failFast("it has ended", () -> !process.isAlive())
                    .ignoreExceptions()
                    .until(() -> server.get("api/health/ready", 200) != null);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new AssertionError("the server is not ready; its log ends with\n" + endOfLog(), e);
        }
        return server;
    }

    void awaitLog(String text) {
        await().alias(text).until(() -> log().contains(text));
    }

    ConsoleClient connect(String query) {
        return ConsoleClient.connect(URI.create("ws://localhost:" + port + "/ws" + query))
                .ready();
    }

    /** Asks the process to stop. */
    void signalStop() {
        process.destroy();
    }

    /** Waits for the process to end by itself. */
    boolean awaitEnd() throws InterruptedException {
        return awaitEnd(Duration.ofMinutes(2));
    }

    /** The same for so long at most. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the process in the middle of whatever it does. */
    void kill() throws InterruptedException {
        if (!process.destroyForcibly().waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the server has been killed and does not end");
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100));
    }
}
