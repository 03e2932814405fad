/** A request that did not succeed, with a message for people. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  /** The HTTP status; undefined when no answer came. */
  readonly status: number | undefined;

  constructor(message: string, status?: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** RFC 9457 problem JSON, or the lack of it, into a sentence. */
export async function problemOf(service: string, response: Response): Promise<ServiceError> {
  const problem = await readProblem(response);
  const said = [problem.title, problem.detail]
    .filter((part): part is string => typeof part === "string" && part.trim() !== "")
    .map((part) => part.trim().replace(/[.:]+$/, ""));
  const words = said.length > 0 ? said.join(": ") : meaningOf(response.status);
  const wait = retryAfter(response);
  return new ServiceError(`${service}: ${words}.${wait}`, response.status);
}

async function readProblem(response: Response): Promise<{ title?: unknown; detail?: unknown }> {
  if (!/^application\/(problem\+)?json\b/.test(response.headers.get("content-type") ?? "")) {
    return {};
  }
  try {
    return (await response.json()) ?? {};
  } catch {
    return {};
  }
}

function meaningOf(status: number): string {
  switch (status) {
    case 401:
      return "The token is missing, not valid or expired";
    case 403:
      return "The token does not allow this";
    case 429:
      return "Too many requests";
    case 503:
      return "Not available right now";
    default:
      return `The service answered with status ${status}`;
  }
}

function retryAfter(response: Response): string {
  const seconds = Number(response.headers.get("retry-after") ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 ? ` Try again in ${Math.ceil(seconds)} s.` : "";
}
