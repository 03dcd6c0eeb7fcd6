package dev.observatory.search;

import dev.observatory.config.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What can be set about searching. Immutable.
 *
 * @param folder where the index lies
 * @param maxCharacters how much of a record is searched
 */
record SearchConfig(IndexFolder folder, int maxCharacters) {

    private static final String MAX_CHARACTERS = "observatory.search.max-characters";

    /** @throws IllegalArgumentException when a value is of no use */
    SearchConfig {
        if (maxCharacters <= 0) {
            throw new IllegalArgumentException(MAX_CHARACTERS + " is " + maxCharacters + ", but has to be above zero");
        }
    }

    /**
     * Reads the settings {@code observatory.search.*}.
     *
     * @throws IllegalArgumentException when one is not of its type
     */
    static SearchConfig of(Config config) {
        Settings settings = new Settings(config);
        Path folder =
                Path.of(settings.value("observatory.data.dir", String.class)).resolve("search");
        // the store is in memory then, too
        boolean demo = settings.flag("observatory.demo");
        return new SearchConfig(
                new IndexFolder(demo ? Optional.empty() : Optional.of(folder)),
                settings.value(MAX_CHARACTERS, Integer.class));
    }
}
