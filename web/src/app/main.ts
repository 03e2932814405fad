import { fetchConfig, readToken, type ServiceConfig } from "../client/index.ts";
import { Incoming } from "./incoming.ts";
import { Lobby } from "./lobby.ts";
import { Media } from "./media.ts";
import { element, paintAvatar, showState, showTitle } from "./page.ts";
import { Session } from "./session.ts";
import { type Credentials, SignIn } from "./sign-in.ts";
import { Stage } from "./stage.ts";
import { complain, quiet } from "./status.ts";

declare global {
  var switchboard: {
    /** A diagnostic hook: the connection of the call that is on, for getStats() in a console. */
    peerConnection(): RTCPeerConnection | undefined;
  };
}

const signIn = new SignIn();
const rooms = {
  lobby: new Lobby(),
  incoming: new Incoming(),
  stage: new Stage(),
  media: new Media(),
};
let config: ServiceConfig | undefined;
let session: Session | undefined;

globalThis.switchboard = { peerConnection: () => session?.peerConnection };

const parameters = new URLSearchParams(location.search);
element("relay", HTMLInputElement).checked = parameters.has("relay");
element("small-picture", HTMLInputElement).checked = parameters.has("small");

signIn.onSubmit = async (credentials) => {
  const mistake = mistakeIn(credentials);
  if (mistake) {
    complain(mistake);
    signIn.rejected();
    return;
  }
  quiet();
  signIn.busy(true);
  try {
    const services = config ?? await loadConfig();
    if (services.auth === "closed" && credentials.token === undefined) {
      throw new Error("This switchboard is closed. Paste your token to sign in.");
    }
    const opened = new Session(services, credentials, rooms);
    opened.onEnded = (words) => {
      signedOut();
      complain(words);
    };
    await opened.open();
    session = opened;
    signedIn(credentials.name);
  } catch (error) {
    complain((error as Error).message);
    signIn.busy(false);
    signIn.rejected();
  }
};

element("sign-out", HTMLButtonElement).addEventListener("click", () => {
  session?.close();
  signedOut();
  quiet();
});

loadConfig().catch((error: Error) => complain(`${error.message} Signing in will try again.`));

async function loadConfig(): Promise<ServiceConfig> {
  config = await fetchConfig();
  signIn.askForToken(config.auth === "closed");
  return config;
}

function mistakeIn({ name, token }: Credentials): string | undefined {
  if (!name) {
    return "Enter a name.";
  }
  const { exp } = token === undefined ? {} : readToken(token) ?? {};
  if (exp !== undefined && exp * 1000 < Date.now()) {
    return `This token expired at ${new Date(exp * 1000).toLocaleString()}. Ask for a new one.`;
  }
  return undefined;
}

function signedIn(name: string): void {
  element("self", HTMLElement).textContent = name;
  paintAvatar(element("self-avatar", HTMLElement), name);
  signIn.busy(false);
  showState("ready");
  rooms.lobby.focus();
}

function signedOut(): void {
  session = undefined;
  delete document.body.dataset.connection;
  showState("signed-out");
  showTitle();
  signIn.focus();
}
