import { element } from "./page.ts";
import { insecurePage, type MediaProblem, wordsOfMediaError } from "./words.ts";

type Choice = "audio" | "none" | "retry" | "cancel";

const dialog = element("media-problem", HTMLDialogElement);
const smallPicture = element("small-picture", HTMLInputElement);
const buttons: Record<Choice, HTMLButtonElement> = {
  audio: element("media-audio", HTMLButtonElement),
  none: element("media-none", HTMLButtonElement),
  retry: element("media-retry", HTMLButtonElement),
  cancel: element("media-cancel", HTMLButtonElement),
};

/** Camera and microphone: open for as long as a call lasts, and no longer. */
export class Media {
  #stream: MediaStream | undefined;
  #abandon: AbortController | undefined;
  /** What was chosen for which problem, so that the same question is not put at each call. */
  #remembered: { kind: MediaProblem["kind"]; choice: Choice } | undefined;

  /** The stream to send; undefined when the call is to receive only. */
  async open(): Promise<MediaStream | undefined> {
    this.close();
    const abandon = new AbortController();
    this.#abandon = abandon;
    const stream = await this.#request({ audio: true, video: pictureSize() }, abandon.signal);
    if (abandon.signal.aborted) {
      stop(stream);
      throw abandoned();
    }
    this.#stream = stream;
    return stream;
  }

  /** Turns the devices off, also where the browser is still asking for them. */
  close(): void {
    this.#abandon?.abort();
    stop(this.#stream);
    this.#stream = undefined;
  }

  async #request(
    wanted: MediaStreamConstraints,
    signal: AbortSignal,
  ): Promise<MediaStream | undefined> {
    let problem: MediaProblem;
    if (navigator.mediaDevices) {
      try {
        return await navigator.mediaDevices.getUserMedia(wanted);
      } catch (error) {
        problem = wordsOfMediaError(error, await deviceKinds());
      }
    } else {
      problem = insecurePage;
    }
    if (signal.aborted) {
      throw abandoned();
    }
    const { kind } = problem;
    const choice = this.#remembered?.kind === kind
      ? this.#remembered.choice
      : await ask(problem, wanted.video !== false, signal);
    if (choice === "cancel") {
      throw abandoned();
    }
    if (choice === "retry") {
      return this.#request(wanted, signal);
    }
    this.#remembered = { kind, choice };
    return choice === "audio" ? this.#request({ audio: true, video: false }, signal) : undefined;
  }
}

function ask(problem: MediaProblem, withPicture: boolean, signal: AbortSignal): Promise<Choice> {
  element("media-title", HTMLElement).textContent = problem.title;
  element("media-text", HTMLElement).textContent = problem.text;
  const noSound: MediaProblem["kind"][] = ["insecure", "no-microphone", "nothing"];
  buttons.audio.hidden = !withPicture || noSound.includes(problem.kind);
  buttons.none.classList.toggle("primary", buttons.audio.hidden);
  buttons.retry.hidden = problem.kind === "insecure";
  return new Promise((resolve) => {
    const answered = new AbortController();
    const answer = (choice: Choice) => {
      answered.abort();
      dialog.close();
      resolve(choice);
    };
    const once = { signal: answered.signal };
    for (const [choice, button] of Object.entries(buttons)) {
      button.addEventListener("click", () => answer(choice as Choice), once);
    }
    dialog.addEventListener("close", () => answer("cancel"), once);
    signal.addEventListener("abort", () => answer("cancel"), once);
    dialog.showModal();
    dialog.focus();
  });
}

function pictureSize(): MediaTrackConstraints {
  return smallPicture.checked
    ? { width: { ideal: 320 }, height: { ideal: 180 }, frameRate: { ideal: 10, max: 15 } }
    : { width: { ideal: 1280 }, height: { ideal: 720 } };
}

async function deviceKinds(): Promise<ReadonlySet<string>> {
  try {
    return new Set((await navigator.mediaDevices.enumerateDevices()).map(({ kind }) => kind));
  } catch {
    return new Set();
  }
}

function stop(stream: MediaStream | undefined): void {
  stream?.getTracks().forEach((track) => track.stop());
}

/** Nobody needs to be told: it was the user, or the end of the call, that stopped this. */
function abandoned(): Error {
  return new DOMException("The call was given up", "AbortError");
}
