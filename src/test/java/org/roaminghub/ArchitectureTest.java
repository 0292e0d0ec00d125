package org.roaminghub;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the rooms (docs/architecture.md), each with its reason. */
class ArchitectureTest {
    private static final String ROOT = "org.roaminghub.";
    private static final JavaClasses HUB = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.roaminghub");

    /** Room → the rooms of ours it may use, and why no others. */
    record Room(String name, String mayUse, String because) {
        @Override
        public String toString() {
            return name + " → " + (mayUse.isEmpty() ? "nothing" : mayUse);
        }
    }

    static List<Room> rooms() {
        return List.of(
                new Room("ocpi", "", "the protocol is a leaf: every room speaks it, so it can know none of them"),
                new Room("ocpp", "", "charging events are a leaf: whoever sends or folds them shares only their words"),
                new Room("platform", "", "clock, secrets and database know no business"),
                new Room("pricing", "ocpi", "a price is a pure function of a tariff and periods; anybody can recompute it"),
                new Room("partners", "ocpi platform", "who a partner is does not depend on what is exchanged with it"),
                new Room("exchange", "partners ocpi platform", "the way out moves bytes and knows no module"),
                new Room("delivery", "exchange partners ocpi platform", "documents are opaque here: a new module or version never touches delivery"),
                new Room("routing", "exchange partners ocpi platform", "a message for somebody else is carried, not read: no module, no feed"),
                new Room("modules", "delivery routing exchange partners ocpi platform", "OCPI modules know nothing of chargers, events or prices"),
                new Room("pull", "modules delivery exchange partners ocpi platform", "it fetches what modules store: above all of them, so no module knows a sibling for it"),
                new Room("charging", "modules delivery pricing partners ocpp ocpi platform", "the fold hands finished documents down and is called from above"),
                new Room("alerts", "delivery partners ocpi platform", "rules read the tables of others; whoever fails must not know that somebody watches"),
                new Room("ingest", "charging modules partners ocpp ocpi platform", "the way in stores first; what an event means is decided below"),
                new Room("simulator", "ocpp ocpi", "chargers and partners to try the hub with meet it only over HTTP"));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyTheRoomsBelowIt(Room room) {
        List<String> allowed = new ArrayList<>(List.of(ROOT + room.name() + ".."));
        Arrays.stream(room.mayUse().split(" ")).filter(name -> !name.isEmpty()).forEach(name -> allowed.add(ROOT + name + ".."));
        noClasses().that().resideInAPackage(ROOT + room.name() + "..")
                .should().dependOnClassesThat(resideInAPackage("org.roaminghub..").and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
                .because(room.because()).check(HUB);
    }

    @Test
    void nothingDependsOnWhatOnlyLooksOrPlays() {
        noClasses().that().resideOutsideOfPackages("org.roaminghub", ROOT + "console..", ROOT + "simulator..")
                .should().dependOnClassesThat().resideInAnyPackage(ROOT + "console..", ROOT + "simulator..")
                .because("pages and simulators can be taken away without touching the hub").check(HUB);
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles()
                .because("a reader must be able to start at the bottom and never meet something not yet read").check(HUB);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles()
                .because("a knot inside a room is how knots between rooms begin").check(HUB);
    }

    private static final List<String> MODULES = List.of("credentials", "versions", "locations", "tariffs", "tokens", "sessions", "cdrs", "relay", "hubclientinfo",
            "commands", "chargingprofiles");

    /** Sibling modules a module may use; everything else goes through {@code core}. */
    private static final Map<String, List<String>> MODULE_ARROWS = Map.of(
            // Charging preferences ask what the EVSE of the session can do.
            "sessions", List.of("locations"),
            // A command names chargers' EVSEs, lets its token charge, and a reservation is a Session.
            "commands", List.of("locations", "tokens", "sessions"));

    @Test
    void aModuleReachesASiblingOnlyByAListedArrow() {
        MODULES.forEach(module -> {
            List<String> allowed = new ArrayList<>(List.of(ROOT + "modules." + module + "..", ROOT + "modules.core.."));
            MODULE_ARROWS.getOrDefault(module, List.of()).forEach(sibling -> allowed.add(ROOT + "modules." + sibling + ".."));
            noClasses().that().resideInAPackage(ROOT + "modules." + module + "..")
                    .should().dependOnClassesThat(resideInAPackage(ROOT + "modules..").and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
                    .because("what modules share belongs to core, where all of them get it").check(HUB);
        });
        noClasses().that().resideInAPackage(ROOT + "modules.core..")
                .should().dependOnClassesThat(resideInAPackage(ROOT + "modules..").and(resideOutsideOfPackages(ROOT + "modules.core..")))
                .because("core serves modules it has never heard of").check(HUB);
    }

    @Test
    void theHeartIsPure() {
        noClasses().that().resideInAnyPackage(ROOT + "pricing..", ROOT + "charging.fold..", ROOT + "ocpp..")
                .should().dependOnClassesThat().resideInAnyPackage("jakarta..", "io.quarkus..", "java.sql..", "org.jdbi..", "java.net..", "java.nio.file..")
                .because("fold and pricing are tried by the thousand, replayed and previewed: no framework, database or I/O inside (D5, D6)").check(HUB);
        noClasses().that().resideInAnyPackage(ROOT + "pricing..", ROOT + "charging.fold..", ROOT + "ocpp..")
                .should().callMethodWhere(target(owner(resideInAPackage("java.time..")).and(name("now"))))
                .because("the same events give the same sessions at any time of day").check(HUB);
    }

    @Test
    void everyTopPackageTellsWhatItIsFor() {
        List<String> silent = rooms().stream().map(Room::name)
                .filter(name -> HUB.stream().noneMatch(type -> type.getName().equals(ROOT + name + ".package-info"))).toList();
        assertThat(silent).as("packages without package-info").isEmpty();
        noClasses().that(alwaysTrue()).should().haveSimpleNameEndingWith("Manager").orShould().haveSimpleNameEndingWith("Helper")
                .because("such names say nothing about the one job of a class").check(HUB);
    }
}
