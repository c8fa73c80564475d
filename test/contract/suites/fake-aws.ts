import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll } from "vitest";

/** What a stand-in answers: the parts of AWS's own answers that the SDK reads. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/**
 * A server on this machine that speaks just enough of an AWS service, so that the real SDK goes over a real connection.
 * Gives the endpoint once the tests run, and closes when the file ends.
 */
export function fakeAws(answer: (request: FakeRequest) => FakeAnswer): () => string {
  const server = createServer((request, response) => {
    void respond(request, response, answer);
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return () => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the stand-in does not listen");
    return `http://127.0.0.1:${address.port}`;
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: FakeRequest) => FakeAnswer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? "/", "http://localhost");
  const { status, headers, body } = answer({
    method: request.method ?? "",
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  });
  response.writeHead(status, headers).end(body);
}
