package dev.observatory.it;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SampleTranscriptsIT extends ServerTest {

    @Test
    @DisplayName("every figure that REST shows of real transcripts is what an independent reader found")
    void figures() throws Exception {
        SampleTranscripts samples = SampleTranscripts.find();
        long seed = new Random().nextLong();
        System.out.println("SampleTranscriptsIT: seed " + seed);

        samples.inPieces(Server.watched(), new Random(seed)).appendAll();

        samples.await(server);
    }
}
