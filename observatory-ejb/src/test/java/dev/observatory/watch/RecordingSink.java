package dev.observatory.watch;

import dev.observatory.conversation.Arrival;
import dev.observatory.conversation.FileOwner;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.HookEvent;
import dev.observatory.conversation.HookFigures;
import dev.observatory.conversation.Progress;
import dev.observatory.conversation.QuietConversation;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.transcript.TranscriptLocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Keeps what a reader of the lines would have now: a restart takes back what a file gave before. Thread-safe. */
class RecordingSink implements LineSink {

    /** What the reader was told, beyond the lines themselves. */
    record Call(String what, String path) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();

    /** Since when conversations should have been quiet, by runs of the retention. */
    final List<Instant> retirements = new CopyOnWriteArrayList<>();

    final List<HookEvent> reports = new CopyOnWriteArrayList<>();
    final AtomicInteger ticks = new AtomicInteger();

    /** Called before each line with its file's path. */
    volatile Consumer<String> onLine = path -> {};

    /** Whether lines are taken. */
    volatile boolean available = true;

    /** How many turns are refused from now on. */
    final AtomicInteger refusals = new AtomicInteger();

    private final Map<TranscriptLocation, FilePlace> places = new ConcurrentHashMap<>();
    private final Map<String, List<String>> lines = new ConcurrentHashMap<>();

    /** The lines of a file, as paths relative to the root name it. */
    List<String> lines(String path) {
        List<String> of = of(path);
        synchronized (of) {
            return List.copyOf(of);
        }
    }

    int count() {
        return lines.keySet().stream().mapToInt(path -> lines(path).size()).sum();
    }

    List<String> told(String path) {
        return calls.stream()
                .filter(call -> call.path().equals(path))
                .map(Call::what)
                .toList();
    }

    private List<String> of(String path) {
        return lines.computeIfAbsent(path, any -> new ArrayList<>());
    }

    @Override
    public void line(TranscriptLocation file, byte[] buffer, int offset, int length) {
        onLine.accept(file.path());
        List<String> of = of(file.path());
        synchronized (of) {
            of.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
        }
    }

    @Override
    public boolean restingLine(TranscriptLocation file, byte[] buffer, int offset, int length) {
        String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
        boolean complete = text.startsWith("{") && text.endsWith("}");
        calls.add(new Call((complete ? "took " : "refused ") + text, file.path()));
        if (complete) {
            line(file, buffer, offset, length);
        }
        return complete;
    }

    @Override
    public void oversizedLine(TranscriptLocation file, long bytes) {
        calls.add(new Call("oversized " + bytes, file.path()));
    }

    @Override
    public void restart(TranscriptLocation file) {
        List<String> of = of(file.path());
        synchronized (of) {
            of.clear();
        }
        calls.add(new Call("restart", file.path()));
    }

    @Override
    public void flush(TranscriptLocation file, Arrival arrival, Progress progress) {
        String what =
                arrival == Arrival.LIVE ? "flush" : "flush " + arrival.name().toLowerCase(Locale.ROOT);
        calls.add(new Call(what, file.path()));
        places.put(
                file,
                new FilePlace(
                        file.root().toString(),
                        file.path(),
                        "any",
                        progress.fileKey(),
                        progress.size(),
                        progress.modified(),
                        progress.offset(),
                        progress.headLength(),
                        progress.headChecksum(),
                        0,
                        0));
    }

    /** Where reading of a file stopped at its last flush. */
    FilePlace place(TranscriptLocation file) {
        return places.get(file);
    }

    @Override
    public void load() {
        // what it recorded is here
    }

    @Override
    public List<FilePlace> takePlaces() {
        return List.copyOf(places.values());
    }

    @Override
    public boolean available() {
        return available;
    }

    @Override
    public String trouble() {
        return available ? null : "on purpose";
    }

    @Override
    public void begin(TranscriptLocation file, boolean fromStart) {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new StoreUnavailableException("on purpose", null);
        }
    }

    @Override
    public void report(HookEvent event) {
        reports.add(event);
    }

    @Override
    public List<String> quietSince(Instant time) {
        retirements.add(time);
        return List.of();
    }

    @Override
    public Optional<QuietConversation> quiet(String conversationId, Instant time) {
        return Optional.empty();
    }

    @Override
    public void forget(List<String> conversationIds) {
        throw new UnsupportedOperationException("it remembers all");
    }

    @Override
    public boolean purge() {
        return false;
    }

    @Override
    public HookFigures hooks() {
        return HookFigures.NONE;
    }

    @Override
    public void tick() {
        ticks.incrementAndGet();
    }

    @Override
    public long records() {
        return count();
    }

    @Override
    public long badLines() {
        return 0;
    }

    /** A file belongs to a conversation once a line of it was seen. */
    @Override
    public Optional<FileOwner> ownerOf(TranscriptLocation file) {
        return lines(file.path()).isEmpty()
                ? Optional.empty()
                : Optional.of(new FileOwner(file.conversationId(), "project of " + file.projectDirectory()));
    }
}
