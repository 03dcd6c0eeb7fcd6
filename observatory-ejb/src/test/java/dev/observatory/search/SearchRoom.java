package dev.observatory.search;

import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.ReadTurn;
import dev.observatory.search.Following.Outcome;
import dev.observatory.store.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;

/** A store in H2 and the index that follows it, without a thread of its own. */
final class SearchRoom implements AutoCloseable {

    static final int CHARACTERS = 1 << 16;

    private final Analyzer analyzer = new TranscriptAnalyzer();
    private final Path folder;
    private final Map<String, Long> positions = new HashMap<>();
    private int indexes;

    final TestStore store;
    Following following;

    SearchRoom(Path folder) {
        this.folder = folder;
        store = new TestStore(folder);
        open(CHARACTERS);
    }

    Path indexFolder() {
        return folder.resolve("search" + indexes);
    }

    /** Keeps lines of a file as one turn of reading, and nothing more. */
    void keep(String conversationId, String path, String... lines) {
        List<KeptLine> kept = new ArrayList<>();
        for (String line : lines) {
            long position = positions.merge(path, 1L, Long::sum);
            kept.add(new KeptLine(position, line.getBytes(StandardCharsets.UTF_8), 0));
        }
        keepLines(conversationId, path, kept);
    }

    void keepLines(String conversationId, String path, List<KeptLine> lines) {
        FilePlace place = new FilePlace(
                "/root", path, conversationId, null, 1, Lines.TIME, 1, 1, 1, positions.getOrDefault(path, 1L), 0);
        store.conversations().keep(new ReadTurn(place, lines, List.of(), List.of(), List.of(), Map.of()));
    }

    /** Begins a file anew. */
    void replace(String path) {
        positions.remove(path);
    }

    /** Keeps lines in the conversation's own file, and lets them be found. */
    void say(String conversationId, String... lines) {
        keep(conversationId, "project/" + conversationId + ".jsonl", lines);
        follow();
    }

    /** Adds all that is new. */
    void follow() {
        Outcome outcome = Outcome.MORE;
        while (outcome == Outcome.MORE) {
            outcome = following.step();
        }
        if (outcome == Outcome.TROUBLE) {
            throw new IllegalStateException("The index cannot be kept up");
        }
        following.refresh();
    }

    /** As when the process is stopped and started again. */
    void restart() {
        following.close();
        open(CHARACTERS);
    }

    /** As when the process is killed and started again: the files are as they were left at some moment. */
    void restartKilled() {
        try {
            Path left = indexFolder();
            indexes++;
            if (Files.exists(left)) {
                copy(left, indexFolder());
            }
            following.abandon();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open(CHARACTERS);
    }

    /** As when the process is stopped, the index deleted, and the process started again. */
    void restartWithoutIndex() {
        following.close();
        indexes++;
        open(CHARACTERS);
    }

    void open(int characters) {
        following = new Following(
                store.segments(), new SearchConfig(new IndexFolder(Optional.of(indexFolder())), characters), analyzer);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    SearchPage search(SearchRequest request) {
        try {
            SearchIndex index = following.index();
            long behind = following.behind();
            IndexSearcher searcher = index.acquire();
            try {
                return new IndexSearch(store.segments(), analyzer, CHARACTERS).search(searcher, request, behind);
            } finally {
                index.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The uuids of what is found, the best first. */
    List<String> find(String text) {
        return uuids(search(request(text)));
    }

    static List<String> uuids(SearchPage page) {
        return page.hits().stream().map(SearchHit::uuid).toList();
    }

    static SearchRequest request(String text) {
        return new SearchRequest(text, null, null, null, null, SearchOrder.RELEVANCE, 100, null);
    }

    static SearchRequest in(String text, Collection<String> conversations) {
        return new SearchRequest(text, conversations, null, null, null, SearchOrder.RELEVANCE, 100, null);
    }

    static SearchRequest of(String text, String agent) {
        return new SearchRequest(text, null, agent, null, null, SearchOrder.RELEVANCE, 100, null);
    }

    static SearchRequest between(String text, Instant since, Instant until) {
        return new SearchRequest(text, null, null, since, until, SearchOrder.RELEVANCE, 100, null);
    }

    static SearchRequest page(String text, SearchOrder order, int limit, SearchPosition after) {
        return new SearchRequest(text, null, null, null, null, order, limit, after);
    }

    @Override
    public void close() {
        following.close();
        store.close();
    }
}
