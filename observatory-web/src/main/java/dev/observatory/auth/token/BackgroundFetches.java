package dev.observatory.auth.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Somebody else's executor as the library wants it: it is not ours to shut down, and when it takes nothing (a server that
 * stops, or that has too much to do) then the token that happened to ask is not to suffer for it. As thread-safe as that.
 */
final class BackgroundFetches extends AbstractExecutorService {

    private static final Logger LOG = System.getLogger(BackgroundFetches.class.getName());

    private final Executor executor;

    BackgroundFetches(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable fetch) {
        try {
            executor.execute(fetch);
        } catch (RejectedExecutionException e) {
            // they are fetched by whoever needs them, once they are too old
            LOG.log(Level.DEBUG, "the keys for tokens are not fetched in the background", e);
        }
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
