import type { OnlinePeer, PresenceStatus } from "../client/index.ts";
import { element, paintAvatar } from "./page.ts";

const list = element("people", HTMLUListElement);
const count = element("people-count", HTMLElement);
const nobody = element("nobody", HTMLElement);
const nobodyText = element("nobody-text", HTMLElement);
const note = element("presence-note", HTMLElement);
const title = element("lobby-title", HTMLElement);
const callForm = element("call-form", HTMLFormElement);
const myStatus = element("my-status", HTMLSelectElement);
const callName = element("call-name", HTMLInputElement);

/** Who is online, and the ways to call them. */
export class Lobby {
  onCall: (peer: string) => void = () => {};
  onStatus: (status: PresenceStatus["status"]) => void = () => {};
  readonly #items = new Map<string, HTMLLIElement>();

  constructor() {
    myStatus.addEventListener("change", () => {
      this.onStatus(myStatus.value as PresenceStatus["status"]);
    });
    callForm.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = callName.value.trim();
      if (name) {
        this.onCall(name);
      }
    });
  }

  reset(): void {
    this.#items.clear();
    list.replaceChildren();
    callName.value = "";
    note.hidden = true;
    this.#showCount("Looking who is there…");
  }

  /** Changes only what changed, so that the focus stays where it is. */
  showPeople(people: OnlinePeer[]): void {
    note.hidden = true;
    const sorted = [...people].sort((one, other) => one.peer.localeCompare(other.peer));
    const names = new Set(sorted.map(({ peer }) => peer));
    for (const [name, item] of this.#items) {
      if (!names.has(name)) {
        item.remove();
        this.#items.delete(name);
      }
    }
    sorted.forEach((person, index) => {
      const item = this.#items.get(person.peer) ?? this.#add(person);
      if (list.children[index] !== item) {
        list.insertBefore(item, list.children[index] ?? null);
      }
      setText(item.querySelector(".since"), words(person));
      item.dataset.status = person.status?.status ?? "online";
    });
    this.#showCount(
      "Nobody else is here yet. Open this page in another browser, or send its address.",
    );
  }

  /** What I say of myself, as the others see it. */
  showMine(status: PresenceStatus["status"]): void {
    myStatus.value = status;
  }

  /** The people last seen may have gone; they cannot be shown as online any longer. */
  showUnreachable(message: string): void {
    this.#items.clear();
    list.replaceChildren();
    this.#showCount("");
    note.textContent = `${message} You can still call by name.`;
    note.hidden = false;
  }

  /** Back from a call: to where it began, if that is still there. */
  focus(peer?: string): void {
    const item = peer === undefined ? undefined : this.#items.get(peer);
    (item?.querySelector("button") ?? title).focus();
  }

  #add({ peer }: OnlinePeer): HTMLLIElement {
    const item = document.createElement("li");
    const avatar = document.createElement("span");
    avatar.className = "avatar";
    avatar.ariaHidden = "true";
    paintAvatar(avatar, peer);
    const name = document.createElement("span");
    name.className = "person";
    const strong = document.createElement("b");
    strong.textContent = peer;
    const since = document.createElement("span");
    since.className = "since";
    name.append(strong, since);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "primary";
    button.dataset.peer = peer;
    button.textContent = "Call";
    button.ariaLabel = `Call ${peer}`;
    button.addEventListener("click", () => this.onCall(peer));
    item.append(avatar, name, button);
    this.#items.set(peer, item);
    return item;
  }

  #showCount(whenEmpty: string): void {
    const size = this.#items.size;
    setText(count, size === 0 ? "" : String(size));
    setText(nobodyText, whenEmpty);
    nobody.hidden = size > 0 || whenEmpty === "";
  }
}

const STATUS_WORDS = { online: "", away: "Away", busy: "Busy" };

function words({ since, status }: OnlinePeer): string {
  const said = status?.text || (status && STATUS_WORDS[status.status]);
  return said ? `${said} · ${sinceWords(since)}` : sinceWords(since);
}

function sinceWords(since: string): string {
  const minutes = Math.floor((Date.now() - Date.parse(since)) / 60_000);
  if (Number.isNaN(minutes)) {
    return "Online";
  }
  if (minutes < 1) {
    return "Just arrived";
  }
  return minutes < 60
    ? `Online for ${minutes} min`
    : `Online since ${
      new Date(since).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    }`;
}

function setText(node: Element | null, text: string): void {
  if (node && node.textContent !== text) {
    node.textContent = text;
  }
}
