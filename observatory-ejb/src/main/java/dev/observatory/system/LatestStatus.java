package dev.observatory.system;

import dev.observatory.message.Draft;
import dev.observatory.message.SystemStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/** The status of the system that was told last, for those who come later. Thread-safe. */
@ApplicationScoped
public class LatestStatus {

    private volatile SystemStatus latest;

    /** Empty before anything has been told. */
    public Optional<SystemStatus> latest() {
        return Optional.ofNullable(latest);
    }

    /**
     * Has a status told. It is the latest before that, so that whoever has seen its number is shown nothing older. One is
     * told at a time, so that the last one told is the latest; one that cannot be told is not.
     *
     * @param teller tells a draft; what it throws is passed on
     * @return what the teller returns
     */
    public synchronized <T> T tell(SystemStatus status, Function<Draft, T> teller) {
        SystemStatus before = latest;
        latest = status;
        try {
            return teller.apply(Draft.of(status));
        } catch (RuntimeException untold) {
            latest = before;
            throw untold;
        }
    }
}
