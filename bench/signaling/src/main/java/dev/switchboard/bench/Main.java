package dev.switchboard.bench;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The load of {@code bench/signaling/run}: a way to load, and its options as {@code --name value}.
 * Prints one line of figures, and what went wrong first on the error output.
 */
final class Main {

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i].substring(2), arguments[i + 1]);
    }
    Plan plan = Plan.of(options);
    String run = Long.toString(System.nanoTime() & 0xfffffff, 36);
    // Not closed: what goes wrong is printed after all else.
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    try (Loop loop = new Loop()) {
      switch (arguments[0]) {
        case "closed" -> {
          ClosedLoop closed = new ClosedLoop(plan);
          out.println(closed.run(loop, run));
          closed.tally().complaint().ifPresent(err::println);
        }
        case "crowd" -> {
          CrowdLoop crowds = new CrowdLoop(plan);
          out.println(crowds.run(loop, run));
          crowds.tally().complaint().ifPresent(err::println);
        }
        case "steady" -> {
          SteadyRate steady = new SteadyRate(plan);
          out.println(steady.run(loop, run));
          steady.tally().complaint().ifPresent(err::println);
        }
        case "open" -> {
          Openings openings = new Openings(plan);
          out.println(openings.run(loop, run));
          openings.tally().complaint().ifPresent(err::println);
        }
        case "hold" -> {
          Openings openings = new Openings(plan);
          openings.hold(loop, run, new Word(out));
          openings.tally().complaint().ifPresent(err::println);
        }
        default -> throw new IllegalArgumentException("no such load: " + arguments[0]);
      }
    }
  }

  /** Says {@code ready} when all are in; they leave when something is written to the input. */
  private record Word(PrintWriter out) implements Openings.End {

    private static final InputStream INPUT = new FileInputStream(FileDescriptor.in);

    @Override
    public void open() {
      out.println("ready");
    }

    @Override
    public boolean hasCome() throws IOException {
      return INPUT.available() > 0;
    }
  }

  private static PrintWriter writer(FileDescriptor to) {
    return new PrintWriter(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }
}
