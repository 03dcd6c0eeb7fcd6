package dev.observatory.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which database is used: the container's data source, one with a URL, or an H2 file of our own. Immutable.
 *
 * @param dataFolder where the H2 file lies
 * @param url JDBC
 * @param jndi name of the container's data source, which does not take part in JTA transactions
 */
record DatabaseConfig(
        Path dataFolder,
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        Optional<String> jndi) {

    /** One that is gone when the process ends. */
    static final DatabaseConfig IN_MEMORY = ofUrl("jdbc:h2:mem:observatory;DB_CLOSE_DELAY=-1", "", "");

    /** @throws IllegalArgumentException when the settings contradict each other or name an unknown database */
    DatabaseConfig {
        if (url.isPresent() && jndi.isPresent()) {
            throw new IllegalArgumentException("Set observatory.database.url or observatory.database.jndi, not both");
        }
        url.ifPresent(Dialect::ofUrl);
    }

    static DatabaseConfig ofFolder(Path dataFolder) {
        return new DatabaseConfig(dataFolder, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static DatabaseConfig ofUrl(String url, String user, String password) {
        return new DatabaseConfig(
                Path.of("."), Optional.of(url), Optional.of(user), Optional.of(password), Optional.empty());
    }

    boolean isOwnFile() {
        return url.isEmpty() && jndi.isEmpty();
    }

    /** The database as messages name it, without anything secret: a URL may end with a password. */
    String description() {
        if (isOwnFile()) {
            return "The database " + dataFolder.resolve("observatory.mv.db");
        }
        return "The database "
                + jndi.orElseGet(() -> url.orElseThrow().split("[?;]", 2)[0].replaceFirst("//.*@", "//"));
    }
}
