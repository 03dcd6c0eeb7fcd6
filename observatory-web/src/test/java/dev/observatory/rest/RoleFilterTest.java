package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.security.Principal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Access to a resource")
class RoleFilterTest {

    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+ /api/[^`?]*)` \\| ([a-z]+) \\|");

    @ParameterizedTest(name = "{displayName}: {0} by {1}: {2}")
    @DisplayName("is for those who have what it needs")
    @CsvSource({
        "OPEN,    '',           true",
        "AUTHENTICATED,   '',           true",
        "READ,    '',           false",
        "READ,    READ,         true",
        "READ,    PUBLISH,      false",
        "READ,    ADMIN,        true",
        "PUBLISH, READ,         false",
        "PUBLISH, PUBLISH,      true",
        "PUBLISH, READ PUBLISH, true",
        "PUBLISH, ADMIN,        true",
        "ADMIN,   READ PUBLISH, false",
        "ADMIN,   ADMIN,        true",
    })
    void granted(Access access, String roles, boolean granted) {
        Set<Role> given = EnumSet.noneOf(Role.class);
        Arrays.stream(roles.split(" ")).filter(role -> !role.isEmpty()).forEach(role -> given.add(Role.valueOf(role)));

        assertThat(access.isGrantedTo(identity(given))).isEqualTo(granted);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is closed to those of whom nobody is known, but where it is open to all")
    void closed(Access access) {
        Principal stranger = () -> "alice";

        assertThat(access.isGrantedTo(RoleFilter.identity(null))).isEqualTo(access == Access.OPEN);
        assertThat(access.isGrantedTo(RoleFilter.identity(stranger))).isEqualTo(access == Access.OPEN);
    }

    @Test
    @DisplayName("is refused with the role that is needed")
    void refusal() {
        assertThat(Access.PUBLISH.refusal()).isEqualTo("this needs the role publish");
        assertThat(Access.ADMIN.refusal()).isEqualTo("this needs the role admin");
        assertThat(Access.AUTHENTICATED.refusal()).doesNotContain("role");
    }

    @Needs(Access.ADMIN)
    private static class Annotated {
        void silent() {}

        @Needs(Access.OPEN)
        void annotated() {}
    }

    /** As a container makes one of a bean. */
    private static final class Derived extends Annotated {}

    private static final class Bare {
        @Needs(Access.AUTHENTICATED)
        void annotated() {}

        void silent() {}
    }

    @Test
    @DisplayName("is what the method says, or else its class, or else the role to read")
    void needed() throws Exception {
        assertThat(needed(Annotated.class, "annotated")).isEqualTo(Access.OPEN);
        assertThat(needed(Annotated.class, "silent")).isEqualTo(Access.ADMIN);
        assertThat(RoleFilter.needed(Annotated.class.getDeclaredMethod("silent"), Derived.class))
                .isEqualTo(Access.ADMIN);
        assertThat(needed(Bare.class, "annotated")).isEqualTo(Access.AUTHENTICATED);
        assertThat(needed(Bare.class, "silent")).isEqualTo(Access.READ);
        assertThat(RoleFilter.needed(null, null)).isEqualTo(Access.READ);
    }

    private static Access needed(Class<?> type, String method) throws Exception {
        return RoleFilter.needed(type.getDeclaredMethod(method), type);
    }

    @Test
    @DisplayName("is what the reference says of each request")
    void documented() throws IOException {
        Map<String, String> needed = new TreeMap<>();
        new ClassFileImporter()
                        .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.observatory.rest", "dev.observatory.ops")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .forEach(type -> addNeeds(type.reflect(), needed));
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(java.nio.file.Path.of("..", "docs", "reference", "rest.md")))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));

        assertThat(needed).containsKeys("GET /api/conversations/{id}", "POST /api/broadcast");
        assertThat(documented).isEqualTo(needed);
    }

    private static void addNeeds(Class<?> type, Map<String, String> needed) {
        for (Method method : type.getDeclaredMethods()) {
            Arrays.stream(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .forEach(verb -> needed.put(
                            verb.value() + " " + path(type, method),
                            RoleFilter.needed(method, type).name().toLowerCase(Locale.ROOT)));
        }
    }

    private static String path(Class<?> type, Method method) {
        Path below = method.getAnnotation(Path.class);
        return "/api/" + type.getAnnotation(Path.class).value() + (below == null ? "" : "/" + below.value());
    }

    private static Identity identity(Set<Role> roles) {
        return new Identity("alice", roles, NamePatterns.ANY, NamePatterns.ANY, Optional.empty());
    }
}
