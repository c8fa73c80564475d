import createClient, { type Client, type Middleware } from "openapi-fetch";

export interface LaurelClientOptions {
  /** Where Laurel answers, such as `https://laurel.example.com`. */
  readonly baseUrl: string;
  /** A bearer token, or how to get one; asked before each call, so that it can be renewed. */
  readonly token: string | (() => string | Promise<string>);
  /** How often a call that was told to come again is sent again; 3 where it is not said. */
  readonly retries?: number;
  /** What sends requests: the platform's own `fetch` where it is not said. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** How to wait; for tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** Too many calls; busy. Both say when to come again. */
const COME_AGAIN: ReadonlySet<number> = new Set([429, 503]);
const LONGEST_WAIT_SECONDS = 30;

/**
 * A client of Laurel's API, typed by `Paths`, which is generated from the OpenAPI document. Each POST carries an
 * `Idempotency-Key`, so that sending it again does nothing twice; a call that is answered 429 or 503 is sent again when the answer says.
 */
export function laurelClient<Paths extends object>(options: LaurelClientOptions): Client<Paths, `${string}/${string}`> {
  const client = createClient<Paths>({ baseUrl: options.baseUrl, fetch: patient(options) });
  client.use(credentials(options));
  return client;
}

function credentials({ token }: LaurelClientOptions): Middleware {
  return {
    async onRequest({ request }) {
      const bearer = typeof token === "string" ? token : await token();
      request.headers.set("authorization", `Bearer ${bearer}`);
      if (request.method === "POST" && !request.headers.has("idempotency-key")) {
        request.headers.set("idempotency-key", crypto.randomUUID());
      }
      return request;
    },
  };
}

function patient({ retries = 3, fetch: send = fetch, wait = sleep }: LaurelClientOptions) {
  return async (request: Request): Promise<Response> => {
    for (let left = retries; ; left -= 1) {
      const answer = await send(request.clone());
      if (left <= 0 || !COME_AGAIN.has(answer.status)) return answer;
      const seconds = Number(answer.headers.get("retry-after") ?? 1);
      await wait(Math.min(Number.isFinite(seconds) ? seconds : 1, LONGEST_WAIT_SECONDS) * 1000);
    }
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
