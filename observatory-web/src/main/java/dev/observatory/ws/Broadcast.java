package dev.observatory.ws;

import dev.observatory.hub.BroadcastResult;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.message.Draft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Broadcasts the one thing that it is given to tell, and knows how often it was sent. Confined to the caller's thread. */
final class Broadcast implements Consumer<Draft> {

    private final ConnectionManager manager;
    private CompletionStage<Integer> sends = CompletableFuture.completedFuture(0);

    Broadcast(ConnectionManager manager) {
        this.manager = manager;
    }

    @Override
    public void accept(Draft draft) {
        sends = manager.broadcast(draft).thenApply(BroadcastResult::delivered);
    }

    /** The number of sends that succeeded, once the last of them has ended. */
    CompletionStage<Integer> sends() {
        return sends;
    }
}
