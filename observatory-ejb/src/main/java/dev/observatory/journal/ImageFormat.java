package dev.observatory.journal;

import dev.observatory.message.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a journal's memory stands in the store between two runs. */
final class ImageFormat {

    private ImageFormat() {}

    static byte[] write(JournalImage image) {
        DataWriter out = new DataWriter();
        out.all(image.numbers().seqs().entrySet(), (to, seq) -> {
            to.text(seq.getKey().name());
            to.number(seq.getValue());
        });
        NumbersWindow window = image.numbers().window();
        out.all(image.numbers().forgottenAfter(-1), (to, last) -> {
            MessageFormat.writeAddress(to, last.address());
            to.number(last.pos());
            to.number(last.seq());
        });
        writeNumbers(out, window);
        out.all(image.kept(), MessageFormat::writeMessage);
        out.all(image.ousted().entrySet(), (to, ousted) -> {
            MessageFormat.writeAddress(to, ousted.getKey());
            to.all(ousted.getValue(), ImageFormat::writeOusted);
        });
        out.number(image.promised().from());
        out.number(image.promised().to());
        out.all(image.blocks(), (to, block) -> {
            to.number(block.last());
            to.number(block.count());
            to.number(block.bytes());
            to.time(block.newest());
        });
        return out.end();
    }

    private static void writeOusted(DataWriter out, Ousted ousted) {
        out.number(ousted.fromSeq());
        out.number(ousted.toSeq());
        out.number(ousted.toPos());
        out.number(ousted.count());
        out.time(ousted.expiresAt());
    }

    /** Each address once, then of each message its address, number and size. */
    private static void writeNumbers(DataWriter out, NumbersWindow window) {
        Map<Address, Integer> addresses = new LinkedHashMap<>();
        window.forEachAfter(
                0, address -> true, numbered -> addresses.putIfAbsent(numbered.address(), addresses.size()));
        out.all(addresses.keySet(), MessageFormat::writeAddress);
        out.number(window.floor());
        out.number(window.pos());
        window.forEachAfter(0, address -> true, numbered -> {
            out.number(addresses.get(numbered.address()));
            out.number(numbered.seq());
            out.number(numbered.size());
        });
    }

    /**
     * @param maxNumbers of how many messages the numbers are remembered from now on
     * @throws IllegalStateException when the data is damaged, or of a format that is not known
     */
    static JournalImage read(byte[] data, int maxNumbers) {
        return DataReader.read(data, in -> {
            Map<Channel, Long> seqs = new HashMap<>();
            in.all(entry -> seqs.put(Channel.named(entry.text()), entry.number()));
            List<Forgotten> forgotten =
                    in.all(last -> new Forgotten(MessageFormat.readAddress(last), last.number(), last.number()));
            Numbers numbers = readNumbers(in, maxNumbers, seqs, forgotten);
            return new JournalImage(
                    numbers,
                    in.all(MessageFormat::readMessage),
                    readOusted(in),
                    new PosRange(in.number(), in.number()),
                    in.all(block -> new BlockMark(
                            block.number(), Math.toIntExact(block.number()), block.number(), block.time())));
        });
    }

    private static Map<Address, List<Ousted>> readOusted(DataReader in) throws IOException {
        Map<Address, List<Ousted>> ousted = new HashMap<>();
        in.all(entry -> {
            Address address = MessageFormat.readAddress(entry);
            return ousted.put(
                    address,
                    entry.all(range -> new Ousted(
                            address.channel(),
                            range.number(),
                            range.number(),
                            range.number(),
                            range.number(),
                            range.time())));
        });
        return ousted;
    }

    private static Numbers readNumbers(DataReader in, int max, Map<Channel, Long> seqs, List<Forgotten> forgotten)
            throws IOException {
        List<Address> addresses = new ArrayList<>(in.all(MessageFormat::readAddress));
        long floor = in.number();
        long pos = in.number();
        Numbers numbers = new Numbers(max, floor, seqs, forgotten);
        for (long next = floor + 1; next <= pos; next++) {
            Address address = addresses.get(Math.toIntExact(in.number()));
            numbers.restore(address, in.number(), Math.toIntExact(in.number()));
        }
        return numbers;
    }
}
