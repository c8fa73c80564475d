import * as z from "zod";
import { type Problem, problemSchema } from "#domain/problem.ts";

const refusalSchema = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  problems: z.array(problemSchema).default([]),
});

/** An answer other than 2xx, with what the server said. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, request: string, detail: string, problems: readonly Problem[]) {
    super(
      [`${request} answered ${status}: ${detail}`, ...problems.map(({ path, message }) => `  ${path} ${message}`)].join(
        "\n",
      ),
    );
    this.status = status;
    this.problems = problems;
  }
}

export interface ApiRequest {
  readonly method?: "GET" | "POST" | "PUT";
  readonly json?: unknown;
  readonly text?: { readonly body: string; readonly type: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** A person at the API: real HTTP requests with their token. */
export class ApiClient {
  readonly #url: string;
  readonly #token: () => Promise<string>;

  constructor(url: string, token: () => Promise<string>) {
    this.#url = url;
    this.#token = token;
  }

  /** Sends a request and reads the answer by its schema. */
  async ask<T>(path: string, answer: z.ZodType<T>, request: ApiRequest = {}): Promise<T> {
    const response = await this.send(path, request);
    return answer.parse(await response.json());
  }

  /** @throws ApiRefusal for an answer other than 2xx */
  async send(path: string, { method = "GET", json, text, headers = {} }: ApiRequest = {}): Promise<Response> {
    const body = text?.body ?? (json === undefined ? undefined : JSON.stringify(json));
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#token()}`,
        ...(body === undefined ? {} : { "content-type": text?.type ?? "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    if (response.ok) return response;
    const refusal = refusalSchema.parse(await response.json());
    throw new ApiRefusal(response.status, `${method} ${path}`, refusal.detail ?? refusal.title ?? "", refusal.problems);
  }

  /** Every item of a paged listing. */
  async all<T>(path: string, item: z.ZodType<T>): Promise<T[]> {
    const page = z.object({ items: z.array(item), nextCursor: z.string().optional() });
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const joint = path.includes("?") ? "&" : "?";
      const next = await this.ask(
        `${path}${cursor === undefined ? "" : `${joint}cursor=${encodeURIComponent(cursor)}`}`,
        page,
      );
      items.push(...next.items);
      cursor = next.nextCursor;
    } while (cursor !== undefined);
    return items;
  }
}
