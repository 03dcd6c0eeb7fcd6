package dev.observatory.export;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/** Markdown as a reader's program understands it. */
final class Document {

    private final Node root;

    Document(String markdown, boolean withTables) {
        Parser.Builder parser = Parser.builder();
        if (withTables) {
            parser.extensions(List.of(TablesExtension.create()));
        }
        root = parser.build().parse(markdown);
    }

    /** What the document consists of, without what is within. */
    List<Node> parts() {
        return children(root);
    }

    /** All nodes of a kind, at any depth, in their order. */
    <T extends Node> List<T> all(Class<T> kind) {
        List<T> found = new ArrayList<>();
        collect(root, kind, found);
        return found;
    }

    private static <T extends Node> void collect(Node node, Class<T> kind, List<T> found) {
        if (kind.isInstance(node)) {
            found.add(kind.cast(node));
        }
        children(node).forEach(child -> collect(child, kind, found));
    }

    private static List<Node> children(Node node) {
        List<Node> children = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }
}
