package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.ContentBlock;
import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.transcript.TranscriptMessage;
import dev.observatory.transcript.TranscriptRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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
    private final ZoneId zone;
    private final TokenLedger tokens;
    private final Turn turn = new Turn();
    private final Activity activity;
    private final ExcerptLog excerpts = new ExcerptLog();
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

    /**
     * @param projectDirectory where its first known file lies
     * @param activity is told of every record
     */
    Conversation(String id, String projectDirectory, Activity activity, Accounting accounting) {
        this.id = id;
        this.activity = activity;
        namedByUuid = UUID.matcher(id).matches();
        projectPath = ProjectPath.guessedFrom(projectDirectory);
        zone = accounting.zone();
        tokens = new TokenLedger(accounting.prices());
    }

    /**
     * Takes a record that is new.
     *
     * @return whether it counts
     */
    boolean take(TranscriptLocation file, TranscriptRecord record, RecordKind kind) {
        boolean own = file.kind() == TranscriptLocation.Kind.SESSION;
        activity.record(record.timestamp());
        if (own) {
            filePath = file.path();
        }
        if (own && isInherited(record)) {
            return false;
        }
        records++;
        count(file, record);
        if (own) {
            takeOwn(record, kind);
        } else {
            takeAgents(file, record);
        }
        return true;
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
    private void count(TranscriptLocation file, TranscriptRecord record) {
        TranscriptMessage message = record.message();
        if (record.isUser() || record.isAssistant()) {
            span = span.with(record.timestamp());
        }
        if (record.isAssistant() && message.usage() != null && !SYNTHETIC.equals(message.model())) {
            tokens.add(message.id(), record.requestId(), usageKind(file, record), message.usage());
            if (message.model() != null) {
                models.add(message.model());
            }
        }
        for (ContentBlock block : message.content()) {
            countTools(record, block);
        }
    }

    private UsageSum.Kind usageKind(TranscriptLocation file, TranscriptRecord record) {
        Instant at = record.timestamp();
        return new UsageSum.Kind(
                file.agentId(),
                record.message().model(),
                blankToNull(record.gitBranch()),
                at == null ? null : LocalDate.ofInstant(at, zone));
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
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

    static String modelOf(TranscriptRecord record, String before) {
        String model = record.isAssistant() ? record.message().model() : null;
        return model == null || model.equals(SYNTHETIC) ? before : model;
    }

    /** Whose turn it is. */
    Turn.Phase phase() {
        return turn.phase();
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

    ExcerptLog excerpts() {
        return excerpts;
    }

    TokenLedger tokens() {
        return tokens;
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
