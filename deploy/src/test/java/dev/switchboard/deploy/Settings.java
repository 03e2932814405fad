package dev.switchboard.deploy;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Every setting of ours, read out of the {@code @ConfigMapping} interfaces themselves. */
final class Settings {

  /** Settings of Quarkus and its kin; ours are found in the sources. */
  private static final Pattern OTHERS =
      Pattern.compile("(QUARKUS|MP_JWT|SMALLRYE)_[A-Z0-9_]+|REDIS_URL|COTURN_REDIS_URL");

  private static final List<Setting> ALL = read();

  private Settings() {}

  /**
   * One setting.
   *
   * @param key as in application.properties, {@code <…>} where the operator chooses a name
   * @param meaning what its Javadoc says
   */
  record Setting(String module, String key, String type, String fallback, String meaning) {

    /** As an environment variable: capitals, and {@code _} for each other character. */
    Pattern variable() {
      String name = key.replaceAll("<[^>]*>", "*").toUpperCase(Locale.ROOT);
      return Pattern.compile(
          name.chars()
              .mapToObj(c -> c == '*' ? ".+" : Character.isLetterOrDigit(c) ? "" + (char) c : "_")
              .collect(Collectors.joining()));
    }
  }

  static List<Setting> all() {
    return ALL;
  }

  static boolean isKnown(String variable) {
    return OTHERS.matcher(variable).matches()
        || ALL.stream().anyMatch(setting -> setting.variable().matcher(variable).matches());
  }

  static int httpPort(String service) {
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(
              Repository.text(service + "/src/main/resources/application.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Integer.parseInt(properties.getProperty("quarkus.http.port"));
  }

  private static List<Setting> read() {
    List<Setting> settings = new ArrayList<>();
    Stream.concat(Stream.of("identity", "bus"), Repository.SERVICES.stream())
        .forEach(module ->
            Repository.sources(module).stream()
                .filter(file -> Repository.text(file.toString()).contains("@ConfigMapping("))
                .forEach(file -> readFile(module, file, settings)));
    return List.copyOf(settings);
  }

  private static void readFile(String module, Path file, List<Setting> into) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(file);
      JavacTask task =
          (JavacTask) compiler.getTask(null, files, _ -> {}, List.of("-proc:none"), null, sources);
      for (CompilationUnitTree unit : task.parse()) {
        Reader reader = new Reader(module, DocTrees.instance(task), unit, into);
        unit.getTypeDecls().stream()
            .filter(ClassTree.class::isInstance)
            .map(ClassTree.class::cast)
            .forEach(type ->
                annotation(type.getModifiers().getAnnotations(), "ConfigMapping")
                    .ifPresent(prefix -> reader.read(prefix, type, types(type))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The interfaces that are declared within another, by name. */
  private static Map<String, ClassTree> types(ClassTree type) {
    Map<String, ClassTree> types = new LinkedHashMap<>();
    for (Tree member : type.getMembers()) {
      if (member instanceof ClassTree inner && inner.getKind() == Tree.Kind.INTERFACE) {
        types.put(inner.getSimpleName().toString(), inner);
      }
    }
    return types;
  }

  private static Optional<String> annotation(
      List<? extends AnnotationTree> annotations, String name) {
    return annotations.stream()
        .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
        .findFirst()
        .map(annotation ->
            annotation.getArguments().stream()
                .map(argument ->
                    argument instanceof AssignmentTree assignment
                        ? assignment.getExpression()
                        : argument)
                .map(value -> value instanceof LiteralTree literal ? literal.getValue() : value)
                .map(String::valueOf)
                .findFirst()
                .orElse(""));
  }

  /** Reads the methods of one mapping. */
  private record Reader(
      String module, DocTrees docs, CompilationUnitTree unit, List<Setting> into) {

    void read(String prefix, ClassTree type, Map<String, ClassTree> types) {
      for (Tree member : type.getMembers()) {
        // What has a body is worked out of the others.
        if (member instanceof MethodTree method && method.getBody() == null) {
          String name =
              annotation(method.getModifiers().getAnnotations(), "WithName")
                  .orElseGet(() -> hyphens(method.getName().toString()));
          boolean parent =
              annotation(method.getModifiers().getAnnotations(), "WithParentName").isPresent();
          String returned = String.valueOf(method.getReturnType());
          String key = parent ? prefix : prefix + "." + name;
          while (returned.startsWith("Map<String, ")) {
            key += ".<name>";
            returned = returned.substring("Map<String, ".length(), returned.length() - 1);
          }
          ClassTree inner = types.get(returned);
          if (inner == null) {
            into.add(new Setting(module, key, returned, fallback(method), meaning(method)));
          } else {
            read(key, inner, types);
          }
        }
      }
    }

    private static String fallback(MethodTree method) {
      return annotation(method.getModifiers().getAnnotations(), "WithDefault").orElse("");
    }

    private String meaning(MethodTree method) {
      DocCommentTree doc = docs.getDocCommentTree(TreePath.getPath(unit, method));
      StringBuilder text = new StringBuilder();
      if (doc != null) {
        doc.getFullBody().forEach(text::append);
      }
      return text.toString()
          .replaceAll("\\{@(?:code|link) #?([^}]*(?:\\{[^}]*})?[^}]*)}", "`$1`")
          .replaceAll("\\s+", " ")
          .replace("|", "\\|")
          .strip();
    }

    private static String hyphens(String name) {
      return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
  }
}
