package dev.observatory.conversation;

import dev.observatory.SettableClock;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.Draft;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.pricing.PriceTable;
import dev.observatory.redaction.Redactor;
import dev.observatory.transcript.TranscriptLocation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The room under test with what surrounds it: a feed, its catalog, a clock, and everything that was told. */
final class Room {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final String DIRECTORY = "-home-ada-engine";

    private static final Path ROOT = Path.of("/transcripts");

    static final Accounting ACCOUNTING = new Accounting(PriceTable.builtIn(), ZoneOffset.UTC);

    final SettableClock clock;
    final MemoryStore store;
    final ConversationCatalog catalog = new ConversationCatalog();
    final List<Draft> drafts = new ArrayList<>();
    final List<Forgotten> forgotten = new ArrayList<>();
    final ConversationFeed feed;
    private final ConversationConfig config;

    Room() {
        this(ConversationConfig.DEFAULTS);
    }

    Room(ConversationConfig config) {
        this(config, new SettableClock(START), new MemoryStore());
    }

    private Room(ConversationConfig config, SettableClock clock, MemoryStore store) {
        this.config = config;
        this.clock = clock;
        this.store = store;
        feed = feed(drafts::add);
        feed.load();
    }

    /** Another one with the same surroundings. */
    ConversationFeed feed(Consumer<Draft> receiver) {
        return new ConversationFeed(
                receiver, forgotten::add, catalog, clock, config, ACCOUNTING, store, Redactor.builtIn());
    }

    /** The room after a stop and a start. */
    Room reopened() {
        return new Room(config, clock, store);
    }

    static TranscriptLocation file(String path) {
        return TranscriptLocation.of(ROOT, ROOT.resolve(path)).orElseThrow();
    }

    static TranscriptLocation session(String name) {
        return file(DIRECTORY + "/" + name + ".jsonl");
    }

    static TranscriptLocation agent(String session, String agentId) {
        return file(DIRECTORY + "/" + session + "/subagents/agent-" + agentId + ".jsonl");
    }

    static TranscriptLocation legacyAgent(String agentId) {
        return file(DIRECTORY + "/agent-" + agentId + ".jsonl");
    }

    /** Writes {@code "} for {@code '}. */
    static byte[] bytes(String line) {
        return line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    static String prompt(String uuid, String text) {
        return "{'type':'user','uuid':'" + uuid + "','message':{'role':'user','content':'" + text + "'}}";
    }

    static String answer(String uuid, String text) {
        return "{'type':'assistant','uuid':'" + uuid + "','message':{'id':'m-" + uuid
                + "','role':'assistant','content':[{'type':'text','text':'" + text + "'}]}}";
    }

    static String call(String uuid, String callId) {
        return "{'type':'assistant','uuid':'" + uuid + "','message':{'id':'m-" + uuid
                + "','content':[{'type':'tool_use','id':'" + callId
                + "','name':'Bash','input':{'command':'make'}}]}}";
    }

    static String result(String uuid, String callId) {
        return "{'type':'user','uuid':'" + uuid + "','message':{'content':[{'type':'tool_result','tool_use_id':'"
                + callId + "','content':'done'}]}}";
    }

    Room lines(TranscriptLocation file, String... lines) {
        for (String line : lines) {
            byte[] bytes = bytes(line);
            feed.line(file, bytes, 0, bytes.length);
        }
        return this;
    }

    boolean resting(TranscriptLocation file, String line) {
        byte[] bytes = bytes(line);
        return feed.restingLine(file, bytes, 0, bytes.length);
    }

    Room flush(TranscriptLocation file, Arrival arrival) {
        feed.flush(file, arrival, progress());
        return this;
    }

    /** That of a file that has just been changed. */
    Progress progress() {
        return new Progress("inode", 1, clock.instant(), 1, 1, 1);
    }

    /** Null when unknown. */
    Conversation conversation(String id) {
        Dossier dossier = feed.conversations().byId(id);
        if (dossier != null) {
            feed.conversations().wake(dossier);
        }
        return dossier == null ? null : dossier.sum();
    }

    Room live(TranscriptLocation file, String... lines) {
        lines(file, lines).flush(file, Arrival.LIVE);
        return this;
    }

    Room backlog(TranscriptLocation file, String... lines) {
        lines(file, lines).flush(file, Arrival.BACKLOG);
        return this;
    }

    Room later(Duration duration) {
        clock.advance(duration);
        feed.tick();
        return this;
    }

    /** What was told of conversations, oldest first. */
    List<ConversationUpdate> updates() {
        return told(ConversationUpdate.class);
    }

    List<ProjectUpdate> projectUpdates() {
        return told(ProjectUpdate.class);
    }

    private <T> List<T> told(Class<T> kind) {
        return drafts.stream()
                .map(Draft::data)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    ConversationUpdate state(String conversationId) {
        return catalog.conversation(conversationId).orElseThrow();
    }
}
