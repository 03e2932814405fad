package dev.switchboard.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./switchboard} calls: {@code up}, {@code token} or {@code down}. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and exits with its status: 0 done, 1 failed, 2 not understood.
   *
   * @param args the repository's root, the command, and its options
   */
  public static void main(String[] args) {
    PrintWriter out =
        new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Layout layout = new Layout(Path.of(args[0]));
    int status =
        switch (Request.parse(args[1], List.of(args).subList(2, args.length))) {
          case UpOptions options -> new Up(layout, options, out).run();
          case TokenOptions options -> token(layout, options, out);
          case Request.Stop _ -> new Down(layout, out).run();
          case Request.Misread(String reason) -> complain(out, reason);
        };
    System.exit(status);
  }

  private static int token(Layout layout, TokenOptions options, PrintWriter out) {
    out.println(DevKeys.in(layout.keys()).token(options));
    return 0;
  }

  private static int complain(PrintWriter out, String reason) {
    out.println("switchboard: " + reason + " (./switchboard help)");
    return 2;
  }
}
