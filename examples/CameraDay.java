import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays a day of a synthetic camera pipeline: reports by REST what cameras, a detector, an analyser and a GPU would, while
 * two clients watch and prove by the numbers of the messages that they have missed nothing.
 *
 * <p>{@code java examples/CameraDay.java [--url http://localhost:8080] [--speed 100] [--hours 24] [--seed 1]
 * [--token <token>]} needs nothing but a JDK, 17 or later. A day at 100 times the speed takes a quarter of an hour. It
 * ends with status 1 when something was missed, or refused.
 */
public final class CameraDay {

    /** What happens in one step of the pipeline, simulated. */
    private static final Duration STEP = Duration.ofSeconds(10);

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final List<String> CAMERAS = List.of("front-door", "driveway", "garden", "garage");

    /** This one is silent from three to six in the morning, and so goes offline. */
    private static final String FRAIL_CAMERA = "garage";

    /** Not HTTP/2, of which Payara keeps every request as long as the connection lives. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Map<String, Long> reported = new TreeMap<>();
    private final URI url;
    private final String token;
    private final double speed;
    private final double hours;
    private final long seed;
    private long refused;

    private CameraDay(Map<String, String> options) {
        url = URI.create(options.getOrDefault("url", "http://localhost:8080").replaceFirst("/?$", "/"));
        token = options.get("token");
        speed = Double.parseDouble(options.getOrDefault("speed", "100"));
        hours = Double.parseDouble(options.getOrDefault("hours", "24"));
        seed = Long.parseLong(options.getOrDefault("seed", "1"));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        System.exit(new CameraDay(options).play() ? 0 : 1);
    }

    /** Whether nothing was missed. */
    private boolean play() throws Exception {
        List<Watcher> watchers = List.of(watch("ws/events"), watch("ws/system"));
        // yesterday, so that nothing is in the future
        Instant day = Instant.now().minus(Duration.ofMillis((long) (hours * 3_600_000)));
        Instant end = Instant.now();
        long begun = System.nanoTime();
        Random random = new Random(seed);
        for (Instant now = day; now.isBefore(end); now = now.plus(STEP)) {
            waitUntil(begun, Duration.between(day, now));
            step(day, now, random);
        }
        boolean isComplete = refused == 0;
        for (Watcher watcher : watchers) {
            isComplete &= watcher.end(reported);
        }
        System.out.printf(
                Locale.ROOT,
                "reported %s in %.1f s; refused %d%n",
                reported,
                (System.nanoTime() - begun) / 1e9,
                refused);
        return isComplete;
    }

    private void waitUntil(long begun, Duration simulated) throws InterruptedException {
        long due = begun + (long) (simulated.toNanos() / speed);
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
    }

    private void step(Instant day, Instant now, Random random) throws IOException, InterruptedException {
        Duration since = Duration.between(day, now);
        double hour = since.toSeconds() / 3600.0;
        // more happens at noon than at midnight
        double liveliness = 0.2 + 0.8 * Math.sin(Math.PI * (hour % 24) / 24);
        StringBuilder detections = new StringBuilder();
        StringBuilder events = new StringBuilder();
        for (String camera : CAMERAS) {
            boolean isSilent = camera.equals(FRAIL_CAMERA) && hour >= 3 && hour < 6;
            if (isSilent) {
                continue;
            }
            if (since.toSeconds() % HEARTBEAT.toSeconds() == 0) {
                post("heartbeat", "api/cameras/" + camera + "/heartbeat", "application/json", "", 1);
            }
            int seen = random.nextDouble() < liveliness ? 1 + random.nextInt(4) : 0;
            for (int i = 0; i < seen; i++) {
                detections.append(detection(camera, now, random)).append('\n');
            }
            if (random.nextDouble() < liveliness / 60) {
                events.append(event(camera, now, random)).append('\n');
            }
        }
        report("detection", "api/detections", detections);
        report("new_event", "api/events", events);
        post("gpu_stats", "api/system/gpu", "application/json", gpu(liveliness, now, random), 1);
    }

    private static String detection(String camera, Instant now, Random random) {
        String[] kinds = {"person", "car", "cat", "dog", "bicycle"};
        return String.format(
                Locale.ROOT,
                "{\"camera_id\":\"%s\",\"object_type\":\"%s\",\"confidence\":%.3f,\"detected_at\":\"%s\","
                        + "\"bbox_x\":%d,\"bbox_y\":%d,\"bbox_width\":%d,\"bbox_height\":%d}",
                camera,
                kinds[random.nextInt(kinds.length)],
                0.5 + random.nextDouble() / 2,
                now.minusMillis(random.nextInt(10_000)),
                random.nextInt(1600),
                random.nextInt(900),
                20 + random.nextInt(300),
                20 + random.nextInt(180));
    }

    private static String event(String camera, Instant now, Random random) {
        // most is harmless
        int risk = (int) (100 * Math.pow(random.nextDouble(), 3));
        String level = risk < 30 ? "low" : risk < 60 ? "medium" : risk < 85 ? "high" : "critical";
        return String.format(
                Locale.ROOT,
                "{\"camera_id\":\"%s\",\"risk_score\":%d,\"risk_level\":\"%s\",\"summary\":\"movement at %s\","
                        + "\"reasoning\":\"a synthetic analysis\",\"started_at\":\"%s\",\"ended_at\":\"%s\"}",
                camera,
                risk,
                level,
                camera,
                now.minusSeconds(20),
                now);
    }

    private static String gpu(double load, Instant now, Random random) {
        return String.format(
                Locale.ROOT,
                "{\"gpu_index\":8,\"gpu_name\":\"synthetic\",\"gpu_utilization\":%d,\"memory_used\":%d,"
                        + "\"memory_total\":%d,\"temperature\":%d,\"inference_fps\":%.1f,\"recorded_at\":\"%s\"}",
                (int) (90 * load + random.nextInt(10)),
                8L << 30,
                16L << 30,
                (int) (40 + 30 * load),
                10 + 20 * load,
                now);
    }

    private void report(String what, String path, StringBuilder lines) throws IOException, InterruptedException {
        if (lines.length() > 0) {
            post(what, path, "application/x-ndjson", lines.toString(), (int) lines.chars().filter(c -> c == '\n').count());
        }
    }

    private void post(String what, String path, String type, String body, int count)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 == 2) {
            reported.merge(what, (long) count, Long::sum);
        } else {
            refused++;
            System.out.println(path + " answered " + response.statusCode() + ": " + response.body());
        }
    }

    private Watcher watch(String path) {
        URI socket = URI.create(url.resolve(path).toString().replaceFirst("^http", "ws"));
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        Watcher watcher = new Watcher(path);
        builder.buildAsync(socket, watcher).join();
        watcher.ready.join();
        return watcher;
    }

    /** Counts what comes of each channel, and notices every number that does not. Thread-safe. */
    private static final class Watcher implements WebSocket.Listener {

        private static final Pattern MESSAGE =
                Pattern.compile("^\\{\"type\":\"([a-z_]+)\",\"channel\":\"([^\"]+)\",\"seq\":(\\d+)");
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        final CompletableFuture<Void> ready = new CompletableFuture<>();

        private final String path;
        private final StringBuilder frame = new StringBuilder();
        private final Map<String, Long> last = new HashMap<>();
        private final Map<String, Long> counts = new TreeMap<>();
        private final List<String> troubles = new ArrayList<>();

        Watcher(String path) {
            this.path = path;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            frame.append(part);
            if (isLast) {
                take(frame.toString());
                frame.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private synchronized void take(String text) {
            Matcher message = MESSAGE.matcher(text);
            if (message.find()) {
                long seq = Long.parseLong(message.group(3));
                Long before = last.put(message.group(2), seq);
                if (before != null && seq != before + 1) {
                    troubles.add(message.group(2) + " went from " + before + " to " + seq);
                }
                counts.merge(message.group(1), 1L, Long::sum);
                notifyAll();
            } else if (text.startsWith("{\"type\":\"snapshot\"")) {
                ready.complete(null);
            } else if (text.startsWith("{\"type\":\"gap\"") || text.startsWith("{\"type\":\"error\"")) {
                troubles.add(text);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            lost("closed with " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            lost(failure.toString());
        }

        private synchronized void lost(String why) {
            troubles.add(why);
            ready.complete(null);
            notifyAll();
        }

        /** Waits for what was reported and belongs here; says what came, and whether nothing is missing. */
        synchronized boolean end(Map<String, Long> reported) throws InterruptedException {
            List<String> types =
                    path.endsWith("events") ? List.of("new_event", "detection") : List.of("gpu_stats");
            long begun = System.nanoTime();
            while (troubles.isEmpty()
                    && System.nanoTime() - begun < PATIENCE.toNanos()
                    && !types.stream().allMatch(type -> count(counts, type) >= count(reported, type))) {
                wait(100);
            }
            types.stream()
                    .filter(type -> count(counts, type) != count(reported, type))
                    .forEach(type -> troubles.add(type + ": " + count(counts, type) + " came"));
            System.out.println(path + " got " + counts + (troubles.isEmpty() ? ", no gap" : ", BUT " + troubles));
            return troubles.isEmpty();
        }

        private static long count(Map<String, Long> counts, String type) {
            return counts.getOrDefault(type, 0L);
        }
    }
}
