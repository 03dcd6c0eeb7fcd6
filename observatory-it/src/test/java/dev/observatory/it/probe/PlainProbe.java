package dev.observatory.it.probe;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** Has the plain endpoint broadcast. */
@Path("probe/plain")
@RequestScoped
public class PlainProbe {

    /** @param characters the length of each message */
    @POST
    public Response broadcast(@QueryParam("count") int count, @QueryParam("characters") int characters) {
        String text = "x".repeat(characters);
        for (int i = 0; i < count; i++) {
            PlainEndpoint.broadcast(text);
        }
        return Response.noContent().build();
    }
}
