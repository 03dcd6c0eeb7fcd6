package dev.observatory.journal;

import dev.observatory.message.Channel;
import java.util.List;

/** Which address an asker wants. The same address always gets the same answer while it is asked. */
@FunctionalInterface
public interface Interest {

    /**
     * Whether what has this address is wanted.
     *
     * @param channel the home channel
     * @param views the further channels whose subscribers receive it
     */
    boolean wants(Channel channel, List<Channel> views);
}
