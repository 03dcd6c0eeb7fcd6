package dev.observatory.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.simple.SimpleQueryParser;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/**
 * Reads what somebody is looking for: words that all occur, {@code "phrases"}, {@code prefixes*}, and {@code -without}.
 * Whatever else is typed is text. An identifier stands for its parts, which all occur. Thread-safe.
 */
final class QueryReader {

    /** Most characters of a query. */
    static final int MAX_CHARACTERS = 400;

    /** Most words of a query; an identifier that only capitals divide is one. */
    static final int MAX_WORDS = 64;

    /** Fewest characters of a prefix: one would stand for a tenth of all words there are. */
    static final int MIN_PREFIX = 2;

    private static final int OPERATORS = SimpleQueryParser.NOT_OPERATOR
            | SimpleQueryParser.PHRASE_OPERATOR
            | SimpleQueryParser.PREFIX_OPERATOR
            | SimpleQueryParser.WHITESPACE_OPERATOR;

    private final Analyzer analyzer;

    QueryReader(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** @throws InvalidQueryException when it is too long, or has no word that is to occur */
    Query read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidQueryException("q has more than " + MAX_CHARACTERS + " characters");
        }
        Parser parser = new Parser(analyzer);
        Query query = parser.parse(text);
        if (parser.words > MAX_WORDS) {
            throw new InvalidQueryException("q has more than " + MAX_WORDS + " words");
        }
        if (!wantsSomething(query)) {
            throw new InvalidQueryException("q has no word that is to occur");
        }
        return query;
    }

    private static boolean wantsSomething(Query query) {
        boolean[] found = {false};
        // what must not occur is not visited
        query.visit(new QueryVisitor() {
            @Override
            public void consumeTerms(Query part, Term... terms) {
                found[0] = true;
            }

            @Override
            public void consumeTermsMatching(Query part, String field, Supplier<ByteRunAutomaton> terms) {
                found[0] = true;
            }
        });
        return found[0];
    }

    private static final class Parser extends SimpleQueryParser {

        private int words;

        Parser(Analyzer analyzer) {
            super(analyzer, Map.of(Fields.TEXT, 1f), OPERATORS);
            setDefaultOperator(Occur.MUST);
        }

        @Override
        protected Query newDefaultQuery(String text) {
            words += wordsOf(text, false).size();
            return super.newDefaultQuery(text);
        }

        /** With all identifiers as they are, or all taken apart; each by itself would be twice as many phrases each time. */
        @Override
        protected Query newPhraseQuery(String text, int slop) {
            List<String> whole = wordsOf(text, false);
            words += whole.size();
            if (whole.isEmpty()) {
                return null;
            }
            List<String> divided = wordsOf(text, true);
            return whole.equals(divided)
                    ? phrase(whole)
                    : new BooleanQuery.Builder()
                            .add(phrase(whole), Occur.SHOULD)
                            .add(phrase(divided), Occur.SHOULD)
                            .build();
        }

        private static Query phrase(List<String> words) {
            return new PhraseQuery(Fields.TEXT, words.toArray(String[]::new));
        }

        /** Of several words the last is a prefix: {@code dev/observatory/Conv*}. */
        @Override
        protected Query newPrefixQuery(String text) {
            List<String> whole = wordsOf(text, false);
            words += whole.size();
            if (whole.isEmpty()) {
                return null;
            }
            String last = whole.get(whole.size() - 1);
            if (last.length() < MIN_PREFIX) {
                throw new InvalidQueryException(
                        "q has a prefix of less than " + MIN_PREFIX + " characters: " + last + "*");
            }
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            whole.subList(0, whole.size() - 1)
                    .forEach(word -> query.add(new TermQuery(new Term(Fields.TEXT, word)), Occur.MUST));
            return query.add(new PrefixQuery(new Term(Fields.TEXT, last)), Occur.MUST)
                    .build();
        }

        /** @param isDivided whether words are taken apart that only capitals divide */
        private List<String> wordsOf(String text, boolean isDivided) {
            List<String> found = new ArrayList<>();
            try (TokenStream tokens = getAnalyzer().tokenStream(Fields.TEXT, text)) {
                CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
                PositionLengthAttribute length = tokens.addAttribute(PositionLengthAttribute.class);
                tokens.reset();
                int unwanted = 0;
                while (tokens.incrementToken()) {
                    int parts = length.getPositionLength();
                    if (unwanted > 0) {
                        unwanted--;
                    } else if (parts == 1 || !isDivided) {
                        found.add(term.toString());
                        unwanted = parts == 1 ? 0 : parts;
                    }
                }
                tokens.end();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return found;
        }
    }
}
