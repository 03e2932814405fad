/** One server-sent event; a comment, which only says that the stream lives, has an empty name. */
export interface ServerSentEvent {
  id: string;
  name: string;
  data: string;
}

/**
 * Reads a response as server-sent events (HTML, section 9.2.6), as far as services of ours write
 * them. `EventSource` would do the same, but can bring no token.
 */
export async function* serverSentEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      rest += decoder.decode(value, { stream: true });
      let end = rest.indexOf("\n\n");
      while (end >= 0) {
        yield parse(rest.slice(0, end));
        rest = rest.slice(end + 2);
        end = rest.indexOf("\n\n");
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function parse(block: string): ServerSentEvent {
  const event = { id: "", name: "", data: "" };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).replace(/^ /, "");
    switch (line.slice(0, colon)) {
      case "id":
        event.id = value;
        break;
      case "event":
        event.name = value;
        break;
      case "data":
        event.data += value;
        break;
    }
  }
  return event;
}
