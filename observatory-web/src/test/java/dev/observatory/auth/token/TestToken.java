package dev.observatory.auth.token;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A token in the making. What it is made of is JSON text, so that anything can be put into it. */
final class TestToken {

    /** The time of all verifiers of tests that do not wait for anything. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();
    private String payload;

    /** One that is accepted: of alice, who may read, for an hour. */
    TestToken() {
        header("typ", "\"JWT\"");
        claim("iss", "\"https://id.example\"");
        claim("aud", "\"observatory\"");
        claim("sub", "\"alice\"");
        claim("groups", "[\"read\"]");
        claim("exp", Long.toString(NOW.getEpochSecond() + 3600));
    }

    /** @param json null to leave it out */
    TestToken header(String name, String json) {
        return put(header, name, json);
    }

    /** @param json null to leave it out */
    TestToken claim(String name, String json) {
        return put(claims, name, json);
    }

    private TestToken put(Map<String, String> object, String name, String json) {
        if (json == null) {
            object.remove(name);
        } else {
            object.put(name, json);
        }
        return this;
    }

    /** Instead of claims. */
    TestToken payload(String text) {
        payload = text;
        return this;
    }

    String signed(String algorithm, TestKey key) {
        header.putIfAbsent("alg", "\"" + algorithm + "\"");
        if (key.id() != null) {
            header.putIfAbsent("kid", "\"" + key.id() + "\"");
        }
        String unsigned = unsigned();
        return unsigned + "." + TestKey.encoded(key.sign(algorithm, unsigned));
    }

    String signed(byte[] secret) {
        header.putIfAbsent("alg", "\"HS256\"");
        String unsigned = unsigned();
        return unsigned + "." + TestKey.encoded(TestKey.mac(secret, unsigned));
    }

    String signed(String secret) {
        return signed(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Header and payload, without a point behind them. */
    String unsigned() {
        return TestKey.encoded(json(header)) + "." + TestKey.encoded(payload == null ? json(claims) : payload);
    }

    private static String json(Map<String, String> object) {
        return object.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
