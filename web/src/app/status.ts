import { element } from "./page.ts";

const line = element("status", HTMLElement);
const PASSING = 6_000;
let timer: number | undefined;

/** Something that is good to know and then goes away by itself. */
export function inform(words: string): void {
  say(words, "info");
  timer = setTimeout(() => quiet(), PASSING);
}

/** Something that stays until it is no longer true, or something else is to be said. */
export function complain(words: string): void {
  say(words, "error");
}

export function quiet(): void {
  say("", "info");
}

function say(words: string, tone: "info" | "error"): void {
  clearTimeout(timer);
  line.textContent = words;
  line.dataset.tone = tone;
}
