package dev.observatory.store;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;

/** The main program of a process that keeps turn after turn until it is killed. It tells each that it has kept. */
final class KilledWriter {

    /** Lines of each turn. */
    static final int LINES = 20;

    private KilledWriter() {}

    public static void main(String... arguments) {
        long position = Long.parseLong(arguments[1]);
        Database database = new Database(DatabaseConfig.ofFolder(Path.of(arguments[0])));
        SqlConversationStore store = new SqlConversationStore(database);
        while (true) {
            store.keep(Samples.turn(
                    Samples.place("c", "f", position + LINES),
                    LongStream.rangeClosed(position + 1, position + LINES)
                            .mapToObj(p -> Samples.line(p, text(p)))
                            .toList()));
            position += LINES;
            System.out.println(position);
        }
    }

    /** Of its position, and hardly to be compressed. */
    static String text(long position) {
        StringBuilder text = new StringBuilder();
        new Random(position).longs(position % 200).forEach(number -> text.append(Long.toHexString(number)));
        return text.toString();
    }
}
