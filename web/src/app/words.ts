import type { Call, CallEnd } from "../client/index.ts";

/** How a call ended, for people. Undefined where nobody needs to be told. */
export function wordsOfEnd(call: Call, end: CallEnd, accepted: boolean): string | undefined {
  const { peer } = call;
  switch (end.reason) {
    case "hung-up":
      return accepted ? "Call ended." : undefined;
    case "partner-left":
      return `${peer} hung up.`;
    case "declined":
      return `${peer} declined the call.`;
    case "cancelled":
      return `You missed a call from ${peer}.`;
    case "no-answer":
      return `${peer} did not answer.`;
    case "no-such-user":
      return `No such user: nobody called “${peer}” is online.`;
    case "not-prepared":
      return end.cause instanceof Error && end.cause.name !== "AbortError"
        ? end.cause.message
        : undefined;
    case "not-connected":
      return `The call could not be connected: no path to ${peer} was found.${relayWords(end)}`;
    case "path-lost":
      return `The connection to ${peer} was lost and could not be restored.${relayWords(end)}`;
    case "signaling-lost":
      return `The call with ${peer} ended, because the connection to the server was lost.`;
    case "negotiation":
      return `The call with ${peer} could not be set up: the two browsers found no common ground.`;
  }
}

/** Whether the end is what somebody wanted, or a failure. */
export function isFailure(end: CallEnd): boolean {
  return !["hung-up", "partner-left", "cancelled"].includes(end.reason);
}

function relayWords({ relayError }: CallEnd): string {
  return relayError
    ? ` The relay did not help (${relayError}).`
    : " A firewall may be in the way, or the relay cannot be reached.";
}

export interface MediaProblem {
  kind: "insecure" | "refused" | "busy" | "no-camera" | "no-microphone" | "nothing" | "unknown";
  title: string;
  text: string;
}

/** Why there is no camera or microphone. `kinds` are the devices that the browser admits to. */
export function wordsOfMediaError(error: unknown, kinds: ReadonlySet<string>): MediaProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return {
        kind: "refused",
        title: "The camera is not allowed",
        text:
          "The browser was told not to let this page use camera and microphone. Allow it beside the address, then try again.",
      };
    case "NotReadableError":
    case "AbortError":
      return {
        kind: "busy",
        title: "The camera is busy",
        text: "Another program may be using the camera or the microphone. Close it and try again.",
      };
    case "NotFoundError":
    case "OverconstrainedError":
      return missingDevice(kinds);
    default:
      return {
        kind: "unknown",
        title: "No camera or microphone",
        text: `The browser could not open them${error ? ` (${error})` : ""}.`,
      };
  }
}

/** Browsers give a camera to secure pages only: HTTPS, or this very machine. */
export const insecurePage: MediaProblem = {
  kind: "insecure",
  title: "This page needs HTTPS",
  text:
    "Browsers give camera and microphone to secure pages only. Open this page with https://, or on localhost. Until then you can still see and hear the other side.",
};

function missingDevice(kinds: ReadonlySet<string>): MediaProblem {
  if (kinds.has("audioinput")) {
    return {
      kind: "no-camera",
      title: "No camera was found",
      text: "You can call with sound only, or connect a camera and try again.",
    };
  }
  if (kinds.has("videoinput")) {
    return {
      kind: "no-microphone",
      title: "No microphone was found",
      text: "Connect a microphone and try again, or only see and hear the other side.",
    };
  }
  return {
    kind: "nothing",
    title: "No camera and no microphone were found",
    text: "You can still see and hear the other side, or connect them and try again.",
  };
}
