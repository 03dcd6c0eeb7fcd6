package dev.observatory.rest;

import dev.observatory.audit.AuditLine;
import dev.observatory.camera.RefusedException;
import dev.observatory.journal.JsonEncoder;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** Takes what a pipeline reports, each request once. Thread-safe. */
@ApplicationScoped
public class Ingest {

    /** JSON objects, one on each line. */
    static final String NDJSON = "application/x-ndjson";

    private static final int MAX_KEY = 200;

    @Inject
    Config config;

    @Inject
    JsonEncoder encoder;

    private IngestLimits limits;
    private FieldReader reader;
    private RecentAnswers<String> answers;

    @PostConstruct
    void start() {
        limits = IngestLimits.from(config);
        reader = new FieldReader(limits.maxItems(), limits.maxText());
        answers = new RecentAnswers<>(limits.idempotency(), limits.idempotencyKeys(), System::nanoTime);
    }

    /** Being called starts it with the application, so that a wrong setting stops the deployment. */
    void deployed(@Observes @Initialized(ApplicationScoped.class) Object application) {}

    /**
     * Who reports, and how.
     *
     * @param what names the kind of thing, for the audit log and to tell apart what idempotency keys are for
     * @param user whose idempotency keys they are
     * @param idempotencyKey null when there is none
     */
    record Request(String what, String user, String idempotencyKey, MediaType type) {

        boolean isLines() {
            return type != null && type.toString().startsWith(NDJSON);
        }
    }

    IngestLimits limits() {
        return limits;
    }

    /** One object. */
    Fields object(InputStream body) throws IOException {
        return reader.object(bytes(body));
    }

    /**
     * Takes one thing or many, all or nothing.
     *
     * @param reading makes one of its fields
     * @param taking takes them all
     * @return the answer: the id of one, or those of many
     */
    <T> String take(
            Request request,
            InputStream body,
            Function<Fields, T> reading,
            Function<T, String> id,
            Consumer<List<T>> taking)
            throws IOException {
        byte[] bytes = bytes(body);
        return once(request, bytes, () -> {
            List<Fields> all = request.isLines() ? reader.lines(bytes) : List.of(reader.object(bytes));
            List<T> things = all.stream().map(reading).toList();
            refusing(all, () -> {
                taking.accept(things);
                return things;
            });
            audit(request, things.size());
            List<String> ids = things.stream().map(id).toList();
            return encoder.encode(request.isLines() ? Map.of("ids", ids) : Map.of("id", ids.get(0)));
        });
    }

    private byte[] bytes(InputStream body) throws IOException {
        return BoundedBody.read(
                body, limits.maxBodyBytes(), "a request has at most " + limits.maxBodyBytes() + " bytes");
    }

    private String once(Request request, byte[] bytes, Supplier<String> taking) {
        String key = request.idempotencyKey();
        if (key == null) {
            return taking.get();
        }
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw new InvalidParameterException("Idempotency-Key", "Idempotency-Key has 1 to 200 characters");
        }
        return answers.firstOr(
                request.what() + '\n' + request.user() + '\n' + key, request.isLines() + Fingerprint.of(bytes), taking);
    }

    /** What is refused is told by the name of its field. */
    static <T> T refusing(List<Fields> all, Supplier<T> taking) {
        try {
            return taking.get();
        } catch (RefusedException e) {
            String field = all.get(e.index()).place() + Fields.nameOf(e.component());
            throw new InvalidParameterException(
                    e.isConflict() ? Status.CONFLICT : Status.BAD_REQUEST, field, field + " " + e.requirement());
        }
    }

    private static void audit(Request request, int count) {
        AuditLine.of("published")
                .with("by", request.user())
                .with("type", request.what())
                .with("count", count)
                .log();
    }
}
