/** What the page shows; `body[data-state]` has the same words. */
export type PageState = "signed-out" | "ready" | "calling" | "ringing" | "in-call";

/** The element that index.html promises under this id. */
export function element<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) {
    throw new Error(`The page has no ${type.name} #${id}`);
  }
  return found;
}

export function showState(state: PageState): void {
  document.body.dataset.state = state;
  element("welcome", HTMLElement).hidden = state !== "signed-out";
  element("who", HTMLElement).hidden = state === "signed-out";
  // Ringing happens over the lobby: only an idle line rings.
  element("lobby", HTMLElement).hidden = state !== "ready" && state !== "ringing";
  element("stage", HTMLElement).hidden = state !== "calling" && state !== "in-call";
}

export function showTitle(words?: string): void {
  document.title = words ? `${words} · Switchboard` : "Switchboard";
}

/** A letter on a colour that is always the same for the same name. */
export function paintAvatar(avatar: HTMLElement, name: string): void {
  let hash = 0;
  for (const char of name) {
    hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 997;
  }
  avatar.textContent = ([...name][0] ?? "?").toLocaleUpperCase();
  avatar.dataset.hue = String(hash % 6);
}
