package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** How messages and drafts stand in the store. */
final class MessageFormat {

    private MessageFormat() {}

    static byte[] write(List<Message> messages) {
        DataWriter out = new DataWriter();
        out.all(messages, MessageFormat::writeMessage);
        return out.end();
    }

    /** @throws IllegalStateException when the data is damaged, or of a format that is not known */
    static List<Message> read(byte[] data) {
        return DataReader.read(data, in -> in.all(MessageFormat::readMessage));
    }

    static byte[] writeDraft(EncodedDraft draft) {
        DataWriter out = new DataWriter();
        out.text(draft.id());
        out.text(draft.type());
        writeAddress(out, draft.address());
        out.time(draft.at());
        out.json(draft.data());
        out.text(draft.conflationKey());
        out.time(draft.expiresAt());
        return out.end();
    }

    /** @throws IllegalStateException when the data is damaged, or of a format that is not known */
    static EncodedDraft readDraft(byte[] data) {
        return DataReader.read(data, in -> {
            String id = in.text();
            String type = in.text();
            Address address = readAddress(in);
            return new EncodedDraft(
                    id, type, address.channel(), address.views(), in.time(), in.json(), in.text(), in.time());
        });
    }

    static void writeMessage(DataWriter out, Message message) {
        out.text(message.draftId());
        out.text(message.type());
        writeAddress(out, Address.of(message));
        out.number(message.seq());
        out.number(message.pos());
        out.time(message.timestamp());
        out.json(message.json());
        out.text(message.conflationKey());
        out.number(message.expiresAt() == null ? 0 : 1);
        if (message.expiresAt() != null) {
            out.time(message.expiresAt());
        }
    }

    static Message readMessage(DataReader in) throws IOException {
        String draftId = in.text();
        String type = in.text();
        Address address = readAddress(in);
        long seq = in.number();
        long pos = in.number();
        Instant timestamp = in.time();
        String json = in.json();
        int size = json.getBytes(StandardCharsets.UTF_8).length;
        String conflationKey = in.text();
        Instant expiresAt = in.number() == 0 ? null : in.time();
        return new Message(
                draftId,
                type,
                address.channel(),
                address.views(),
                seq,
                pos,
                timestamp,
                json,
                size,
                conflationKey,
                expiresAt);
    }

    static void writeAddress(DataWriter out, Address address) {
        out.text(address.channel().name());
        out.all(address.views(), (to, view) -> to.text(view.name()));
    }

    static Address readAddress(DataReader in) throws IOException {
        Channel channel = Channel.named(in.text());
        return new Address(channel, in.all(view -> Channel.named(view.text())));
    }
}
