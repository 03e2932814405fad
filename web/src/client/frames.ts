/** The frames of the `call` dialect. Its words live in this file and nowhere else. */
export type OutgoingFrame =
  | { type: "login"; name: string }
  | { type: "offer"; name: string; offer: RTCSessionDescriptionInit }
  | { type: "answer"; name: string; answer: RTCSessionDescriptionInit }
  | { type: "candidate"; name: string; candidate: RTCIceCandidateInit }
  | { type: "leave"; name?: string };

export type IncomingFrame =
  | { type: "login"; success: boolean; message?: string }
  | { type: "offer"; name: string; offer: RTCSessionDescriptionInit }
  | { type: "answer"; name?: string; answer: RTCSessionDescriptionInit }
  | { type: "candidate"; name?: string; candidate: RTCIceCandidateInit }
  | { type: "leave"; name?: string }
  | { type: "error"; message: string };

type Json = Record<string, unknown>;

/** Undefined for whatever is no frame of this dialect: a newer server may say more than we know. */
export function parseFrame(text: string): IncomingFrame | undefined {
  const frame = parseObject(text);
  if (!frame) {
    return undefined;
  }
  const name = typeof frame.name === "string" ? { name: frame.name } : {};
  switch (frame.type) {
    case "login":
      return {
        type: "login",
        success: frame.success === true,
        ...(typeof frame.message === "string" ? { message: frame.message } : {}),
      };
    case "offer":
      return isDescription(frame.offer) && name.name !== undefined
        ? { type: "offer", name: name.name, offer: frame.offer }
        : undefined;
    case "answer":
      return isDescription(frame.answer)
        ? { type: "answer", answer: frame.answer, ...name }
        : undefined;
    case "candidate":
      return isObject(frame.candidate)
        ? { type: "candidate", candidate: frame.candidate as RTCIceCandidateInit, ...name }
        : undefined;
    case "leave":
      return { type: "leave", ...name };
    case "error":
      return {
        type: "error",
        message: typeof frame.message === "string" ? frame.message : "Unknown error",
      };
    default:
      return undefined;
  }
}

/** Whom the server could not reach, if this is what its message says. */
export function missingUser(message: string): string | undefined {
  return /^No such user: (.*)$/s.exec(message)?.[1];
}

function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDescription(value: unknown): value is RTCSessionDescriptionInit {
  return isObject(value) && typeof value.type === "string" && typeof value.sdp === "string";
}
