import type * as z from "zod";
import type { ProblemDetails } from "#contracts/problem-details.ts";
import type { RequestMedia } from "#contracts/route.ts";
import type { ApiOperationId, apiRoutes } from "#contracts/routes.ts";

type Routes = typeof apiRoutes;

/** What an operation answers: the type of its own schema. */
export type Answer<K extends ApiOperationId> = z.output<Routes[K]["success"]["schema"]>;

export interface Call<K extends ApiOperationId> {
  readonly params?: z.input<Routes[K]["params"]>;
  readonly query?: z.input<Routes[K]["query"]>;
  readonly body?: z.input<Routes[K]["body"]["schema"]>;
  /** A body that is a text of its own, as a plan in YAML or rows in CSV, instead of `body`. */
  readonly text?: { readonly type: RequestMedia; readonly content: string };
  /** The revision that was looked at: sent as `If-Match` where the operation asks for it. */
  readonly revision?: number;
  /** Of a listing: goes on behind the page that named it. */
  readonly cursor?: string | undefined;
}

/** A file that the API answered, under the name that it gave. */
export interface AnsweredFile {
  readonly name: string;
  readonly content: Blob;
  /** Of a listing with more rows than one file takes: goes on behind this one. */
  readonly nextCursor?: string | undefined;
}

/** An answer other than 2xx, as the API says it; or none at all, which is status 0. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly details: Partial<ProblemDetails>;

  constructor(status: number, details: Partial<ProblemDetails>) {
    super(details.detail ?? details.title ?? String(status));
    this.status = status;
    this.details = details;
  }
}

export interface Tokens {
  /** The token to send; undefined when nobody is signed in. `renew`: the one before was refused. */
  token(renew: boolean): Promise<string | undefined>;
  /** Nobody vouches for the caller any more. */
  onRefused(): void;
}

export class ApiClient {
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  async json<K extends ApiOperationId>(operation: K, call: Call<K> = {}): Promise<Answer<K>> {
    const response = await this.#send(operation, call);
    return response.json();
  }

  async text<K extends ApiOperationId>(operation: K, call: Call<K>): Promise<string> {
    return (await this.#send(operation, call)).text();
  }

  async file<K extends ApiOperationId>(operation: K, call: Call<K>): Promise<AnsweredFile> {
    const response = await this.#send(operation, call);
    const [, name = operation] = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "") ?? [];
    const nextCursor = response.headers.get("laurel-next-cursor") ?? undefined;
    return { name, content: await response.blob(), nextCursor };
  }

  async #send<K extends ApiOperationId>(operation: K, call: Call<K>): Promise<Response> {
    const [method, path] = API_OPERATIONS[operation];
    const url = filled(path, call.params) + queryText({ ...call.query, cursor: call.cursor });
    const headers: Record<string, string> = {};
    const body = call.text?.content ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    if (body !== undefined) headers["content-type"] = call.text?.type ?? "application/json";
    if (call.revision !== undefined) headers["if-match"] = `"${call.revision}"`;
    // Sent again after a renewed token or a lost answer, it does nothing twice.
    if (method === "POST") headers["idempotency-key"] = crypto.randomUUID();
    const once = async (renew: boolean) => {
      const token = await this.#tokens.token(renew);
      if (token !== undefined) headers.authorization = `Bearer ${token}`;
      return fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    };
    const first = await heard(once(false));
    const response = first.status === 401 ? await heard(once(true)) : first;
    if (response.ok) return response;
    if (response.status === 401) this.#tokens.onRefused();
    throw new ApiProblem(response.status, await problemOf(response));
  }
}

async function heard(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer;
  } catch {
    throw new ApiProblem(0, {});
  }
}

async function problemOf(response: Response): Promise<Partial<ProblemDetails>> {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

/** `/v1/campaigns/{campaign}` with its values. What a path cannot carry as it is, the API takes as `~` and base64url. */
export function filled(path: string, params: object = {}): string {
  const values = new Map<string, unknown>(Object.entries(params));
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => segment(String(values.get(name) ?? "")));
}

function segment(value: string): string {
  if (!/[/?%~]/.test(value)) return encodeURIComponent(value);
  const bytes = new TextEncoder().encode(value);
  return `~${base64Url(bytes)}`;
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

export function queryText(query: object = {}): string {
  const said = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}
