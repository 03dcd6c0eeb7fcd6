package dev.observatory.conversation;

import dev.observatory.transcript.ShortHash;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes a project: the working directory of its sessions. Immutable.
 *
 * <p>Claude Code names its folders after working directories, but every character outside {@code [A-Za-z0-9]} became
 * {@code -}: such a name cannot be decoded and serves only as a guess, until a record shows the directory.
 *
 * @param path a working directory, or a folder's name
 * @param guess whether it is only a folder's name
 * @param id a readable part made of the name, and a hash of the path; fits into a channel's name
 */
record ProjectPath(String path, boolean guess, String id) {

    private static final int MAX_SLUG = 60;
    private static final Pattern SEPARATORS_AT_END = Pattern.compile("(?<=[^/\\\\])[/\\\\]+$");
    private static final Pattern UNFIT = Pattern.compile("[^a-z0-9]+");

    /**
     * Worktrees beside their repository. A hidden folder such as {@code .claude-worktrees} holds those of many
     * repositories and so tells no project.
     */
    private static final Pattern BESIDE = Pattern.compile("(.*?[/\\\\](?!\\.)[^/\\\\]+?)-worktrees[/\\\\].+");

    private static final Pattern INSIDE = Pattern.compile("(.+?)[/\\\\]\\.claude[/\\\\]worktrees[/\\\\].+");

    /** The project of sessions that ran in that directory; the git worktrees of one repository are one project. */
    static ProjectPath ofWorkingDirectory(String cwd) {
        String path = repository(repository(SEPARATORS_AT_END.matcher(cwd).replaceFirst(""), BESIDE), INSIDE);
        return new ProjectPath(path, false, id(path));
    }

    static ProjectPath guessedFrom(String projectDirectory) {
        return new ProjectPath(projectDirectory, true, id(projectDirectory));
    }

    private static String repository(String path, Pattern worktree) {
        Matcher matcher = worktree.matcher(path);
        return matcher.matches() ? matcher.group(1) : path;
    }

    /** The last part of the path. */
    String name() {
        return name(path);
    }

    private static String name(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.isEmpty() ? path : name;
    }

    private static String id(String path) {
        String slug = UNFIT.matcher(name(path).toLowerCase(Locale.ROOT)).replaceAll("-");
        slug = slug.startsWith("-") ? slug.substring(1) : slug;
        slug = slug.substring(0, Math.min(slug.length(), MAX_SLUG));
        slug = slug.endsWith("-") ? slug.substring(0, slug.length() - 1) : slug;
        return (slug.isEmpty() ? "project" : slug) + "-" + ShortHash.of(path);
    }
}
