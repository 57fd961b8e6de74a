package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Imports run downwards: app, then the sides and the log, then the language. The sides meet in messages alone. */
class ArchitectureTest {

    private static final Map<String, Set<String>> MAY_REACH = Map.of(
            "core-api", Set.of(),
            "event-store", Set.of(),
            "command-side", Set.of("core-api"),
            "query-side", Set.of("core-api"),
            "saga", Set.of("core-api"),
            "client", Set.of(),
            "app", Set.of("core-api", "event-store", "command-side", "query-side", "saga", "client"));

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("dev.muster");
        assertThat(MAY_REACH.keySet()).as("each module has classes here").allSatisfy(module -> assertThat(
                        classes.stream().map(ArchitectureTest::module))
                .contains(module));
    }

    @Test
    void a_module_reaches_only_where_it_may() {
        var faults = new TreeSet<String>();
        for (var each : classes) {
            for (var dependency : each.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("dev.muster") && !mayReach(each, target)) {
                    faults.add(dependency.getDescription());
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static boolean mayReach(JavaClass from, JavaClass to) {
        return module(from).equals(module(to)) || MAY_REACH.get(module(from)).contains(module(to));
    }

    @Test
    void spring_is_known_to_the_app_alone_except_by_the_stereotype_of_aggregates() {
        assertThat(reaching("org.springframework."))
                .allSatisfy(dependency ->
                        assertThat(module(dependency.getOriginClass())).isEqualTo("app"));
    }

    @Test
    void the_log_knows_no_json_and_no_message() {
        assertThat(reaching("tools.jackson.", "com.fasterxml."))
                .allSatisfy(dependency ->
                        assertThat(module(dependency.getOriginClass())).isNotEqualTo("event-store"));
    }

    @Test
    void views_and_aggregates_read_no_clock_but_the_one_they_are_handed() {
        var readers = classes.stream()
                .filter(each -> Set.of("command-side", "query-side", "saga").contains(module(each)))
                .filter(each -> each.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTarget().getOwner().isEquivalentTo(Instant.class)
                                && call.getTarget().getName().equals("now")))
                .map(JavaClass::getName);
        assertThat(readers).isEmpty();
    }

    /** The features speak of each other in the language, where a circle is no harm; nowhere else. */
    @Test
    void within_a_module_packages_reach_in_one_direction_only() {
        var reaches = new TreeMap<String, Set<String>>();
        for (var each : classes) {
            for (var dependency : each.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("dev.muster")
                        && module(each).equals(module(target))
                        && !module(each).equals("core-api")
                        && !each.getPackageName().equals(target.getPackageName())) {
                    reaches.computeIfAbsent(name(each), from -> new TreeSet<>()).add(name(target));
                }
            }
        }
        assertThat(reaches.keySet())
                .allSatisfy(from -> assertThat(allReached(from, reaches)).doesNotContain(from));
    }

    private static String name(JavaClass each) {
        return module(each) + " " + each.getPackageName();
    }

    private static Set<String> allReached(String from, Map<String, Set<String>> reaches) {
        var reached = new TreeSet<String>();
        var next = new ArrayDeque<>(reaches.getOrDefault(from, Set.of()));
        while (!next.isEmpty()) {
            if (reached.add(next.peek())) {
                next.addAll(reaches.getOrDefault(next.peek(), Set.of()));
            }
            next.remove();
        }
        return reached;
    }

    /** Looked up beside each class, since packages of one name are in several modules. */
    @Test
    void every_package_says_what_lives_in_it_and_that_nothing_is_null_unless_it_is_said() throws IOException {
        var packages = classes.stream()
                .map(each -> each.getSource().orElseThrow().getUri().toString())
                .map(location -> location.substring(0, location.lastIndexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
        for (var each : packages) {
            try (var in = URI.create(each + "/package-info.class").toURL().openStream()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .as(each)
                        .contains("org/jspecify/annotations/NullMarked");
            }
        }
    }

    private static List<Dependency> reaching(String... packages) {
        return classes.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> Arrays.stream(packages)
                        .anyMatch(dependency.getTargetClass().getName()::startsWith))
                .toList();
    }

    /** A package may be in several modules, so a class's module is told by where it was read from. */
    private static String module(JavaClass each) {
        var location = each.getSource().orElseThrow().getUri().toString();
        return MAY_REACH.keySet().stream()
                .filter(module -> location.contains("/" + module + "/target/") || location.contains("muster-" + module))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No module has " + location));
    }
}
