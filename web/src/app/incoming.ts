import { element, paintAvatar } from "./page.ts";

const dialog = element("incoming", HTMLDialogElement);
const title = element("incoming-title", HTMLElement);
const avatar = element("incoming-avatar", HTMLElement);

/** The dialog of a call that rings here. */
export class Incoming {
  onAccept: () => void = () => {};
  onDecline: () => void = () => {};
  #asking = false;

  constructor() {
    element("accept", HTMLButtonElement).addEventListener("click", () => this.onAccept());
    element("decline", HTMLButtonElement).addEventListener("click", () => this.onDecline());
    // Escape closes it by itself, and the caller must be told.
    dialog.addEventListener("close", () => {
      if (this.#asking) {
        this.onDecline();
      }
    });
  }

  show(peer: string): void {
    title.textContent = `${peer} is calling`;
    paintAvatar(avatar, peer);
    this.#asking = true;
    dialog.showModal();
    // Neither button: whoever is typing just now must not accept or decline with the next key.
    dialog.focus();
  }

  hide(): void {
    this.#asking = false;
    dialog.close();
  }
}
