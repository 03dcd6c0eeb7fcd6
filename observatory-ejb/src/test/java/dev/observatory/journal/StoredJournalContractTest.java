package dev.observatory.journal;

import dev.observatory.message.Message;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal with a store behind it")
class StoredJournalContractTest extends JournalContract {

    private StoredJournal stored;

    @Override
    Journal emptyJournal(JsonEncoder encoder, Consumer<Message> announcer, ManualClock clock) {
        JournalStore store = new MemoryJournalStore(new MemoryJournalStore.Disk());
        JournalConfig config = JournalConfig.inMemory(64 << 20, Duration.ofHours(1));
        stored = new StoredJournal(encoder, announcer, clock, config, store, Thread::new);
        return stored.journal();
    }

    @AfterEach
    void close() {
        stored.close();
    }
}
