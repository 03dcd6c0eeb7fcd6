package dev.observatory.transcript;

import java.util.regex.Pattern;

/** How a conversation's id is made of its session's name. */
public final class ConversationId {

    /** Longest id, in characters: with its prefix it fits into the name of a channel. */
    public static final int MAX_LENGTH = 180;

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9_.-]{1," + MAX_LENGTH + "}");
    private static final Pattern UNFIT_CHARACTER = Pattern.compile("[^A-Za-z0-9_.-]");

    private ConversationId() {}

    /**
     * The session's name itself where it fits {@code [A-Za-z0-9_.-]{1,180}}. Any other name is cut, its unfit characters
     * become {@code -}, and {@code -} with the {@link ShortHash} of the whole name keeps similar names apart.
     */
    public static String of(String sessionName) {
        return FIT.matcher(sessionName).matches() ? sessionName : fitted(sessionName);
    }

    private static String fitted(String name) {
        String fit = UNFIT_CHARACTER.matcher(name).replaceAll("-");
        String head = fit.substring(0, Math.min(fit.length(), MAX_LENGTH - ShortHash.LENGTH - 1));
        return head + "-" + ShortHash.of(name);
    }
}
