package dev.observatory.search;

/** What stands in the index for each record. None of it is stored as text: a hit is read from the store again. */
final class Fields {

    /** Changes whenever an older index would find something else, so that it is built anew. */
    static final int FORMAT = 1;

    /** By what a record is told from others: one that comes again replaces the one before. */
    static final String KEY = "key";

    /** All the record says. */
    static final String TEXT = "text";

    static final String CONVERSATION = "conversation";

    /** The sub-agent in whose file it stands; missing in a session's own. */
    static final String AGENT = "agent";

    /** Milliseconds since 1970; missing where the record has no time. */
    static final String AT = "at";

    /** Its {@link LineNumber}: where the line lies in the store. */
    static final String LINE = "line";

    private Fields() {}
}
