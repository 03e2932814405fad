import {
  type Call,
  CallSocket,
  IceServers,
  Line,
  type Preparation,
  type PresenceStatus,
  PresenceWatch,
  putStatus,
  type ServiceConfig,
} from "../client/index.ts";
import type { Credentials } from "./sign-in.ts";
import type { Incoming } from "./incoming.ts";
import type { Lobby } from "./lobby.ts";
import type { Media } from "./media.ts";
import { element, showState, showTitle } from "./page.ts";
import type { Stage } from "./stage.ts";
import { complain, inform, quiet } from "./status.ts";
import { isFailure, wordsOfEnd } from "./words.ts";

export interface Rooms {
  lobby: Lobby;
  incoming: Incoming;
  stage: Stage;
  media: Media;
}

const OPENING = "Opening camera and microphone…";
const CONNECTING = "Connecting…";

const relayOnly = element("relay", HTMLInputElement);

/** From sign-in to sign-out: one socket, one line, and what the page shows of them. */
export class Session {
  /** The server ended it, and said why. */
  onEnded: (words: string) => void = () => {};
  readonly #rooms: Rooms;
  readonly #config: ServiceConfig;
  readonly #name: string;
  readonly #token: string | undefined;
  readonly #socket: CallSocket;
  readonly #line: Line;
  readonly #presence: PresenceWatch;
  readonly #ice: IceServers;
  readonly #leaving = new AbortController();
  #signedIn = false;

  constructor(config: ServiceConfig, { name, token }: Credentials, rooms: Rooms) {
    this.#rooms = rooms;
    this.#config = config;
    this.#name = name;
    this.#token = token;
    this.#socket = new CallSocket({ signaling: config.signaling, name, token });
    this.#line = new Line({ socket: this.#socket, prepare: () => this.#prepare() });
    this.#presence = new PresenceWatch({ presence: config.presence, token });
    this.#ice = new IceServers({ ice: config.ice, token });
  }

  get peerConnection(): RTCPeerConnection | undefined {
    return this.#line.current?.peerConnection;
  }

  /** Resolves when the server has let us in; otherwise fails with words. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (words: string) => {
        this.#socket.close();
        reject(new Error(words));
      };
      this.#socket.on("state", (state) => {
        if (state === "online" && !this.#signedIn) {
          this.#signedIn = true;
          this.#enter();
          resolve();
        } else if (this.#signedIn) {
          this.#connectionChanged(state);
        }
      });
      this.#socket.on("lost", ({ reason }) => {
        if (!this.#signedIn) {
          fail(reason || "The server cannot be reached, or does not let you in. Try again later.");
        }
      });
      const ended = ({ message }: { message: string }) =>
        this.#signedIn ? this.#end(message) : fail(message);
      this.#socket.on("refused", ended);
      this.#socket.on("closed", ended);
      this.#socket.open();
    });
  }

  /** Signs out: hangs up, and is gone for the others. */
  close(): void {
    this.#line.current?.hangUp();
    this.#leaving.abort();
    this.#presence.stop();
    this.#socket.close();
  }

  #enter(): void {
    const { lobby, incoming, stage } = this.#rooms;
    lobby.reset();
    lobby.onCall = (peer) => this.#call(peer);
    incoming.onAccept = () => this.#line.current?.accept();
    incoming.onDecline = () => this.#line.current?.hangUp();
    stage.onHangUp = () => this.#line.current?.hangUp();
    this.#line.on("call", (call) => this.#follow(call));
    this.#line.on("busy", ({ name }) => inform(`${name} tried to call you.`));
    this.#line.on("error", ({ message }) => complain(message));
    lobby.onStatus = (status) => this.#say(status);
    this.#presence.on("peers", (people) => {
      lobby.showPeople(people.filter(({ peer }) => peer !== this.#name));
      const mine = people.find(({ peer }) => peer === this.#name)?.status;
      lobby.showMine(mine?.status ?? "online");
    });
    this.#presence.on("unreachable", ({ message }) => lobby.showUnreachable(message));
    const { signal } = this.#leaving;
    document.addEventListener("visibilitychange", () => this.#watchPresence(), { signal });
    addEventListener("online", () => this.#socket.reconnectNow(), { signal });
    this.#watchPresence();
  }

  async #say(status: PresenceStatus["status"]): Promise<void> {
    try {
      await putStatus(this.#config.presence, this.#name, { status }, { token: this.#token });
    } catch (error) {
      complain((error as Error).message);
    }
  }

  #watchPresence(): void {
    if (document.visibilityState === "visible") {
      this.#presence.start();
    } else {
      this.#presence.stop();
    }
  }

  #connectionChanged(state: CallSocket["state"]): void {
    if (state === "reconnecting") {
      complain("The connection to the server was lost. Reconnecting…");
    } else if (state === "online") {
      inform("Connected again.");
    }
  }

  #end(words: string): void {
    this.close();
    this.onEnded(words);
  }

  #call(peer: string): void {
    try {
      this.#line.call(peer);
    } catch (error) {
      complain((error as Error).message);
    }
  }

  #follow(call: Call): void {
    const { lobby, incoming, stage, media } = this.#rooms;
    let accepted = false;
    let stopWatch = () => {};
    quiet();
    stage.open(call.peer);
    if (call.incoming) {
      showState("ringing");
      showTitle(`${call.peer} is calling`);
      incoming.show(call.peer);
    } else {
      showState("calling");
      showTitle(`Calling ${call.peer}`);
      stage.note(OPENING);
      stage.focus();
    }
    call.on("state", (state) => {
      if (state === "connecting") {
        accepted = true;
        incoming.hide();
        showState("in-call");
        showTitle(`In a call with ${call.peer}`);
        stage.note(call.incoming ? OPENING : CONNECTING);
        stage.focus();
      } else if (state === "connected") {
        stage.startClock();
        stopWatch();
        stopWatch = this.#ice.watch((configuration) => call.renew(this.#withPolicy(configuration)));
      }
    });
    call.on("connection", (state) => {
      document.body.dataset.connection = state;
      if (state === "connected") {
        quiet();
        stage.note("Connected", "");
      } else if (state === "disconnected" || (state === "failed" && call.state === "connected")) {
        stage.note("Reconnecting…");
      }
    });
    call.on("track", ({ track, streams }) => stage.showRemote(track, streams));
    call.on("ended", (end) => {
      stopWatch();
      incoming.hide();
      stage.close();
      media.close();
      showTitle();
      showState("ready");
      lobby.focus(call.peer);
      const words = wordsOfEnd(call, end, accepted);
      if (words) {
        (isFailure(end) ? complain : inform)(words);
      }
    });
  }

  async #prepare(): Promise<Preparation> {
    const { media, stage } = this.#rooms;
    const [configuration, stream] = await Promise.all([
      this.#iceConfiguration().catch((error) => {
        media.close();
        throw error;
      }),
      media.open().then((opened) => {
        stage.showLocal(opened);
        stage.note(this.#line.current?.state === "calling" ? "Calling…" : CONNECTING);
        return opened;
      }),
    ]);
    return { configuration, stream };
  }

  async #iceConfiguration(): Promise<RTCConfiguration> {
    try {
      return this.#withPolicy(await this.#ice.configuration());
    } catch (error) {
      const { message } = error as Error;
      if (relayOnly.checked) {
        throw new Error(`${message} Without it there is no relay to call through.`);
      }
      complain(`${message} Trying to connect directly, which works within one network.`);
      return {};
    }
  }

  #withPolicy(configuration: RTCConfiguration): RTCConfiguration {
    return relayOnly.checked ? { ...configuration, iceTransportPolicy: "relay" } : configuration;
  }
}
