import { problemOf, ServiceError } from "./problem.ts";

/** Where the three services are, as the page's own origin tells. */
export interface ServiceConfig {
  signaling: string;
  presence: string;
  ice: string;
  auth: "open" | "closed";
}

export interface OnlinePeer {
  peer: string;
  since: string;
  status?: PresenceStatus;
}

/** What a peer says of itself. */
export interface PresenceStatus {
  status: "online" | "away" | "busy";
  text?: string;
  until?: string;
}

export interface IceServersAnswer {
  iceServers: RTCIceServer[];
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** Seconds from the answer until its credentials end. */
  ttl: number;
  expiresAt: string;
  refreshAfter: string;
}

export interface RequestOptions {
  token?: string | undefined;
  fetch?: typeof fetch | undefined;
}

const REQUEST_TIMEOUT = 8_000;

export async function fetchConfig(
  url = "/config.json",
  options: RequestOptions = {},
): Promise<ServiceConfig> {
  const config = await getJson("Configuration", url, options) as Partial<ServiceConfig>;
  const { signaling, presence, ice } = config;
  if (!signaling || !presence || !ice) {
    throw new ServiceError("Configuration: The server did not say where its services are.");
  }
  return { signaling, presence, ice, auth: config.auth === "closed" ? "closed" : "open" };
}

export async function fetchPresence(
  presence: string,
  options: RequestOptions = {},
): Promise<OnlinePeer[]> {
  const answer = await getJson("Presence", at(presence, "presence"), options);
  const peers = (answer as { peers?: unknown }).peers;
  return Array.isArray(peers) ? peers as OnlinePeer[] : [];
}

/** What happens, as server-sent events; `last` is the id of the last one that came. */
export async function openPresence(
  presence: string,
  options: RequestOptions & { last: string; signal: AbortSignal },
): Promise<ReadableStream<Uint8Array>> {
  const headers = { ...headersOf(options), Accept: "text/event-stream" };
  const response = await answer("Presence", at(presence, "presence/events"), options, {
    headers: options.last ? { ...headers, "Last-Event-ID": options.last } : headers,
    cache: "no-store",
    signal: options.signal,
  });
  if (!response.body) {
    throw new ServiceError("Presence: The answer cannot be read.", response.status);
  }
  return response.body;
}

/** Says how it stands with a peer; without a token it has to be named. */
export async function putStatus(
  presence: string,
  name: string,
  status: PresenceStatus,
  options: RequestOptions = {},
): Promise<void> {
  const query = options.token === undefined ? `?name=${encodeURIComponent(name)}` : "";
  await answer("Presence", at(presence, `presence/me/status${query}`), options, {
    method: "PUT",
    headers: { ...headersOf(options), "Content-Type": "application/json" },
    body: JSON.stringify(status),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT),
  });
}

export async function fetchIceServers(
  ice: string,
  options: RequestOptions = {},
): Promise<IceServersAnswer> {
  const answer = await getJson("ICE servers", at(ice, "ice-servers"), options);
  if (!Array.isArray((answer as Partial<IceServersAnswer>).iceServers)) {
    throw new ServiceError("ICE servers: The answer names no servers.");
  }
  return answer as IceServersAnswer;
}

async function getJson(service: string, url: string, options: RequestOptions): Promise<object> {
  const response = await answer(service, url, options, {
    headers: { ...headersOf(options), Accept: "application/json" },
    cache: "no-store",
    signal: AbortSignal.timeout(REQUEST_TIMEOUT),
  });
  try {
    const value: unknown = await response.json();
    if (typeof value === "object" && value !== null) {
      return value;
    }
  } catch {
    // Falls through: a body that is no JSON is no more use than one that is no object.
  }
  throw new ServiceError(`${service}: The answer cannot be read.`, response.status);
}

function headersOf({ token }: RequestOptions): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

/** The answer, if it is none of failure. */
async function answer(
  service: string,
  url: string,
  options: RequestOptions,
  request: RequestInit,
): Promise<Response> {
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(url, request);
  } catch (cause) {
    throw new ServiceError(`${service}: The service cannot be reached.`, undefined, { cause });
  }
  if (!response.ok) {
    throw await problemOf(service, response);
  }
  return response;
}

function at(base: string, path: string): string {
  return `${base.replace(/\/+$/, "")}/${path}`;
}
