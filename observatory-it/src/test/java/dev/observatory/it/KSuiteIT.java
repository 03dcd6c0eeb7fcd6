package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the classes with tests of K rows take and what is in them. Comes last of all. */
@Order(Integer.MAX_VALUE)
class KSuiteIT {

    private static final Pattern K_ROW = Pattern.compile("([A-Z]\\d+(\\.\\d+)? )*K\\d.*", Pattern.DOTALL);

    @Test
    @DisplayName("K11.1 every class with K rows takes less than 5 s without the server's start, all less than 30 s")
    void isQuick() throws Exception {
        Map<Class<?>, Double> seconds = SuiteClock.seconds();
        seconds.keySet().retainAll(classes());
        assumeTrue(seconds.size() == classes().size(), "SKIPPED: the K classes are measured where all of them are run");

        System.out.println("KSuiteIT: seconds " + seconds);
        assertThat(seconds).allSatisfy((type, time) -> assertThat(time).isLessThan(5));
        assertThat(seconds.values().stream().mapToDouble(Double::doubleValue).sum())
                .isLessThan(30);
    }

    @Test
    @DisplayName("K11.2 every class with K rows has a happy path, three failure cases and a check that all is released")
    void isComplete() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Class<?> type : classes()) {
            List<Method> tests = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(DisplayName.class))
                    .toList();
            softly.assertThat(tests)
                    .as("happy paths in %s", type)
                    .anyMatch(method -> !method.isAnnotationPresent(FailureCases.class));
            softly.assertThat(tests.stream()
                            .filter(method -> method.isAnnotationPresent(FailureCases.class))
                            .mapToInt(method ->
                                    method.getAnnotation(FailureCases.class).value())
                            .sum())
                    .as("failure cases in %s", type)
                    .isGreaterThanOrEqualTo(3);
            softly.assertThat(ServerTest.class.isAssignableFrom(type)
                            || hasMethod(type, method -> method.isAnnotationPresent(AfterEach.class)))
                    .as("a check after each test that all is released, in %s", type)
                    .isTrue();
        }
        softly.assertAll();
    }

    private static List<Class<?>> classes() throws IOException, URISyntaxException {
        Path folder =
                Path.of(KSuiteIT.class.getResource("KSuiteIT.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("IT.class") && !name.equals("KSuiteIT.class"))
                    .<Class<?>>map(KSuiteIT::load)
                    .filter(type -> hasMethod(
                            type,
                            method -> method.isAnnotationPresent(DisplayName.class)
                                    && K_ROW.matcher(method.getAnnotation(DisplayName.class)
                                                    .value())
                                            .matches()))
                    .toList();
        }
    }

    private static boolean hasMethod(Class<?> type, Predicate<Method> wanted) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(wanted);
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName(KSuiteIT.class.getPackageName() + "." + file.replace(".class", ""));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
