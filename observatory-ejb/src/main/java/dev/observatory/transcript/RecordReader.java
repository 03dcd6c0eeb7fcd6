package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;

/** Reads the envelope of one record. Used once, by its parser's thread. */
final class RecordReader {

    private final JsonParser parser;
    private final TextReader texts;

    private String type;
    private String subtype;
    private String uuid;
    private String sessionId;
    private Instant timestamp;
    private String cwd;
    private String gitBranch;
    private String version;
    private String requestId;
    private String agentId;
    private boolean sidechain;
    private boolean meta;
    private boolean compactSummary;
    private TranscriptMessage message = TranscriptMessage.EMPTY;
    private CutText customTitle = CutText.EMPTY;
    private CutText agentName = CutText.EMPTY;
    private CutText aiTitle = CutText.EMPTY;
    private CutText summary = CutText.EMPTY;
    private String leafUuid;
    private CutText text = CutText.EMPTY;

    RecordReader(JsonParser parser, TextReader texts) {
        this.parser = parser;
        this.texts = texts;
    }

    /** Reads the object that the parser stands at the beginning of. */
    TranscriptRecord read() throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            readField(name);
        }
        return new TranscriptRecord(
                type,
                subtype,
                uuid,
                sessionId,
                timestamp,
                cwd,
                gitBranch,
                version,
                requestId,
                agentId,
                sidechain,
                meta,
                compactSummary,
                message,
                title(),
                leafUuid,
                text);
    }

    private void readField(String name) throws IOException {
        switch (name) {
            case "type" -> type = texts.name(parser);
            case "subtype" -> subtype = texts.name(parser);
            case "uuid" -> uuid = texts.name(parser);
            case "sessionId" -> sessionId = texts.name(parser);
            case "timestamp" -> timestamp = Timestamp.parse(texts.name(parser));
            case "cwd" -> cwd = texts.name(parser);
            case "gitBranch" -> gitBranch = texts.name(parser);
            case "version" -> version = texts.name(parser);
            case "requestId" -> requestId = texts.name(parser);
            case "agentId" -> agentId = texts.name(parser);
            case "isSidechain" -> sidechain = texts.flag(parser);
            case "isMeta" -> meta = texts.flag(parser);
            case "isCompactSummary" -> compactSummary = texts.flag(parser);
            case "message" -> message = message();
            case "customTitle" -> customTitle = texts.text(parser);
            case "agentName" -> agentName = texts.text(parser);
            case "aiTitle" -> aiTitle = texts.text(parser);
            case "summary" -> summary = texts.text(parser);
            case "leafUuid" -> leafUuid = texts.name(parser);
            case "content" -> text = texts.text(parser);
            default -> parser.skipChildren();
        }
    }

    private TranscriptMessage message() throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return new MessageReader(parser, texts).read();
        }
        parser.skipChildren();
        return TranscriptMessage.EMPTY;
    }

    /** Other types carry fields of these names too, an agent's name for one. */
    private RecordTitle title() {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case "custom-title" -> new RecordTitle(RecordTitle.Kind.CUSTOM_TITLE, customTitle);
            case "agent-name" -> new RecordTitle(RecordTitle.Kind.AGENT_NAME, agentName);
            case "ai-title" -> new RecordTitle(RecordTitle.Kind.AI_TITLE, aiTitle);
            case "summary" -> new RecordTitle(RecordTitle.Kind.SUMMARY, summary);
            default -> null;
        };
    }
}
