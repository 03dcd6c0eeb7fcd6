package dev.observatory.it.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a server answers to a request that was written by hand, which can be one that no proper client would send.
 *
 * @param status 0 when the server has ended the connection without an answer
 * @param headers by their names in lower case
 */
public record RawHttp(int status, Map<String, List<String>> headers, String body) {

    private static final int PATIENCE_MS = 60_000;

    /**
     * Sends a request on a connection of its own.
     *
     * @param server any address there
     * @param line such as {@code GET / HTTP/1.1}
     * @param body without one where it is empty
     * @param headers as {@code Name: value}; the host is added where there is none
     */
    public static RawHttp send(URI server, String line, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(line).append("\r\nConnection: close\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: localhost:").append(server.getPort()).append("\r\n");
        }
        List.of(headers).forEach(header -> request.append(header).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            request.append("Content-Length: ").append(content.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(content);
        return send(server, bytes.toByteArray());
    }

    /** Sends bytes that may be no request at all. */
    public static RawHttp send(URI server, byte[] request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.getInputStream().transferTo(answer);
            } catch (SocketException reset) {
                // it does not read to the end what it does not want; what it has said before that counts
            }
            return parsed(answer.toByteArray());
        }
    }

    /** The values of a header. */
    public List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Of the body, without parameters; empty where nothing is said. */
    public String mediaType() {
        return all("content-type").stream()
                .map(type -> type.split(";")[0].strip())
                .findFirst()
                .orElse("");
    }

    private static RawHttp parsed(byte[] answer) throws IOException {
        InputStream in = new ByteArrayInputStream(answer);
        String[] status = line(in).split(" ");
        if (status.length < 2) {
            return new RawHttp(0, Map.of(), "");
        }
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        Map<String, List<String>> headers = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.mapping(
                                line -> line.substring(line.indexOf(':') + 1).strip(), Collectors.toList())));
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        return new RawHttp(
                Integer.parseInt(status[1]),
                headers,
                new String(chunked ? unchunked(in) : in.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static byte[] unchunked(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String size = line(in); !size.isEmpty() && !size.equals("0"); size = line(in)) {
            body.writeBytes(in.readNBytes(Integer.parseInt(size, 16)));
            line(in);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
