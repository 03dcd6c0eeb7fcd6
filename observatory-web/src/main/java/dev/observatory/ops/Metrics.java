package dev.observatory.ops;

import dev.observatory.hub.ConnectionManager;
import dev.observatory.hub.HubFigures;
import dev.observatory.journal.JournalProducer;
import dev.observatory.watch.TranscriptWatcher;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The registry of metrics: the machine's come from Micrometer, the application's own are taken when somebody asks, so
 * that nothing is paid for them meanwhile. Thread-safe.
 */
@ApplicationScoped
public class Metrics {

    private static final int PATIENCE_S = 5;

    @Inject
    ConnectionManager manager;

    @Inject
    JournalProducer journal;

    @EJB
    TranscriptWatcher watcher;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    @PostConstruct
    void start() {
        gc.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        MultiCollector own = () -> figures().snapshots();
        registry.getPrometheusRegistry().register(own);
    }

    /** Without this the JVM would go on telling an application that is no more of its collections. */
    @PreDestroy
    void stop() {
        gc.close();
        registry.close();
    }

    /**
     * All metrics in the text format of Prometheus, version 0.0.4.
     *
     * @throws ServiceUnavailableException when a delivery loop does not answer in time
     */
    String scrape() {
        return registry.scrape();
    }

    private Figures figures() {
        try {
            HubFigures hub = manager.figures().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
            return new Figures(hub, journal.status(), watcher.status());
        } catch (TimeoutException e) {
            throw new ServiceUnavailableException("the delivery loops are too busy to count", (long) PATIENCE_S, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a delivery loop cannot count", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("the server stops", (long) PATIENCE_S, e);
        }
    }
}
