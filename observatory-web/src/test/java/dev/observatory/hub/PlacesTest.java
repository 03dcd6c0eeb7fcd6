package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.observatory.hub.Admission.Reason;
import dev.observatory.hub.Admission.Refusal;
import dev.observatory.hub.ConnectionLimits.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Places")
class PlacesTest {

    private static final Runnable NOTHING = () -> {};

    /** Nanoseconds; moved by tests. */
    private long now;

    @Test
    @DisplayName("are refused beyond the node's limit, and are there again when a connection has ended")
    void limitTheNode() {
        Places places = places(2, 0, Policy.EVICT_OLDEST);
        Place first = reserve(places, "ann");
        places.take(first, NOTHING);
        reserve(places, "bob");

        assertThat(refusal(places, "cid").reason()).isEqualTo(Reason.NODE_LIMIT);
        assertThat(refusal(places, "cid").retryAfter()).isPositive();
        places.giveBack(first);
        reserve(places, "cid");
        assertThat(places.count()).isEqualTo(2);
    }

    @Test
    @DisplayName("are refused beyond a user's limit, handshakes under way included, and not to others")
    void limitTheUser() {
        Places places = places(10, 2, Policy.REJECT);
        Place first = reserve(places, "ann");
        places.take(reserve(places, "ann"), NOTHING);

        assertThat(refusal(places, "ann").reason()).isEqualTo(Reason.USER_LIMIT);
        reserve(places, "bob");
        places.cancel(first);
        reserve(places, "ann");
        assertThat(places.surplus("ann")).isEmpty();
    }

    @Test
    @DisplayName("are made by the user's oldest connections where newer ones push them out")
    void evictTheOldest() {
        Places places = places(10, 2, Policy.EVICT_OLDEST);
        List<String> ended = new ArrayList<>();
        for (String name : List.of("1", "2", "3", "4")) {
            places.take(reserve(places, "ann"), () -> ended.add(name));
            places.surplus("ann").forEach(Runnable::run);
        }
        places.take(reserve(places, "bob"), () -> ended.add("bob"));
        places.surplus("bob").forEach(Runnable::run);

        assertThat(ended).containsExactly("1", "2");
        assertThat(places.count()).as("until they are gone they count").isEqualTo(5);
    }

    @Test
    @DisplayName("are not held for handshakes that died")
    void expire() {
        Places places = places(1, 0, Policy.REJECT);
        Place lost = reserve(places, "ann");
        now += Duration.ofSeconds(29).toNanos();
        refusal(places, "bob");
        now += Duration.ofSeconds(2).toNanos();

        Place next = reserve(places, "bob");

        assertThat(places.take(lost, NOTHING)).isPresent();
        places.giveBack(next);
        assertThat(places.take(lost, NOTHING)).isEmpty();
        assertThat(places.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("are looked for when a connection is open that has reserved none")
    void withoutReservation() {
        Places places = places(1, 0, Policy.REJECT);

        assertThat(places.take(new Place("ann"), NOTHING)).isEmpty();
        assertThat(places.take(new Place("ann"), NOTHING))
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NODE_LIMIT));
        assertThat(places.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("that are taken are not cancelled, and none is given back twice")
    void countOnce() {
        Places places = places(3, 0, Policy.REJECT);
        Place place = reserve(places, "ann");
        places.take(place, NOTHING);
        places.cancel(place);
        assertThat(places.count()).isEqualTo(1);
        places.giveBack(place);
        places.giveBack(place);
        places.cancel(place);

        assertThat(places.count()).isZero();
        assertThat(places.users()).isZero();
    }

    @Test
    @DisplayName("are given to so many handshakes a second")
    void limitTheRate() {
        Places places = new Places(new ConnectionLimits(100, 0, Policy.REJECT, 2), now);
        for (int i = 0; i < 4; i++) {
            reserve(places, "ann");
        }

        assertThat(refusal(places, "ann").reason()).isEqualTo(Reason.HANDSHAKE_RATE);
        now += Duration.ofSeconds(1).toNanos();
        reserve(places, "ann");
        reserve(places, "ann");
        assertThat(refusal(places, "ann").reason()).isEqualTo(Reason.HANDSHAKE_RATE);
    }

    @Test
    @DisplayName("are never more than the limit when many ask at once, and all are back at the end")
    void underLoad() throws Exception {
        Places places = places(10, 4, Policy.REJECT);
        CyclicBarrier together = new CyclicBarrier(4);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Integer>> highest = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            highest.add(pool.submit(() -> {
                together.await(10, TimeUnit.SECONDS);
                return churn(places, random);
            }));
        }
        for (Future<Integer> seen : highest) {
            assertThat(seen.get(30, TimeUnit.SECONDS)).isLessThanOrEqualTo(10);
        }
        pool.shutdown();

        assertThat(places.count()).isZero();
        assertThat(places.users()).isZero();
    }

    /** Comes and goes; returns the highest count that was seen. */
    private static int churn(Places places, Random random) {
        List<Place> mine = new ArrayList<>();
        int highest = 0;
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(2) == 0 && places.reserve("u" + random.nextInt(4), 0) instanceof Place place) {
                if (random.nextInt(4) == 0) {
                    places.cancel(place);
                } else {
                    places.take(place, NOTHING);
                    mine.add(place);
                }
            } else if (!mine.isEmpty()) {
                places.giveBack(mine.remove(random.nextInt(mine.size())));
            }
            highest = Math.max(highest, places.count());
        }
        mine.forEach(places::giveBack);
        return highest;
    }

    @Test
    @DisplayName("have limits that make sense, or the setting is named")
    void settings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionLimits(0, 0, Policy.REJECT, 1))
                .withMessageContaining("observatory.connections.max ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionLimits(1, -1, Policy.REJECT, 1))
                .withMessageContaining("observatory.connections.max-per-user");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionLimits(1, 0, Policy.REJECT, 0))
                .withMessageContaining("observatory.connections.handshakes-per-second");
    }

    private Places places(int max, int maxPerUser, Policy policy) {
        return new Places(new ConnectionLimits(max, maxPerUser, policy, 1_000_000), now);
    }

    private Place reserve(Places places, String user) {
        Admission admission = places.reserve(user, now);
        assertThat(admission).isInstanceOf(Place.class);
        return (Place) admission;
    }

    private Refusal refusal(Places places, String user) {
        Admission admission = places.reserve(user, now);
        assertThat(admission).isInstanceOf(Refusal.class);
        return (Refusal) admission;
    }
}
