package dev.observatory.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/**
 * One thing that can be asked for below {@code /api}, as the description of it tells (OpenAPI).
 *
 * @param path with the names of parameters in braces
 * @param parameters of the query
 * @param mediaTypes of an answer that is no problem
 */
record ApiOperation(String method, String path, boolean takesBody, List<String> parameters, Set<String> mediaTypes) {

    /** All that a description lists. */
    static List<ApiOperation> all(String yaml) {
        List<ApiOperation> all = new ArrayList<>();
        members(members(new Yaml().load(yaml)).get("paths"))
                .forEach((path, methods) -> members(methods)
                        .forEach((method, described) -> all.add(of(method.toUpperCase(), path, members(described)))));
        return all;
    }

    private static ApiOperation of(String method, String path, Map<String, Object> described) {
        List<String> parameters = new ArrayList<>();
        if (described.get("parameters") instanceof List<?> list) {
            for (Object each : list) {
                Map<String, Object> parameter = members(each);
                if ("query".equals(parameter.get("in"))) {
                    parameters.add(parameter.get("name").toString());
                }
            }
        }
        Set<String> mediaTypes = new TreeSet<>();
        members(described.get("responses"))
                .values()
                .forEach(response -> mediaTypes.addAll(
                        members(members(response).get("content")).keySet()));
        return new ApiOperation(method, path, described.containsKey("requestBody"), parameters, mediaTypes);
    }

    private static Map<String, Object> members(Object object) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put(name.toString(), value));
        }
        return members;
    }

    boolean hasPathParameter() {
        return path.contains("{");
    }

    /** Its address with something in place of each parameter of the path. */
    String address(String value) {
        // not as a pattern, which what is put in would have to be fit for
        StringBuilder address = new StringBuilder();
        for (String part : path.split("(?=\\{)|(?<=})")) {
            address.append(part.startsWith("{") ? value : part);
        }
        return address.toString();
    }
}
