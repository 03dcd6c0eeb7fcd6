package dev.observatory.redaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Finds the literals of all rules in one pass, whatever their case: an automaton after Aho and Corasick (1975), unrolled
 * into a table, so that each character costs two look-ups and nothing else. Immutable.
 *
 * <p>A walk begins in state {@value #START} and goes on by {@link #next}. Where {@link #ends} says so, literals end.
 */
final class Triggers {

    /** A literal that ends here: its rule, and its length in characters. */
    record Hit(int rule, int length) {}

    static final int START = 0;

    private static final int BYTES = 256;

    /** Of a character, by its code: those that no literal holds are all of class 0. */
    private final byte[] classes = new byte[BYTES];

    /** How many classes there are. */
    private final int width;

    /** State and class to the next state. A state's name is its place in here. */
    private final int[] table;

    /** The first state at which a literal ends; they all come last. */
    private final int firstEnd;

    private final Hit[][] hits;

    Triggers(List<Rule> rules) {
        width = classify(rules);
        List<Node> nodes = trie(rules);
        List<Node> ordered = new ArrayList<>(nodes);
        ordered.sort(Comparator.comparing((Node node) -> !node.hits.isEmpty()));
        for (int i = 0; i < ordered.size(); i++) {
            ordered.get(i).state = i * width;
        }
        table = new int[ordered.size() * width];
        for (Node node : ordered) {
            for (int c = 0; c < width; c++) {
                table[node.state + c] = node.next[c].state;
            }
        }
        hits = ordered.stream().map(Node::sortedHits).toArray(Hit[][]::new);
        firstEnd = width
                * (int) ordered.stream().filter(node -> node.hits.isEmpty()).count();
    }

    /** The state after one more character or byte. */
    int next(int state, int character) {
        return table[state + (character < BYTES ? classes[character] : 0)];
    }

    boolean ends(int state) {
        return state >= firstEnd;
    }

    /** The literals that end there, the longest first, and of the same length in the order of the rules. */
    Hit[] hits(int state) {
        return hits[state / width];
    }

    private int classify(List<Rule> rules) {
        int count = 1;
        for (Rule rule : rules) {
            for (char c :
                    String.join("", rule.literals()).toLowerCase(Locale.ROOT).toCharArray()) {
                if (classes[c] == 0) {
                    classes[c] = (byte) count;
                    classes[Character.toUpperCase(c)] = (byte) count;
                    count++;
                }
            }
        }
        return count;
    }

    private List<Node> trie(List<Rule> rules) {
        List<Node> nodes = new ArrayList<>();
        Node root = new Node(width);
        nodes.add(root);
        for (int i = 0; i < rules.size(); i++) {
            for (String literal : rules.get(i).literals()) {
                Node node = root;
                for (char c : literal.toCharArray()) {
                    node = node.child(classes[c], nodes);
                }
                node.hits.add(new Hit(i, literal.length()));
            }
        }
        link(root);
        return nodes;
    }

    /** Gives every node the steps that it lacks: those of the longest other beginning that its own end is. */
    private static void link(Node root) {
        Deque<Node> queue = new ArrayDeque<>();
        for (int c = 0; c < root.next.length; c++) {
            if (root.next[c] == null) {
                root.next[c] = root;
            } else {
                root.next[c].fallback = root;
                queue.add(root.next[c]);
            }
        }
        while (!queue.isEmpty()) {
            Node node = queue.remove();
            node.hits.addAll(node.fallback.hits);
            for (int c = 0; c < node.next.length; c++) {
                Node other = node.fallback.next[c];
                if (node.next[c] == null) {
                    node.next[c] = other;
                } else {
                    node.next[c].fallback = other;
                    queue.add(node.next[c]);
                }
            }
        }
    }

    /** A beginning of a literal. Confined to the constructor. */
    private static final class Node {

        private final Node[] next;
        private final List<Hit> hits = new ArrayList<>(0);
        private Node fallback;
        private int state;

        Node(int width) {
            next = new Node[width];
        }

        Node child(int c, List<Node> nodes) {
            if (next[c] == null) {
                next[c] = new Node(next.length);
                nodes.add(next[c]);
            }
            return next[c];
        }

        Hit[] sortedHits() {
            Hit[] sorted = hits.toArray(Hit[]::new);
            Arrays.sort(sorted, Comparator.comparingInt(Hit::length).reversed().thenComparingInt(Hit::rule));
            return sorted;
        }
    }
}
