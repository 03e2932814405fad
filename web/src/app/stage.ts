import { element, paintAvatar } from "./page.ts";

const stage = element("stage", HTMLElement);
const remoteVideo = element("remote-video", HTMLVideoElement);
const localVideo = element("local-video", HTMLVideoElement);
const selfView = element("self-view", HTMLElement);
const partner = element("partner", HTMLElement);
const partnerAvatar = element("partner-avatar", HTMLElement);
const callNote = element("call-note", HTMLElement);
const plateName = element("plate-name", HTMLElement);
const plateNote = element("plate-note", HTMLElement);
const plateTime = element("plate-time", HTMLElement);
const muteButton = element("mute", HTMLButtonElement);
const cameraButton = element("camera", HTMLButtonElement);

/** The call as one sees it: two pictures and the controls. */
export class Stage {
  onHangUp: () => void = () => {};
  #localStream: MediaStream | undefined;
  #remoteStream: MediaStream | undefined;
  #clock: number | undefined;

  constructor() {
    element("hang-up", HTMLButtonElement).addEventListener("click", () => this.onHangUp());
    muteButton.addEventListener("click", () => this.#toggle("audio"));
    cameraButton.addEventListener("click", () => this.#toggle("video"));
    // A picture counts when it has a size: an audio-only partner never gets that far.
    remoteVideo.addEventListener("resize", () => this.#showPicture());
  }

  open(peer: string): void {
    partner.textContent = peer;
    plateName.textContent = peer;
    paintAvatar(partnerAvatar, peer);
    this.note("");
    this.showLocal(undefined);
    this.#showPicture();
  }

  /** After the page has made it visible: what is hidden takes no focus. */
  focus(): void {
    partner.focus();
  }

  close(): void {
    clearInterval(this.#clock);
    this.#clock = undefined;
    plateTime.textContent = "";
    remoteVideo.srcObject = null;
    this.#remoteStream = undefined;
    this.showLocal(undefined);
    delete stage.dataset.picture;
  }

  /** The plate over a picture is small, and says only what the picture does not. */
  note(words: string, onPlate = words): void {
    callNote.textContent = words;
    plateNote.textContent = onPlate;
  }

  showLocal(stream: MediaStream | undefined): void {
    this.#localStream = stream;
    localVideo.srcObject = stream ?? null;
    selfView.hidden = !stream?.getVideoTracks().length;
    this.#showControls();
  }

  /** Some partners send their tracks in no stream, so they are put together here. */
  showRemote(track: MediaStreamTrack, streams: readonly MediaStream[]): void {
    const stream = streams[0] ?? this.#remoteStream ?? new MediaStream();
    if (!stream.getTrackById(track.id)) {
      stream.addTrack(track);
    }
    this.#remoteStream = stream;
    if (remoteVideo.srcObject !== stream) {
      remoteVideo.srcObject = stream;
    }
    track.addEventListener("mute", () => this.#showPicture());
    track.addEventListener("unmute", () => this.#showPicture());
  }

  startClock(): void {
    if (this.#clock !== undefined) {
      return;
    }
    const start = Date.now();
    const tick = () => {
      const seconds = Math.floor((Date.now() - start) / 1000);
      plateTime.textContent = `${Math.floor(seconds / 60)}:${
        String(seconds % 60).padStart(2, "0")
      }`;
    };
    tick();
    this.#clock = setInterval(tick, 1000);
  }

  #showPicture(): void {
    const sending = this.#remoteStream?.getVideoTracks().some((track) => !track.muted) ?? false;
    stage.dataset.picture = String(sending && remoteVideo.videoWidth > 0);
  }

  #toggle(kind: "audio" | "video"): void {
    for (const track of this.#tracks(kind)) {
      track.enabled = !track.enabled;
    }
    this.#showControls();
  }

  #showControls(): void {
    const sound = this.#tracks("audio");
    const picture = this.#tracks("video");
    const muted = sound.every((track) => !track.enabled);
    const dark = picture.every((track) => !track.enabled);
    muteButton.disabled = sound.length === 0;
    cameraButton.disabled = picture.length === 0;
    label(muteButton, muted, muted ? "Unmute" : "Mute");
    label(cameraButton, dark, dark ? "Start video" : "Stop video");
    selfView.dataset.off = String(dark);
  }

  #tracks(kind: "audio" | "video"): MediaStreamTrack[] {
    return this.#localStream?.getTracks().filter((track) => track.kind === kind) ?? [];
  }
}

function label(button: HTMLButtonElement, off: boolean, words: string): void {
  button.dataset.off = String(off);
  const label = button.querySelector(".label");
  if (label) {
    label.textContent = words;
  }
}
