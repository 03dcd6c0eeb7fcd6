package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server of its own with a data source that its operator has set up, in the way that docs/reference/configuration.md
 * describes; with the plain WAR.
 */
class JndiIT {

    @TempDir
    Path folder;

    @Test
    @DisplayName("F3 the store works with a data source of the server, by its JNDI name, and remembers over a restart")
    void dataSource() throws Exception {
        try (EmbeddedPostgres database = OwnServer.postgres().start();
                OwnServer own = server(database.getPort()).start()) {
            AgentFiles agent = new AgentFiles(own.watched());
            Server server = own.awaitReady();
            HealthIT.awaitStatus(server, "ok");
            try (ConsoleClient client = own.connect("?channels=conversation:" + agent.id())) {
                agent.append(agent.prompt("one"));
                client.await(TranscriptFeedIT.conversation(agent));
            }
            assertThat(conversations(database)).isEqualTo(1);

            own.kill();
            agent.append(agent.prompt("two"));
            own.start();

            own.awaitReady();
            HealthIT.awaitStatus(server, "ok");
            try (ConsoleClient client = own.connect("?channels=conversation:" + agent.id())) {
                agent.append(agent.prompt("three"));
                client.await(TranscriptFeedIT.conversation(agent)
                        .and(frame -> frame.data().getInt("message_count") == 3));
            }
            assertThat(conversations(database)).isEqualTo(1);
        }
    }

    private OwnServer server(int databasePort) throws Exception {
        return System.getProperty("arquillian.launch").equals("wildfly") ? wildFly(databasePort) : payara(databasePort);
    }

    private OwnServer payara(int databasePort) throws Exception {
        int port = OwnServer.freePort();
        Path commands = folder.resolve("post-boot-commands.txt");
        Files.writeString(commands, """
                create-jdbc-connection-pool --datasourceclassname=org.postgresql.ds.PGSimpleDataSource \
                --restype=javax.sql.DataSource --nontransactionalconnections=true \
                --property=serverName=localhost:portNumber=%d:databaseName=postgres:user=postgres:password=any observatory
                create-jdbc-resource --connectionpoolid=observatory jdbc/observatory
                """.formatted(databasePort));
        return new OwnServer(
                folder,
                port,
                List.of("observatory.database.jndi=jdbc/observatory"),
                List.of(
                        "-jar",
                        System.getProperty("payara.jar"),
                        "--nohazelcast",
                        "--disablephonehome",
                        "--addlibs",
                        driver().toString(),
                        "--prebootcommandfile",
                        System.getProperty("observatory.it.dir") + "/test-classes/payara-preboot.txt",
                        "--postbootcommandfile",
                        commands.toString(),
                        "--port",
                        Integer.toString(port),
                        "--deploy",
                        System.getProperty("observatory.it.war")));
    }

    private OwnServer wildFly(int databasePort) throws Exception {
        OwnServer own = OwnServer.wildFly(folder, "observatory.database.jndi=java:jboss/datasources/Observatory");
        Files.copy(driver(), folder.resolve("standalone/deployments/postgresql.jar"));
        Path configuration = folder.resolve("standalone/configuration/standalone.xml");
        String xml = Files.readString(configuration);
        Files.writeString(configuration, xml.replace("<datasources>", """
                        <datasources>
                          <datasource jta="false" jndi-name="java:jboss/datasources/Observatory" pool-name="Observatory">
                            <connection-url>jdbc:postgresql://localhost:%d/postgres</connection-url>
                            <driver>postgresql.jar</driver>
                            <security user-name="postgres" password="any"/>
                          </datasource>
                        """.formatted(databasePort)));
        return own;
    }

    private static Path driver() throws URISyntaxException {
        return Path.of(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static int conversations(EmbeddedPostgres database) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from conversation")) {
            count.next();
            return count.getInt(1);
        }
    }
}
