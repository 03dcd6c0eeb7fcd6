package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.observatory.message.Alert.Severity;
import dev.observatory.message.CameraState;
import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.HealthStatus;
import dev.observatory.message.RiskLevel;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The description of /api")
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

    @Test
    @DisplayName("has every resource, with names as they are written")
    void complete() throws IOException {
        String description = description();
        Set<String> paths = new TreeSet<>();
        new ClassFileImporter()
                .importPackages("dev.observatory.rest", "dev.observatory.ops").stream()
                        .filter(resource -> resource.isAnnotatedWith(Path.class))
                        .forEach(resource -> operations(resource).forEach(method -> paths.add(path(resource, method))));

        assertThat(paths)
                .contains("/api/conversations/{id}")
                .allSatisfy(path -> assertThat(description).contains("\n  " + path + ":\n"));
        assertThat(description).contains("message_count:").doesNotContain("messageCount");
        assertThat(description).doesNotContain("items: {}").doesNotContainPattern("\n *- [A-Z]+\n");
        assertThat(count("type: object\n(?! *(additionalP|p)roperties:)", description))
                .as("objects of which nothing is told: a transcript's records, and those of packages not scanned")
                .isEqualTo(1);
        for (Enum<?>[] constants : List.of(
                ConversationState.values(),
                Change.values(),
                Severity.values(),
                CameraState.values(),
                HealthStatus.values(),
                RiskLevel.values())) {
            String written = Stream.of(constants)
                    .map(constant -> " *- " + constant.name().toLowerCase(Locale.ROOT) + "\n")
                    .collect(Collectors.joining());
            assertThat(description).containsPattern("enum:\n" + written);
        }
    }

    @Test
    @DisplayName("tells of every operation what it does and what failure looks like")
    void told() throws IOException {
        String description = description();
        int operations = count("\n    (get|post|put|delete|patch):\n", description);

        assertThat(operations).isPositive();
        assertThat(count("\n      summary: ", description)).isEqualTo(operations);
        assertThat(count("#/components/responses/Problem", description)).isEqualTo(operations);
    }

    private static List<JavaMethod> operations(JavaClass resource) {
        return resource.getMethods().stream()
                .filter(method -> method.getAnnotations().stream()
                        .anyMatch(annotation ->
                                METHODS.contains(annotation.getRawType().getSimpleName())))
                .filter(method -> !method.tryGetAnnotationOfType(Operation.class)
                        .map(Operation::hidden)
                        .orElse(false))
                .toList();
    }

    private static String path(JavaClass resource, JavaMethod method) {
        return "/api/" + resource.getAnnotationOfType(Path.class).value()
                + method.tryGetAnnotationOfType(Path.class)
                        .map(path -> "/" + path.value())
                        .orElse("");
    }

    private static int count(String pattern, String text) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    private static String description() throws IOException {
        try (InputStream file = Api.class.getResourceAsStream("openapi.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
