package dev.observatory.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.SettableClock;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.CameraState;
import dev.observatory.message.CameraStatus;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A camera")
class CamerasTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final SettableClock clock = new SettableClock();
    private final MemoryCameraStore store = new MemoryCameraStore();
    private final List<Draft> drafts = new ArrayList<>();
    private final Cameras cameras = cameras();

    private Cameras cameras() {
        return new Cameras(store, TIMEOUT, 3, clock);
    }

    @Test
    @DisplayName("is known, and online, from its first sign of life")
    void firstSign() {
        Camera camera = cameras.alive("door", drafts::add);

        assertThat(camera).isEqualTo(new Camera("door", null, CameraState.ONLINE, clock.instant(), clock.instant(), 1));
        assertThat(told()).containsExactly(new CameraStatus("door", CameraState.ONLINE, clock.instant()));
        assertThat(drafts.get(0).channel()).isEqualTo(Channel.CAMERAS);
        assertThat(store.cameras()).containsExactly(camera);
    }

    @Test
    @DisplayName("is told once as long as nothing changes, whatever it is seen")
    void noFlood() {
        cameras.alive("door", drafts::add);
        clock.advance(Duration.ofSeconds(10));
        Instant seen = clock.instant();
        store.away(true);

        cameras.alive("door", drafts::add);

        assertThat(drafts).hasSize(1);
        assertThat(cameras.all()).extracting(Camera::lastSeenAt).containsExactly(seen);
    }

    @Test
    @DisplayName("is offline by itself when it has been silent for too long, and online again when it is heard of")
    void silent() {
        Instant seen = clock.instant();
        cameras.alive("door", drafts::add);
        clock.advance(TIMEOUT);
        cameras.expire(drafts::add);
        assertThat(drafts).hasSize(1);

        clock.advance(Duration.ofMillis(1));
        cameras.expire(drafts::add);
        cameras.expire(drafts::add);
        assertThat(told().get(1)).isEqualTo(new CameraStatus("door", CameraState.OFFLINE, seen));
        assertThat(drafts).hasSize(2);

        cameras.alive("door", drafts::add);
        assertThat(told().get(2)).isEqualTo(new CameraStatus("door", CameraState.ONLINE, clock.instant()));
        assertThat(store.cameras()).extracting(Camera::version).containsExactly(3L);
    }

    @Test
    @DisplayName("that is registered is offline until it is heard of, and keeps its name")
    void registered() {
        cameras.put("door", "Front door", null, drafts::add);
        assertThat(told()).containsExactly(new CameraStatus("door", CameraState.OFFLINE, null));

        cameras.alive("door", drafts::add);
        cameras.put("door", "The door", null, drafts::add);

        assertThat(drafts).as("a name is not told").hasSize(2);
        assertThat(cameras.camera("door")).map(Camera::name).contains("The door");
        assertThat(store.cameras()).extracting(Camera::name).containsExactly("The door");
    }

    @Test
    @DisplayName("with an error is so until it says otherwise, or falls silent")
    void error() {
        cameras.put("door", null, CameraState.ERROR, drafts::add);
        cameras.alive("door", drafts::add);
        assertThat(cameras.camera("door")).map(Camera::status).contains(CameraState.ERROR);

        clock.advance(TIMEOUT.plusSeconds(1));
        cameras.expire(drafts::add);
        assertThat(told()).extracting(CameraStatus::status).containsExactly(CameraState.ERROR, CameraState.OFFLINE);
    }

    @Test
    @DisplayName("is known after a restart, and has time to be heard of then")
    void restart() {
        Instant seen = clock.instant();
        cameras.alive("door", drafts::add);
        clock.advance(Duration.ofDays(1));
        Cameras next = cameras();
        next.expire(drafts::add);
        assertThat(drafts).hasSize(1);
        assertThat(next.all()).extracting(Camera::lastSeenAt).containsExactly(seen);

        clock.advance(TIMEOUT.plusSeconds(1));
        next.expire(drafts::add);
        assertThat(told().get(1)).isEqualTo(new CameraStatus("door", CameraState.OFFLINE, seen));
    }

    @Test
    @DisplayName("changes only when that can be kept")
    void storeAway() {
        cameras.alive("door", drafts::add);
        clock.advance(TIMEOUT.plusSeconds(1));
        store.away(true);

        assertThatThrownBy(() -> cameras.expire(drafts::add)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> cameras.alive("yard", drafts::add)).isInstanceOf(StoreUnavailableException.class);
        assertThat(drafts).hasSize(1);
        assertThat(cameras.all()).extracting(Camera::status).containsExactly(CameraState.ONLINE);

        store.away(false);
        cameras.expire(drafts::add);
        assertThat(drafts).hasSize(2);
    }

    @Test
    @DisplayName("too many, or of a name that cannot be, is refused")
    void refused() {
        List.of("a", "b", "c").forEach(id -> cameras.alive(id, drafts::add));

        assertThatThrownBy(() -> cameras.alive("d", drafts::add))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("3 cameras");
        assertThatThrownBy(() -> cameras.put("a b", null, null, drafts::add))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("cameraId");
        cameras.alive("a", drafts::add);
        assertThat(drafts).hasSize(3);
    }

    @Test
    @DisplayName("that somebody else has found out about is told as it is, and known")
    void reported() {
        CameraStatus status = new CameraStatus("door", CameraState.ERROR, clock.instant());
        cameras.report(status, drafts::add);
        cameras.report(status, drafts::add);

        assertThat(told()).containsExactly(status, status);
        assertThat(cameras.all()).extracting(Camera::toStatus).containsExactly(status);
    }

    private List<CameraStatus> told() {
        return drafts.stream().map(draft -> (CameraStatus) draft.data()).toList();
    }
}
