/** One HTTPS call to a host of a vendor's own, answered by JSON of bounded size in bounded time; undefined when it is not. */
export interface HttpCall {
  readonly host: string;
  /** Begins with `/`. Ids in it are encoded by whoever builds it. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, by POST. */
  readonly body?: unknown;
}

export type CallJson = (call: HttpCall) => Promise<unknown>;

/** The only hosts that are ever called, whatever a source or a delivery says. */
const HOSTS = new Set(["connect.squareup.com", "connect.squareupsandbox.com", "api.stripe.com", "open.youzanyun.com"]);

/** Vendors hang up after five seconds; the answer to them must still fit. */
const TIMEOUT_MS = 3_000;
const MOST_BYTES = 2_000_000;

/** `fetch` is passed in by tests. A redirect is refused: it could lead anywhere. */
export function httpJson(send: typeof fetch = fetch): CallJson {
  return async ({ host, path, headers = {}, body }) => {
    if (!HOSTS.has(host) || !path.startsWith("/")) throw new RangeError(`${host} is no vendor's`);
    try {
      const answer = await send(`https://${host}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { accept: "application/json", ...(body === undefined ? {} : JSON_BODY), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!answer.ok) return undefined;
      return await jsonOf(answer);
    } catch {
      // No answer, a late one, one that is no JSON: the message is kept and told again.
      return undefined;
    }
  };
}

const JSON_BODY = { "content-type": "application/json" };

async function jsonOf(answer: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
