import { lookup as systemLookup } from "node:dns";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";

export interface HttpPost {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter?: string;
  /** Of a long answer the beginning. */
  readonly body: string;
}

/** Posts once. Throws an `Error` with a short message when there is no answer. */
export type Post = (post: HttpPost) => Promise<HttpAnswer>;

/** A notifier that waits for one slow receiver tells nobody else. */
const TIMEOUT_MS = 10_000;
/** Nothing that receivers answer is needed beyond its first lines. */
const MOST_BYTES = 16_384;

export interface PostParts {
  /** Tests pass one that speaks http. */
  readonly request?: (options: RequestOptions, answered: (answer: IncomingMessage) => void) => ClientRequest;
  readonly isAllowed?: (address: string) => boolean;
  readonly timeoutMs?: number;
}

/**
 * Posts over https to public addresses only. What a name resolves to is checked where the connection is made, so a name that changes its
 * address in between leads nowhere else. Redirects are not followed: they are an answer like any other.
 */
export function httpsPost({
  request = httpsRequest,
  isAllowed = isPublicAddress,
  timeoutMs = TIMEOUT_MS,
}: PostParts = {}): Post {
  return ({ url, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const host = url.hostname.replace(/^\[|\]$/g, "");
      const why = refusedBecause(url, host, isAllowed);
      if (why !== undefined) {
        reject(new Error(why));
        return;
      }
      const bytes = Buffer.from(body);
      const options: RequestOptions = {
        method: "POST",
        host,
        port: url.port === "" ? 443 : Number(url.port),
        path: `${url.pathname}${url.search}`,
        headers: { "content-length": bytes.length, "user-agent": "Laurel", host: url.host, ...headers },
        lookup: guardedLookup(isAllowed),
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      };
      const call = request(options, (answer) => {
        readBody(answer).then((text) => {
          const retryAfter = answer.headers["retry-after"];
          resolve({
            status: answer.statusCode ?? 0,
            body: text,
            ...(retryAfter === undefined ? {} : { retryAfter }),
          });
        }, reject);
      });
      call.on("error", (error) => reject(new Error(reasonOf(error))));
      call.end(bytes);
    });
}

function refusedBecause(url: URL, host: string, isAllowed: (address: string) => boolean): string | undefined {
  if (url.protocol !== "https:") return "only https is sent to";
  if (url.username !== "" || url.password !== "") return "an address with a password is not sent to";
  // An address that is written out is never looked up.
  if (isIP(host) !== 0 && !isAllowed(host)) return "the address is not public";
  return undefined;
}

/** All that a name resolves to must be allowed: one address of several is picked by whoever connects. */
function guardedLookup(isAllowed: (address: string) => boolean): NonNullable<RequestOptions["lookup"]> {
  return (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, "", 4);
        return;
      }
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isAllowed(address))) {
        callback(new Error("the name does not lead to a public address"), "", 4);
        return;
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString("utf8");
}

/** What a person can use: an error of the network names its code, and never the address with its secret. */
function reasonOf(error: Error): string {
  if (error.name === "TimeoutError" || error.name === "AbortError") return "no answer in time";
  const { code } = { code: undefined, ...error };
  return typeof code === "string" ? code : error.message.slice(0, 200);
}
