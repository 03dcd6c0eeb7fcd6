package dev.observatory.transcript;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A transcript file as its path tells: whose it is, and where. Immutable; nothing is read to make one.
 *
 * @param root the watched folder
 * @param path the file relative to {@code root}, with {@code /} between its parts
 * @param projectDirectory the folder right below the root, which is Claude Code's lossy encoding of a working
 *     directory; the root's own name for a file that lies in the root itself
 * @param conversationId null for a {@link Kind#LEGACY_AGENT}, whose records tell it
 * @param agentId null for a {@link Kind#SESSION}
 */
public record TranscriptLocation(
        Kind kind, Path root, String path, String projectDirectory, String conversationId, String agentId) {

    /** What a transcript file holds. */
    public enum Kind {
        /** {@code <encoded cwd>/<session>.jsonl}; folders in between occur in old versions. */
        SESSION,
        /** {@code <session>/subagents/agent-<id>.jsonl}, or deeper below {@code subagents} for the agents of a workflow. */
        AGENT,
        /** {@code agent-<id>.jsonl} beside the sessions, as older versions had it. */
        LEGACY_AGENT
    }

    private static final String SUFFIX = ".jsonl";
    private static final String AGENT_PREFIX = "agent-";
    private static final String AGENTS_FOLDER = "subagents";
    private static final Set<String> SIDE_FOLDERS = Set.of("tool-results", "memory");

    /**
     * Judges a file by its path.
     *
     * @param file a path below {@code root}
     * @return empty when the file is no transcript
     */
    public static Optional<TranscriptLocation> of(Path root, Path file) {
        if (!file.startsWith(root) || file.equals(root)) {
            return Optional.empty();
        }
        String path =
                root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
        String[] parts = path.split("/");
        String name = parts[parts.length - 1];
        if (!name.endsWith(SUFFIX) || name.length() == SUFFIX.length() || inSideFolder(parts)) {
            return Optional.empty();
        }
        return of(root, path, parts, name.substring(0, name.length() - SUFFIX.length()));
    }

    /** The folder right below the root is never a side folder: it may be called anything. */
    private static boolean inSideFolder(String[] parts) {
        for (int i = 1; i < parts.length - 1; i++) {
            if (SIDE_FOLDERS.contains(parts[i])) {
                return true;
            }
        }
        return false;
    }

    private static Optional<TranscriptLocation> of(Path root, String path, String[] parts, String stem) {
        int folder = agentsFolder(parts);
        boolean named = stem.startsWith(AGENT_PREFIX) && stem.length() > AGENT_PREFIX.length();
        String agentId = named ? stem.substring(AGENT_PREFIX.length()) : null;
        if (folder < 0) {
            String directory = projectDirectory(root, parts, parts.length - 1);
            return Optional.of(
                    named
                            ? new TranscriptLocation(Kind.LEGACY_AGENT, root, path, directory, null, agentId)
                            : new TranscriptLocation(
                                    Kind.SESSION, root, path, directory, ConversationId.of(stem), null));
        }
        if (!named) {
            return Optional.empty();
        }
        String directory = projectDirectory(root, parts, folder - 1);
        String conversation = ConversationId.of(parts[folder - 1]);
        return Optional.of(new TranscriptLocation(Kind.AGENT, root, path, directory, conversation, agentId));
    }

    private static int agentsFolder(String[] parts) {
        for (int i = 1; i < parts.length - 1; i++) {
            if (parts[i].equals(AGENTS_FOLDER)) {
                return i;
            }
        }
        return -1;
    }

    private static String projectDirectory(Path root, String[] parts, int session) {
        if (session > 0) {
            return parts[0];
        }
        Path name = root.getFileName();
        return name == null ? root.toString() : name.toString();
    }
}
