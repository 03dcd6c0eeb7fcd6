package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.message.Tokens;
import dev.observatory.pricing.PriceTable;
import dev.observatory.transcript.ContentBlock;
import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.transcript.TranscriptMessage;
import dev.observatory.transcript.TranscriptRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One conversation: the sum of the records of a session and its sub-agents. Confined to the watch thread.
 *
 * <p>Whoever calls {@link #take} has made sure that the record is new; so the same sum comes out however often and in
 * whatever pieces the files are read.
 */
final class Conversation {

    /** The model's name in answers that Claude Code made up itself, such as those to errors: they cost nothing. */
    private static final String SYNTHETIC = "<synthetic>";

    private static final Pattern UUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private final String id;
    private final boolean namedByUuid;

    private final ConversationTitle title = new ConversationTitle();
    private final KeySet assistantMessages = new KeySet();
    private final ToolCalls toolCalls = new ToolCalls();
    private final TokenLedger tokens;
    private final Turn turn = new Turn();
    private final Activity activity = new Activity();
    private final ExcerptLog excerpts = new ExcerptLog();
    private final Announcement announcement = new Announcement();
    private final Set<String> agents = new HashSet<>(0);
    private final Set<String> models = new TreeSet<>();

    private int records;
    private int userPrompts;
    private Span span = Span.NONE;

    // what the session's own records show; null until one does
    private String sessionId;
    private String cwd;
    private String gitBranch;
    private String filePath;
    private String ownModel;

    /** The model of a sub-agent, for want of the session's own. */
    private String agentModel;

    private ProjectPath projectPath;

    /** @param projectDirectory where its first known file lies */
    Conversation(String id, String projectDirectory, PriceTable prices) {
        this.id = id;
        namedByUuid = UUID.matcher(id).matches();
        projectPath = ProjectPath.guessedFrom(projectDirectory);
        tokens = new TokenLedger(prices);
    }

    void take(TranscriptLocation file, TranscriptRecord record, RecordKind kind) {
        boolean own = file.kind() == TranscriptLocation.Kind.SESSION;
        activity.record(record.timestamp());
        if (own) {
            filePath = file.path();
        }
        if (own && isInherited(record)) {
            return;
        }
        records++;
        count(record);
        if (own) {
            takeOwn(record, kind);
        } else {
            takeAgents(file, record);
        }
    }

    /** A line was left out that would have been a record. */
    void takeStub(TranscriptLocation file) {
        activity.record(null);
        if (file.kind() == TranscriptLocation.Kind.SESSION) {
            filePath = file.path();
        }
    }

    /** Forks and, in old versions, resumed sessions begin with a copy of another session's records. */
    private boolean isInherited(TranscriptRecord record) {
        return namedByUuid && record.sessionId() != null && !record.sessionId().equalsIgnoreCase(id);
    }

    /** What counts in all files alike. */
    private void count(TranscriptRecord record) {
        TranscriptMessage message = record.message();
        if (record.isUser() || record.isAssistant()) {
            span = span.with(record.timestamp());
        }
        if (record.isAssistant() && message.usage() != null && !SYNTHETIC.equals(message.model())) {
            tokens.add(message.id(), record.requestId(), message.model(), message.usage());
            if (message.model() != null) {
                models.add(message.model());
            }
        }
        for (ContentBlock block : message.content()) {
            countTools(record, block);
        }
    }

    private void countTools(TranscriptRecord record, ContentBlock block) {
        if (record.isAssistant() && block instanceof ContentBlock.ToolUse call) {
            toolCalls.call(call.id(), record.timestamp());
        } else if (record.isUser() && block instanceof ContentBlock.ToolResult result) {
            toolCalls.result(result.toolUseId(), record.timestamp());
        }
    }

    private void takeOwn(TranscriptRecord record, RecordKind kind) {
        sessionId = sessionId == null ? record.sessionId() : sessionId;
        gitBranch = record.gitBranch() == null || record.gitBranch().isEmpty() ? gitBranch : record.gitBranch();
        if (cwd == null && record.cwd() != null && !record.cwd().isBlank()) {
            cwd = record.cwd();
            projectPath = ProjectPath.ofWorkingDirectory(cwd);
        }
        if (record.title() != null) {
            title.take(record.title());
        }
        if (record.sidechain()) {
            agentModel = modelOf(record, agentModel);
        } else {
            takeMain(record, kind);
        }
    }

    /** The talk between the user and the agent itself. */
    private void takeMain(TranscriptRecord record, RecordKind kind) {
        turn.take(kind, record);
        ownModel = modelOf(record, ownModel);
        if (kind == RecordKind.PROMPT) {
            userPrompts++;
            title.takePrompt(Texts.prompt(Texts.said(record.message())));
        }
        if (record.isAssistant()) {
            String messageId = record.message().id();
            assistantMessages.add(Key.ofNames(messageId == null ? record.uuid() : messageId));
        }
    }

    private void takeAgents(TranscriptLocation file, TranscriptRecord record) {
        agents.add(file.agentId());
        agentModel = modelOf(record, agentModel);
        if (file.kind() == TranscriptLocation.Kind.LEGACY_AGENT && sessionId == null) {
            sessionId = record.sessionId();
        }
    }

    private static String modelOf(TranscriptRecord record, String before) {
        String model = record.isAssistant() ? record.message().model() : null;
        return model == null || model.equals(SYNTHETIC) ? before : model;
    }

    /** Its state now, from whose turn it is and how long nothing has happened. */
    ConversationState state(Instant now, ConversationConfig config) {
        if (activity.isQuietFor(config.endedAfter(), now)) {
            return ConversationState.ENDED;
        }
        return switch (turn.phase()) {
            case USER -> ConversationState.IDLE;
            case MODEL -> ConversationState.WORKING;
            case TOOL ->
                activity.isQuietFor(config.waitingAfter(), now) ? ConversationState.WAITING : ConversationState.WORKING;
        };
    }

    /** When the state changes if nothing happens until then; null if it stays. */
    Instant nextStateChange(Instant now, ConversationConfig config) {
        if (activity.isQuietFor(config.endedAfter(), now)) {
            return null;
        }
        boolean willWait = turn.phase() == Turn.Phase.TOOL && !activity.isQuietFor(config.waitingAfter(), now);
        Instant end = activity.quietSince().plus(config.endedAfter());
        Instant wait = activity.quietSince().plus(config.waitingAfter());
        return willWait && wait.isBefore(end) ? wait : end;
    }

    ConversationUpdate update(
            ConversationState state, ConversationUpdate.Change change, long version, List<RecordExcerpt> records) {
        return new ConversationUpdate(
                id,
                projectPath.id(),
                sessionId,
                title.text(),
                state,
                messageCount(),
                toolCalls.count(),
                agents.size(),
                tokens.total(),
                UsDollars.rounded(tokens.cost()),
                ownModel == null ? agentModel : ownModel,
                gitBranch,
                cwd,
                filePath,
                span.first(),
                span.last(),
                change,
                version,
                records);
    }

    String id() {
        return id;
    }

    ProjectPath projectPath() {
        return projectPath;
    }

    Activity activity() {
        return activity;
    }

    ExcerptLog excerpts() {
        return excerpts;
    }

    Announcement announcement() {
        return announcement;
    }

    Span span() {
        return span;
    }

    Tokens tokens() {
        return tokens.total();
    }

    /** Exact, in US dollars; null where it is unknown. */
    BigDecimal cost() {
        return tokens.cost();
    }

    ToolCalls toolCalls() {
        return toolCalls;
    }

    int messageCount() {
        return userPrompts + assistantMessages.size();
    }

    int records() {
        return records;
    }

    int userPrompts() {
        return userPrompts;
    }

    int assistantMessages() {
        return assistantMessages.size();
    }

    int agents() {
        return agents.size();
    }

    Set<String> models() {
        return models;
    }
}
