package dev.observatory.gpu;

import dev.observatory.message.GpuStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The answer of {@code nvidia-smi --query-gpu=}{@value #COLUMNS} {@code --format=csv,noheader,nounits}: a line for each
 * GPU, memory in MiB. Nothing in it is quoted, so a name with commas looks like more columns; the four numbers are
 * therefore counted from the right. Immutable.
 *
 * @param gpus each index once, by index
 * @param unreadableLines how many lines are of no such form, or of a GPU that had one before
 */
record CsvAnswer(List<GpuReading> gpus, int unreadableLines) {

    static final String COLUMNS = "index,name,utilization.gpu,memory.used,memory.total,temperature.gpu";

    /** A number, or what stands for none: {@code [N/A]}, {@code [Not Supported]}, {@code [Unknown Error]} … */
    private static final Pattern VALUE = Pattern.compile("-?[0-9]{1,9}|\\[[^\\[\\]]*]|N/A");

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,3}");

    /** The driver's own limit (NVML_DEVICE_NAME_V2_BUFFER_SIZE), in bytes there. */
    private static final int MAX_NAME_LENGTH = 96;

    private static final int NUMBERS = 4;
    private static final long BYTES_PER_MIB = 1L << 20;

    CsvAnswer {
        gpus = List.copyOf(gpus);
    }

    /** Reads whatever the program has written. */
    static CsvAnswer read(String text) {
        TreeMap<Integer, GpuReading> gpus = new TreeMap<>();
        int unreadable = 0;
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            Optional<GpuReading> gpu = gpu(line);
            if (gpu.isEmpty() || gpus.putIfAbsent(gpu.get().index(), gpu.get()) != null) {
                unreadable++;
            }
        }
        return new CsvAnswer(new ArrayList<>(gpus.values()), unreadable);
    }

    private static Optional<GpuReading> gpu(String line) {
        List<String> columns =
                Arrays.stream(line.split(",", -1)).map(String::strip).toList();
        int afterName = columns.size() - NUMBERS;
        if (afterName < 2) {
            return Optional.empty();
        }
        List<String> numbers = columns.subList(afterName, columns.size());
        String name = line.substring(line.indexOf(',') + 1, endOfName(line)).strip();
        if (!isIndex(columns.get(0))
                || !isName(name)
                || !numbers.stream().allMatch(number -> VALUE.matcher(number).matches())) {
            return Optional.empty();
        }
        return Optional.of(gpu(Integer.parseInt(columns.get(0)), isAbsent(name) ? null : name, numbers));
    }

    private static int endOfName(String line) {
        int end = line.length();
        for (int comma = 0; comma < NUMBERS; comma++) {
            end = line.lastIndexOf(',', end - 1);
        }
        return end;
    }

    private static GpuReading gpu(int index, String name, List<String> numbers) {
        Long utilization = number(numbers.get(0), 0, GpuStats.MAX_UTILIZATION);
        Long used = number(numbers.get(1), 0, Long.MAX_VALUE);
        Long total = number(numbers.get(2), 1, Long.MAX_VALUE);
        Long temperature = number(numbers.get(3), GpuStats.MIN_TEMPERATURE, GpuStats.MAX_TEMPERATURE);
        // one of the two is wrong, and nobody can say which
        boolean contradict = used != null && total != null && used > total;
        return new GpuReading(
                index,
                name,
                utilization == null ? null : utilization.intValue(),
                used == null || contradict ? null : Long.valueOf(used * BYTES_PER_MIB),
                total == null || contradict ? null : Long.valueOf(total * BYTES_PER_MIB),
                temperature == null ? null : temperature.intValue());
    }

    private static boolean isIndex(String column) {
        return INDEX.matcher(column).matches() && Integer.parseInt(column) <= GpuStats.MAX_INDEX;
    }

    private static boolean isName(String name) {
        return name.length() <= MAX_NAME_LENGTH && name.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isAbsent(String column) {
        return column.isEmpty() || column.equals("N/A") || column.startsWith("[");
    }

    /** Null when it is absent, or out of the range of what can be. */
    private static Long number(String column, long least, long most) {
        if (isAbsent(column)) {
            return null;
        }
        long number = Long.parseLong(column);
        return number < least || number > most ? null : number;
    }
}
