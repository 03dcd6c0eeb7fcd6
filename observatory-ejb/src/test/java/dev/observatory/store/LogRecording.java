package dev.observatory.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged of the database's condition. */
final class LogRecording extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Condition.class.getName());

    private final List<String> messages = new CopyOnWriteArrayList<>();

    LogRecording() {
        LOGGER.addHandler(this);
    }

    List<String> messages() {
        return messages;
    }

    @Override
    public void publish(LogRecord logRecord) {
        messages.add(logRecord.getMessage());
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
