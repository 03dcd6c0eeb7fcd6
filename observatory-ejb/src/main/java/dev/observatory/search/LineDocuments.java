package dev.observatory.search;

import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.FullRecordReader;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.KeptSegment;
import dev.observatory.conversation.LineMark;
import dev.observatory.transcript.RecordText;
import dev.observatory.transcript.RecordTextReader;
import java.util.function.BiConsumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;

/** Makes documents of kept lines. Confined to one thread at a time. */
final class LineDocuments {

    private final RecordTextReader reader;

    /** @param characters how much of a record is searched */
    LineDocuments(int characters) {
        reader = new RecordTextReader(characters);
    }

    /** Gives every record of a segment that says something, with the key of those that it replaces. */
    void read(KeptSegment segment, BiConsumer<Term, Document> documents) {
        String agent = FullRecordReader.agentOf(segment.place());
        for (int i = 0; i < Math.min(segment.lines().size(), LineNumber.MAX_LINES); i++) {
            LineMark mark = new LineMark(segment.number(), i);
            KeptLine line = segment.lines().get(i);
            reader.read(line.text()).filter(record -> !record.text().isBlank()).ifPresent(record -> {
                String key = key(segment.place(), line, record);
                documents.accept(new Term(Fields.KEY, key), document(key, segment.place(), agent, mark, record));
            });
        }
    }

    private static Document document(String key, FilePlace file, String agent, LineMark mark, RecordText record) {
        Document document = new Document();
        document.add(new StringField(Fields.KEY, key, Store.NO));
        document.add(new TextField(Fields.TEXT, record.text(), Store.NO));
        document.add(new NumericDocValuesField(Fields.LINE, LineNumber.of(mark)));
        if (file.conversationId() != null) {
            document.add(new StringField(Fields.CONVERSATION, file.conversationId(), Store.NO));
        }
        if (agent != null) {
            document.add(new StringField(Fields.AGENT, agent, Store.NO));
        }
        if (record.timestamp() != null) {
            long at = record.timestamp().toEpochMilli();
            document.add(new LongPoint(Fields.AT, at));
            document.add(new NumericDocValuesField(Fields.AT, at));
        }
        return document;
    }

    /** A record without an id is the one that stands at its position. */
    private static String key(FilePlace file, KeptLine line, RecordText record) {
        return record.uuid() == null || file.conversationId() == null
                ? "line\n" + file.root() + "\n" + file.path() + "\n" + line.position()
                : "record\n" + file.conversationId() + "\n" + record.uuid();
    }
}
