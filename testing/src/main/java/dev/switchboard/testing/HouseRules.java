package dev.switchboard.testing;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of CONTRIBUTING.md that a machine can read; each service adds the order of its rooms.
 */
public final class HouseRules {

  private HouseRules() {}

  /** The production classes of one module, by the root package it owns. */
  public static JavaClasses mainClassesOf(String rootPackage) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(new ImportOption.DoNotIncludeJars())
        .importPackages(rootPackage);
  }

  /** Checks every rule that holds in every module. */
  public static void check(String rootPackage) {
    JavaClasses classes = mainClassesOf(rootPackage);
    everyModule(rootPackage).forEach(rule -> rule.check(classes));
  }

  private static List<ArchRule> everyModule(String rootPackage) {
    return List.of(
        classes()
            .that()
            .haveSimpleNameNotEndingWith("package-info")
            .and()
            .areTopLevelClasses()
            .should(liveInNullMarkedPackages())
            .because("null is a value only where a type says so"),
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .because("a name says what a thing is"),
        noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .because("dependencies arrive in the constructor"),
        classes()
            .should(never(accessClassesThat(areTheStandardStreams())))
            .because("services log; they do not print"),
        slices().matching(rootPackage + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true));
  }

  private static DescribedPredicate<JavaClass> areTheStandardStreams() {
    return DescribedPredicate.describe(
        "java.io.PrintStream", type -> type.isEquivalentTo(java.io.PrintStream.class));
  }

  private static com.tngtech.archunit.lang.ArchCondition<JavaClass> liveInNullMarkedPackages() {
    return com.tngtech.archunit.lang.ArchCondition.from(
        DescribedPredicate.describe(
            "live in a @NullMarked package",
            type -> type.getPackage().isAnnotatedWith(NullMarked.class)));
  }
}
