import { HttpProblem } from "./http-problem.ts";

const WINDOW_SECONDS = 60;
/** Callers remembered at once; whoever was quiet longest is forgotten, with nothing held against them. */
const CALLERS = 10_000;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/**
 * How often one caller may call: a bucket of a minute's calls that fills evenly, so a burst is possible and a flood is not. Each
 * instance of the function counts by itself, without a write for each call: it protects others from one caller who runs
 * wild, and is no meter. The gateway's own limit stands in front of it.
 */
export class CallLimits {
  readonly #perMinute: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(callsPerMinute: number) {
    this.#perMinute = callsPerMinute;
  }

  /**
   * Counts one call at `now` (milliseconds).
   *
   * @returns the headers that tell the caller how much is left (draft-ietf-httpapi-ratelimit-headers)
   * @throws HttpProblem("tooMany") with `Retry-After` when nothing is left
   */
  take(caller: string, now: number): Record<string, string> {
    const before = this.#buckets.get(caller) ?? { left: this.#perMinute, at: now };
    const filled = before.left + (Math.max(0, now - before.at) * this.#perMinute) / (WINDOW_SECONDS * 1000);
    const left = Math.min(this.#perMinute, filled) - 1;
    if (left < 0) throw this.#tooMany(-left);
    this.#remember(caller, { left, at: now });
    return this.#headers(left);
  }

  #remember(caller: string, bucket: Bucket): void {
    this.#buckets.delete(caller);
    this.#buckets.set(caller, bucket);
    const [quietest] = this.#buckets.keys();
    if (this.#buckets.size > CALLERS && quietest !== undefined) this.#buckets.delete(quietest);
  }

  #headers(left: number): Record<string, string> {
    const untilFull = Math.ceil(((this.#perMinute - left) * WINDOW_SECONDS) / this.#perMinute);
    return {
      "ratelimit-policy": `"calls";q=${this.#perMinute};w=${WINDOW_SECONDS}`,
      ratelimit: `"calls";r=${Math.floor(left)};t=${untilFull}`,
    };
  }

  #tooMany(missing: number): HttpProblem {
    const seconds = Math.max(1, Math.ceil((missing * WINDOW_SECONDS) / this.#perMinute));
    const problem = {
      code: "too-many-calls",
      path: "",
      message: "more calls than one caller may make",
      allowed: `${this.#perMinute} a minute`,
      mend: `wait ${seconds} seconds, then send it again; send facts in batches`,
    };
    return new HttpProblem("tooMany", problem.message, {
      problems: [problem],
      headers: { "retry-after": String(seconds), ...this.#headers(0) },
    });
  }
}
