package io.backhaul;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.backhaul.backup.SignedUrl;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DESIGN's layout, held by the byte code: imports go down one order, libraries stay in their package. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.backhaul");

    /** What each package may import of ours; it may always import itself. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("backup", List.of()),
            Map.entry("config", List.of("backup")),
            Map.entry("provider", List.of("backup", "config")),
            Map.entry("catalog", List.of("backup", "config")),
            Map.entry("transfer", List.of("backup", "config")),
            Map.entry("archive", List.of("backup", "config")),
            Map.entry("pipeline", List.of("backup", "config", "provider", "catalog", "transfer", "archive")),
            Map.entry("schedule", List.of("backup", "config", "pipeline")),
            Map.entry(
                    "ops",
                    List.of("backup", "config", "provider", "catalog", "transfer", "archive", "pipeline", "schedule")),
            Map.entry("simulator", List.of()));

    /** Libraries and the packages that may touch them; JSON is a contract of several, so Jackson has several. */
    private static final Map<String, List<String>> LIBRARY_HOME = Map.ofEntries(
            Map.entry("okhttp3..", List.of("provider", "transfer")),
            Map.entry("okio..", List.of("provider", "transfer")),
            Map.entry("io.github.bucket4j..", List.of("provider")),
            Map.entry("tools.jackson.dataformat.yaml..", List.of("config")),
            Map.entry("org.snakeyaml..", List.of("config")),
            Map.entry("tools.jackson..", List.of("config", "provider", "archive", "ops", "cli", "simulator")),
            Map.entry("org.jdbi..", List.of("catalog")),
            Map.entry("com.zaxxer..", List.of("catalog")),
            Map.entry("org.flywaydb..", List.of("catalog")),
            Map.entry("org.postgresql..", List.of("catalog")),
            Map.entry("java.sql..", List.of("catalog", "schedule")),
            Map.entry("org.apache.commons.compress..", List.of("catalog")),
            Map.entry("org.quartz..", List.of("schedule")),
            Map.entry("io.micrometer..", List.of("ops", "app")),
            Map.entry("ch.qos.logback..", List.of("ops")),
            Map.entry("io.javalin..", List.of("ops", "simulator")),
            Map.entry("picocli..", List.of("cli")));

    static Stream<Map.Entry<String, List<String>>> packages() {
        return MAY_IMPORT.entrySet().stream();
    }

    static Stream<Map.Entry<String, List<String>>> libraries() {
        return LIBRARY_HOME.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsGoDownTheOrderOnly(Map.Entry<String, List<String>> rule) {
        var allowed = Stream.concat(Stream.of(rule.getKey()), rule.getValue().stream())
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(inside(rule.getKey())))
                .should()
                .dependOnClassesThat(resideInAPackage("io.backhaul..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void librariesStayInTheirPackages(Map.Entry<String, List<String>> rule) {
        var homes = rule.getValue().stream().map(ArchitectureTest::inside).toArray(String[]::new);
        noClasses()
                .that(resideInAPackage("io.backhaul..").and(not(resideInAnyPackage(homes))))
                .and(not(resideInAnyPackage("io.backhaul.app..")))
                .should()
                .dependOnClassesThat(resideInAPackage(rule.getKey()))
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void cloudsDoNotSeeEachOther() {
        slices().matching("io.backhaul.provider.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void onlyTransferAndCatalogOpenASignedUrl() {
        methods()
                .that()
                .areDeclaredIn(SignedUrl.class)
                .and()
                .haveName("reveal")
                .should()
                .onlyBeCalled()
                .byClassesThat(resideInAnyPackage(inside("transfer"), inside("catalog")))
                .check(PRODUCT);
    }

    @Test
    void onlyTheEdgeReadsTheWallClock() {
        noClasses()
                .that(resideInAPackage("io.backhaul..").and(not(resideInAnyPackage(inside("app"), inside("cli")))))
                .should()
                .accessTargetWhere(describe("reads the wall clock", ArchitectureTest::readsTheWallClock))
                .check(PRODUCT);
    }

    private static boolean readsTheWallClock(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getFullName();
        var name = access.getTarget().getName();
        return (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                || (owner.equals("java.time.Clock") && name.startsWith("system"))
                || (owner.startsWith("java.time.")
                        && name.equals("now")
                        && access.getTarget().getFullName().endsWith("now()"));
    }

    private static String inside(String name) {
        return "io.backhaul." + name + "..";
    }
}
