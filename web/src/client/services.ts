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
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.token !== undefined) {
    headers.Authorization = `Bearer ${options.token}`;
  }
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(url, {
      headers,
      cache: "no-store",
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    });
  } catch (cause) {
    throw new ServiceError(`${service}: The service cannot be reached.`, undefined, { cause });
  }
  if (!response.ok) {
    throw await problemOf(service, response);
  }
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

function at(base: string, path: string): string {
  return `${base.replace(/\/+$/, "")}/${path}`;
}
