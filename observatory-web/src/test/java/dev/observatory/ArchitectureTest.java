package dev.observatory;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The architecture")
class ArchitectureTest {

    private static JavaClasses observatory;

    @BeforeAll
    static void read() {
        observatory = new ClassFileImporter()
                .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.observatory");
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is checked with the classes of all modules")
    @ValueSource(
            strings = {
                "message",
                "protocol",
                "journal",
                "redaction",
                "transcript",
                "pricing",
                "conversation",
                "watch",
                "store",
                "export",
                "search",
                "gpu",
                "alert",
                "camera",
                "system",
                "hub",
                "ws",
                "audit",
                "auth",
                "auth.token",
                "rest",
                "ops"
            })
    void isChecked(String room) {
        assertThat(observatory.stream().map(JavaClass::getPackageName)).contains("dev.observatory." + room);
    }

    @Test
    @DisplayName("knows the WebSocket API in ws alone")
    void keepsWebSocketInWs() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.observatory.ws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.websocket.."));
    }

    @Test
    @DisplayName("knows JAX-RS in rest and ops alone")
    void keepsRestInRest() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.observatory.rest..", "dev.observatory.ops..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs.."));
    }

    @Test
    @DisplayName("knows JSON libraries only where text is read or written")
    void keepsJsonAtTheEdges() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.observatory.transcript..",
                        "dev.observatory.journal..",
                        "dev.observatory.wire..",
                        "dev.observatory.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.json..", "com.fasterxml.."));
    }

    @Test
    @DisplayName("has a vocabulary that depends on nothing but Java")
    void keepsTheVocabularyPure() {
        check(classes()
                .that()
                .resideInAnyPackage("dev.observatory.message..", "dev.observatory.protocol..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.observatory.message..", "dev.observatory.protocol.."));
    }

    @ParameterizedTest(name = "{displayName}: {0} does not know {1}")
    @DisplayName("leads one way")
    @CsvSource({
        "redaction, transcript",
        "redaction, conversation",
        "transcript, conversation",
        "transcript, watch",
        "transcript, pricing",
        "transcript, redaction",
        "pricing, conversation",
        "pricing, watch",
        "conversation, watch",
        "conversation, search",
        "watch, search",
        "transcript, search",
        "search, watch",
        "conversation, system",
        "watch, system",
        "store, system",
        "gpu, system",
        "gpu, journal",
        "gpu, alert",
        "gpu, camera",
        "conversation, alert",
        "conversation, camera",
        "watch, alert",
        "watch, camera",
        "alert, system",
        "alert, camera",
        "alert, gpu",
        "camera, system",
        "camera, gpu",
        "camera, watch",
        "journal, transcript",
        "journal, conversation",
        "journal, watch",
        "wire, hub",
        "hub, transcript",
        "hub, conversation",
        "hub, watch",
        "hub, snapshot",
        "hub, rest",
        "hub, ops",
        "auth, hub",
        "auth, wire",
        "auth, rest",
        "auth, conversation",
    })
    void leadsOneWay(String room, String other) {
        check(noClasses()
                .that()
                .resideInAPackage("dev.observatory." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.observatory." + other + ".."));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("keeps what finds things out from knowing who is told")
    @ValueSource(
            strings = {
                "message",
                "protocol",
                "journal",
                "redaction",
                "transcript",
                "pricing",
                "conversation",
                "watch",
                "store",
                "export",
                "search",
                "gpu",
                "alert",
                "camera",
                "system",
                "demo"
            })
    void keepsSourcesFromTheWeb(String room) {
        check(noClasses()
                .that()
                .resideInAPackage("dev.observatory." + room + "..")
                .should()
                .dependOnClassesThat(are(resideInAnyPackage(
                        "dev.observatory.wire..",
                        "dev.observatory.hub..",
                        "dev.observatory.ws..",
                        "dev.observatory.rest..",
                        "dev.observatory.snapshot..",
                        "dev.observatory.auth..",
                        "dev.observatory.ops.."))));
    }

    @Test
    @DisplayName("lets nobody depend on ws")
    void letsNobodyDependOnWs() {
        check(noClasses()
                .that(are(not(resideInAPackage("dev.observatory.ws.."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.observatory.ws.."));
    }

    @Test
    @DisplayName("lets nobody depend on store")
    void letsNobodyDependOnStore() {
        check(noClasses()
                .that(are(not(resideInAPackage("dev.observatory.store.."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.observatory.store.."));
    }

    @Test
    @DisplayName("knows databases in store alone")
    void keepsSqlInStore() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.observatory.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..", "org.h2.."));
    }

    @Test
    @DisplayName("knows Lucene in search alone")
    void keepsLuceneInSearch() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.observatory.search..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene.."));
    }

    @Test
    @DisplayName("knows Micrometer and Prometheus in ops alone")
    void keepsMetricsInOps() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.observatory.ops..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus.."));
    }

    @Test
    @DisplayName("knows how tokens are signed in auth.token alone")
    void keepsTokensInTheirRoom() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.observatory.auth.token..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.nimbusds.."));
    }

    @Test
    @DisplayName("reads tokens without knowing requests")
    void keepsRequestsFromTokens() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.observatory.auth.token..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "dev.observatory.auth"));
    }

    @Test
    @DisplayName("delivers without knowing how requests are let in")
    void keepsRequestsFromTheHub() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.observatory.hub..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "dev.observatory.auth"));
    }

    @Test
    @DisplayName("shows to REST what the caller may see of the catalog, and nothing past that")
    void keepsTheCatalogFromResources() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.observatory.rest..", "dev.observatory.ops..")
                .and()
                .doNotHaveSimpleName("VisibleCatalog")
                // says of a conversation that it is known, and nothing else, to those who may report what it does
                .and()
                .doNotHaveSimpleName("HooksResource")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("ConversationCatalog"));
    }

    @Test
    @DisplayName("has no circle between rooms")
    void hasNoCircles() {
        check(slices().matching("dev.observatory.(*)..").should().beFreeOfCycles());
    }

    @Test
    @DisplayName("has no class with a name that says nothing")
    void hasNoEmptyNames() {
        check(noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Impl|Service|Processor|Base)"));
    }

    @Test
    @DisplayName("has no class that writes to the console past the log")
    void doesNotPrint() {
        check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(observatory);
    }
}
