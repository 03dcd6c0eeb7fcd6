package dev.observatory.conversation;

import java.util.List;

/**
 * Lines of one file that were kept together.
 *
 * @param number rises in the order in which segments are kept, and is never given twice; above zero
 * @param place of the file as it is now, with its conversation if that is known by now
 * @param lines in the file's order, at least one
 */
public record KeptSegment(long number, FilePlace place, List<KeptLine> lines) {

    public KeptSegment {
        lines = List.copyOf(lines);
    }
}
