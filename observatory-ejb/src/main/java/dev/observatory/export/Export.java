package dev.observatory.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * A conversation as one text in UTF-8. Used once, by one thread.
 *
 * <p>A part must not pass for the whole. Servers end an answer in good order also when writing it has failed; so an
 * export either says beforehand how long it is, or has an end of its own.
 */
public sealed interface Export permits JsonLinesExport, MarkdownExport {

    /** In bytes; empty where only writing it shows. */
    OptionalLong length();

    /**
     * Writes all of it, record by record; nothing is held back.
     *
     * @throws IOException when it cannot be written
     * @throws dev.observatory.conversation.StoreUnavailableException when it cannot be read to its end
     */
    void writeTo(OutputStream out) throws IOException;

    /** What is to stand where the text broke off; empty where its length tells that. */
    String brokenOff();
}
