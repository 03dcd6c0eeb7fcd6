package dev.observatory.ops;

import dev.observatory.config.Settings;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.hub.HubFigures;
import dev.observatory.message.SystemStatus.Percentiles;
import dev.observatory.system.Component;
import dev.observatory.system.DeliveryReport;
import dev.observatory.system.Diagnosis;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;

/** Whether messages get to the clients, and in time. Its check waits for the delivery loops; they never wait for it. */
@ApplicationScoped
public class DeliveryComponent implements Component, DeliveryReport {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of fewer deliveries in a minute one in a hundred is none: a single client would decide. */
    private static final int ENOUGH_DELIVERIES = 100;

    @Inject
    ConnectionManager manager;

    @Inject
    Lifecycle lifecycle;

    @Inject
    Config config;

    private final RecentDeliveries recent = new RecentDeliveries();
    private Duration maxDelivery;
    private volatile Figures latest;

    @PostConstruct
    void start() {
        maxDelivery = new Settings(config).positiveDuration("observatory.system.max-delivery");
    }

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public Optional<Figures> latest() {
        return Optional.ofNullable(latest);
    }

    /** Does not ask the hub while it begins or ends: that would begin it too early, or wait for loops that are no more. */
    @Override
    public Diagnosis check() {
        if (!lifecycle.isReady()) {
            return nobodyAsked();
        }
        try {
            Figures now = recent.add(answer(manager.figures()), System.nanoTime());
            latest = now;
            return diagnose(now, maxDelivery);
        } catch (TimeoutException e) {
            latest = null;
            return lifecycle.isReady()
                    ? Diagnosis.unavailable("The delivery loops have not answered for " + PATIENCE.toSeconds() + " s")
                    : nobodyAsked();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nobodyAsked();
        }
    }

    private Diagnosis nobodyAsked() {
        latest = null;
        return Diagnosis.ok("the application begins or ends");
    }

    private static HubFigures answer(CompletionStage<HubFigures> answer) throws InterruptedException, TimeoutException {
        try {
            return answer.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a delivery loop cannot count", e);
        }
    }

    static Diagnosis diagnose(Figures figures, Duration maxDelivery) {
        Percentiles took = figures.deliveryMs();
        if (figures.deliveries() >= ENOUGH_DELIVERIES && took.p99() > maxDelivery.toMillis()) {
            return Diagnosis.degraded(
                    "Of " + figures.deliveries() + " deliveries in the last minute one in a hundred took " + took.p99()
                            + " ms or longer, which is more than " + maxDelivery.toMillis());
        }
        StringJoiner remarks = new StringJoiner(", ");
        remarks.add("connections: " + figures.connections());
        if (figures.messagesPerS() != null) {
            remarks.add("messages in a second: " + figures.messagesPerS());
        }
        if (took != null) {
            remarks.add("99 % were delivered within " + took.p99() + " ms");
        }
        return Diagnosis.ok(remarks.toString());
    }
}
