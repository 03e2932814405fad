package dev.switchboard.signaling.ledger;

import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.ledger.Ledger.Answer;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.EventText;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.SessionId;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a script returned: its result, the epoch, the version, and what it put into inboxes. */
record Reply(Response response) {

  /** How many parts of the news are about one event in one inbox. */
  private static final int PARTS = 4;

  Response result() {
    return response.get(0);
  }

  String text(int index) {
    return result().get(index).toString();
  }

  String word() {
    return text(0);
  }

  String epoch() {
    return response.get(1).toString();
  }

  long version() {
    return response.get(2).toLong();
  }

  List<News> news() {
    return news(0, response.get(3).size(), null);
  }

  /** What came of one command. */
  Answer answer() {
    return answer(result(), news());
  }

  /**
   * What came of one of several sends.
   *
   * @param index which of them
   * @param said what it says, which is not given back
   * @throws RedisGoneException if it alone was not done
   */
  Answer answer(int index, Event said) {
    int from = index == 0 ? 0 : result().get(2 * index - 1).toInteger();
    int to = result().get(2 * index + 1).toInteger();
    return answer(result().get(2 * index), news(from, to, said));
  }

  private static Answer answer(Response result, List<News> news) {
    String word = result.get(0).toString();
    return switch (word) {
      case "done" -> new Answer.Done(news);
      case "refused" ->
          new Answer.Refused(
              new Refusal(
                  Refusal.Reason.ofCode(result.get(1).toString()), result.get(2).toString()));
      case "lapsed" -> new Answer.Lapsed(Ending.ofWord(result.get(1).toString()));
      case "failed" -> throw RedisGoneException.notDone("Redis refuses: " + result.get(1));
      default -> throw new IllegalStateException("the script said " + word);
    };
  }

  /** An empty event is the one before, and the first of them the one that was said. */
  private List<News> news(int from, int to, @Nullable Event said) {
    Response told = response.get(3);
    List<News> news = new ArrayList<>((to - from) / PARTS);
    @Nullable Event event = said;
    for (int i = from; i + PARTS <= to; i += PARTS) {
      String text = told.get(i + 3).toString();
      event = text.isEmpty() ? event : EventText.read(text, 0);
      news.add(
          new News(
              new Location(told.get(i + 1).toString(), new SessionId(told.get(i).toString())),
              told.get(i + 2).toLong(),
              Objects.requireNonNull(event)));
    }
    return List.copyOf(news);
  }
}
