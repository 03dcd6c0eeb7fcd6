package dev.observatory.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.observatory.hub.ConnectionManager;
import dev.observatory.hub.HubFigures;
import dev.observatory.message.SystemStatus.Percentiles;
import dev.observatory.system.DeliveryReport.Figures;
import dev.observatory.system.Diagnosis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The delivery")
class DeliveryComponentTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Diagnosis UNASKED = Diagnosis.ok("the application begins or ends");

    private final FakeHub hub = new FakeHub();
    private final DeliveryComponent component = new DeliveryComponent();
    private final Lifecycle lifecycle = new Lifecycle();
    private Supplier<CompletionStage<HubFigures>> answer = () -> CompletableFuture.completedFuture(hub.figures());

    DeliveryComponentTest() {
        component.lifecycle = lifecycle;
        component.manager = new ConnectionManager() {
            @Override
            public CompletionStage<HubFigures> figures() {
                return answer.get();
            }
        };
    }

    @Test
    @DisplayName("is degraded when of 100 deliveries one in a hundred takes longer than it may, and of fewer it is not")
    void isDegraded() {
        assertThat(diagnosis(100, 1000))
                .isEqualTo(Diagnosis.ok(
                        "connections: 2, messages in a second: 0.5, 99 % were delivered within 1000.0 ms"));
        assertThat(diagnosis(100, 1000.001))
                .isEqualTo(Diagnosis.degraded("Of 100 deliveries in the last minute one in a hundred took 1000.001 ms"
                        + " or longer, which is more than 1000"));
        assertThat(diagnosis(99, 10_000).status()).isEqualTo(Diagnosis.ok(null).status());
        assertThat(DeliveryComponent.diagnose(new Figures(2, null, 0, null), SECOND))
                .isEqualTo(Diagnosis.ok("connections: 2"));
    }

    @Test
    @DisplayName("is not asked of a hub that has not begun, or ends")
    void isNotAskedTooEarly() {
        answer = () -> {
            throw new AssertionError("asked");
        };
        assertThat(component.check()).isEqualTo(UNASKED);
        assertThat(component.latest()).isEmpty();

        lifecycle.started(null);
        lifecycle.stopping(null);
        assertThat(component.check()).isEqualTo(UNASKED);
    }

    @Test
    @DisplayName("has the figures of the last check, until the loops do not answer: then it is unavailable")
    void isUnavailable() {
        lifecycle.started(null);
        hub.connections = 4;
        assertThat(component.check()).isEqualTo(Diagnosis.ok("connections: 4"));
        assertThat(component.latest()).contains(new Figures(4, null, 0, null));

        answer = NoAnswer::new;
        assertThat(component.check()).isEqualTo(Diagnosis.unavailable("The delivery loops have not answered for 5 s"));
        assertThat(component.latest()).isEmpty();
    }

    @Test
    @DisplayName("is no trouble when the loops do not answer because the application ends")
    void ends() {
        lifecycle.started(null);
        answer = () -> {
            lifecycle.stopping(null);
            return new NoAnswer();
        };

        assertThat(component.check()).isEqualTo(UNASKED);
    }

    @Test
    @DisplayName("has a check that fails when a loop cannot count")
    void fails() {
        lifecycle.started(null);
        answer = () -> CompletableFuture.failedFuture(new IllegalArgumentException("on purpose"));

        assertThatIllegalStateException().isThrownBy(component::check).withStackTraceContaining("on purpose");
    }

    private static Diagnosis diagnosis(long deliveries, double p99) {
        return DeliveryComponent.diagnose(new Figures(2, 0.5, deliveries, new Percentiles(1, 2, p99)), SECOND);
    }

    /** Of which nobody needs to wait until it does not come. */
    private static final class NoAnswer extends CompletableFuture<HubFigures> {

        @Override
        public HubFigures get(long timeout, TimeUnit unit) throws TimeoutException {
            throw new TimeoutException();
        }
    }
}
