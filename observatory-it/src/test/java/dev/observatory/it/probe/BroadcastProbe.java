package dev.observatory.it.probe;

import dev.observatory.hub.BroadcastResult;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.journal.UnencodableException;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls the hub as sources and other beans do. */
@Path("probe")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BroadcastProbe {

    @Inject
    ConnectionManager manager;

    @Inject
    JsonEncoder encoder;

    @Inject
    Event<Draft> drafts;

    /** Broadcasts a draft given as JSON and answers what became of it. Without a channel it is for everyone. */
    @POST
    @Path("broadcast")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response broadcast(String body) throws InterruptedException, ExecutionException, TimeoutException {
        BroadcastResult result =
                manager.broadcast(draft(body)).toCompletableFuture().get(60, TimeUnit.SECONDS);
        return Response.ok(encoder.encode(result)).build();
    }

    /** Tells of something by the event that the application's own sources fire. */
    @POST
    @Path("fire")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response fire(String body) {
        drafts.fire(draft(body));
        return Response.noContent().build();
    }

    /** Broadcasts data that has no JSON form. */
    @POST
    @Path("unencodable")
    public Response unencodable() {
        try {
            manager.broadcast(Draft.to(Channel.named("topic:unencodable"), "probe", Map.of("number", Double.NaN)));
            return Response.serverError().build();
        } catch (UnencodableException e) {
            return Response.status(422)
                    .entity(encoder.encode(Map.of("message", e.getMessage())))
                    .build();
        }
    }

    /**
     * Broadcasts from several threads at once; each message says which thread's it is and its number there.
     *
     * @param characters how much text it has besides
     */
    @POST
    @Path("storm")
    public Response storm(
            @QueryParam("channel") String channel,
            @QueryParam("threads") @DefaultValue("4") int threads,
            @QueryParam("count") @DefaultValue("100") int count,
            @QueryParam("characters") @DefaultValue("0") int characters)
            throws InterruptedException {
        String text = "x".repeat(characters);
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int sender = t;
            senders.add(new Thread(() -> {
                for (int i = 0; i < count; i++) {
                    manager.broadcast(Draft.to(
                            Channel.named(channel), "storm", Map.of("sender", sender, "number", i, "text", text)));
                }
            }));
        }
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        return Response.noContent().build();
    }

    /** Sends all clients away, as an operator can. */
    @POST
    @Path("drain")
    public Response drain() {
        manager.drain();
        return Response.noContent().build();
    }

    @GET
    @Path("census")
    public String census() throws InterruptedException, ExecutionException, TimeoutException {
        return encoder.encode(manager.census().toCompletableFuture().get(60, TimeUnit.SECONDS));
    }

    @GET
    @Path("connections")
    public String connections() {
        return encoder.encode(manager.connections());
    }

    private static Draft draft(String body) {
        JsonObject json;
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            json = reader.readObject();
        }
        String type = json.getString("type");
        JsonValue data = json.get("data");
        if (!json.containsKey("channel")) {
            return Draft.toEveryone(type, data);
        }
        Draft draft = Draft.to(Channel.named(json.getString("channel")), type, data);
        List<Channel> views = json.containsKey("views")
                ? json.getJsonArray("views").getValuesAs(JsonString.class).stream()
                        .map(view -> Channel.named(view.getString()))
                        .toList()
                : List.of();
        String key = json.getString("conflation_key", null);
        Duration keptFor = json.containsKey("kept_for") ? Duration.parse(json.getString("kept_for")) : null;
        return new Draft(draft.id(), type, draft.channel(), views, data, key, keptFor);
    }
}
