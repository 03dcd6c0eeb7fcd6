package dev.observatory.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request as far as access looks at it; to ask it for anything else is a mistake. */
final class FakeRequest {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> parameters = new TreeMap<>();
    private String method = "GET";
    private String path = "/api/status";
    private String query;
    private String address = "127.0.0.1";
    private String containerUser;
    private List<String> containerRoles = List.of();

    static FakeRequest get(String path) {
        FakeRequest request = new FakeRequest();
        request.path = path;
        return request.header("Host", "localhost:8080");
    }

    static FakeRequest handshake() {
        return get("/ws").upgrade();
    }

    FakeRequest upgrade() {
        return header("Upgrade", "WebSocket");
    }

    FakeRequest method(String name) {
        method = name;
        return this;
    }

    FakeRequest header(String name, String value) {
        headers.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        return this;
    }

    FakeRequest without(String name) {
        headers.remove(name);
        return this;
    }

    FakeRequest parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    FakeRequest query(String text) {
        query = text;
        return this;
    }

    FakeRequest from(String remote) {
        address = remote;
        return this;
    }

    FakeRequest by(String user, String... roles) {
        containerUser = user;
        containerRoles = List.of(roles);
        return this;
    }

    HttpServletRequest build() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> answer(called.getName(), arguments));
    }

    private Object answer(String called, Object[] arguments) {
        return switch (called) {
            case "getHeader" -> first(arguments);
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault((String) arguments[0], List.of()));
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getMethod" -> method;
            case "getParameter" -> parameters.get((String) arguments[0]);
            case "getQueryString" -> query;
            case "getRequestURI" -> path;
            case "getContextPath" -> "";
            case "getRemoteAddr" -> address;
            case "getUserPrincipal" -> containerUser == null ? null : (java.security.Principal) () -> containerUser;
            case "isUserInRole" -> containerRoles.contains(((String) arguments[0]).toLowerCase(Locale.ROOT));
            default -> throw new UnsupportedOperationException(called);
        };
    }

    private String first(Object[] arguments) {
        return headers.getOrDefault((String) arguments[0], List.of()).stream()
                .findFirst()
                .orElse(null);
    }
}
