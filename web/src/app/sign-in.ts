import { readToken } from "../client/index.ts";
import { element } from "./page.ts";

export interface Credentials {
  name: string;
  token: string | undefined;
}

const form = element("sign-in-form", HTMLFormElement);
const nameInput = element("name", HTMLInputElement);
const nameHelp = element("name-help", HTMLElement);
const tokenField = element("token-field", HTMLElement);
const tokenInput = element("token", HTMLTextAreaElement);
const button = element("sign-in", HTMLButtonElement);

/** The sign-in form: a name, and in a closed house a token that says the name. */
export class SignIn {
  onSubmit: (credentials: Credentials) => void = () => {};

  constructor() {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (button.disabled) {
        return;
      }
      const token = tokenField.hidden ? "" : tokenInput.value.trim();
      this.onSubmit({ name: nameInput.value.trim(), token: token === "" ? undefined : token });
    });
    tokenInput.addEventListener("input", () => this.#tokenChanged());
    nameInput.addEventListener("input", () => nameInput.removeAttribute("aria-invalid"));
  }

  askForToken(asked: boolean): void {
    tokenField.hidden = !asked;
    tokenInput.required = asked;
    if (asked) {
      this.#tokenChanged();
    }
  }

  busy(busy: boolean): void {
    button.disabled = busy;
    button.textContent = busy ? "Signing in…" : "Sign in";
  }

  /** Puts the cursor where the mistake is. */
  rejected(): void {
    const input = nameInput.readOnly ? tokenInput : nameInput;
    input.setAttribute("aria-invalid", "true");
    input.focus();
    input.select();
  }

  focus(): void {
    nameInput.focus();
  }

  #tokenChanged(): void {
    tokenInput.removeAttribute("aria-invalid");
    const name = readToken(tokenInput.value)?.sub;
    nameInput.readOnly = name !== undefined;
    nameHelp.textContent = name === undefined ? "Others call you by it." : "Given by your token.";
    if (name !== undefined) {
      nameInput.value = name;
    }
  }
}
