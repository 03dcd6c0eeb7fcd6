package dev.observatory.transcript;

import java.util.List;

/**
 * What a {@link TranscriptRecord} leaves out or cuts. Immutable.
 *
 * @param parentUuid the record that this one follows, null where there is none
 * @param blocks the whole content of its message, empty where it has none
 */
public record RecordDetail(String parentUuid, List<DetailBlock> blocks) {

    public RecordDetail {
        blocks = List.copyOf(blocks);
    }
}
