import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { bodyBytes } from "#functions/_kit/body-bytes.ts";
import type { HttpRoute } from "./http-server.ts";
import { type LocalIdentity, TOKEN_HOURS } from "./identity.ts";
import { type LocalPerson, PEOPLE, personOf } from "./people.ts";

export interface LocalState {
  readonly identity: LocalIdentity;
  /** What was given up or has failed. */
  readonly failures: () => unknown;
  readonly redrive: () => Promise<unknown>;
  /** The headers with which a source would deliver a body. */
  readonly sign: (source: string, body: Uint8Array) => Record<string, string>;
}

interface Page {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The pages that only the local cloud has: sign in without a password, the public keys, what has failed. */
export function localPages(state: LocalState): HttpRoute[] {
  const page = (
    method: string,
    path: string,
    answer: (event: APIGatewayProxyEventV2) => Promise<Page> | Page,
  ): HttpRoute => ({
    method,
    path,
    functionName: "local",
    handler: (event) => (isThisMachine(event) ? answer(event) : text(403, "only for this machine")),
  });
  return [
    page("GET", "/local/sign-in", (event) => signInPage(state.identity, event.queryStringParameters?.as)),
    page("GET", "/local/token", (event) => tokenText(state.identity, event.queryStringParameters?.as)),
    page("GET", "/local/jwks.json", () => json(state.identity.jwks)),
    page("GET", "/local/failures", () => json(state.failures())),
    page("POST", "/local/failures/redrive", async () => json(await state.redrive())),
    page("POST", "/local/sign/{source}", (event) => signedHeaders(state, event)),
  ];
}

/** One header a line, as `curl -H @file` takes them. */
function signedHeaders({ sign }: LocalState, event: APIGatewayProxyEventV2): Page {
  const headers = sign(event.pathParameters?.source ?? "", bodyBytes(event));
  return text(
    200,
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(""),
  );
}

/** A web page elsewhere can point a name of its own at this machine; it must not get a token that way. */
function isThisMachine(event: APIGatewayProxyEventV2): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(event.headers.host ?? "");
}

async function signInPage(identity: LocalIdentity, subject: string | undefined): Promise<Page> {
  const person = subject === undefined ? undefined : personOf(subject);
  if (subject !== undefined && person === undefined) return text(404, `nobody here is called ${subject}`);
  const token = person && (await identity.tokenFor(person));
  return html(`${person && token ? tokenSection(person, token) : ""}
    <h1>Sign in</h1>
    <p>Laurel on this machine. Choose who you are; there are no passwords here.</p>
    <table><tr><th>Who</th><th>Role</th><th>Does</th></tr>
      ${PEOPLE.map(personRow).join("\n      ")}
    </table>`);
}

function personRow({ subject, name, roles, units, job }: LocalPerson): string {
  const place = units.length > 0 ? ` of ${units.join(", ")}` : "";
  const link = `<a href="/local/sign-in?as=${encodeURIComponent(subject)}">${escapeHtml(name)}</a>`;
  return `<tr><td>${link}</td><td>${escapeHtml(roles.join(", ") + place)}</td><td>${escapeHtml(job)}</td></tr>`;
}

function tokenSection({ name }: LocalPerson, token: string): string {
  return `<section>
      <h1>You are ${escapeHtml(name)}</h1>
      <p>Your token, valid for ${TOKEN_HOURS} hours. Click it to select it, copy it, and paste it under <em>Authorize</em>
      in the <a href="/docs">API reference</a>.</p>
      <code>${escapeHtml(token)}</code>
    </section>`;
}

async function tokenText(identity: LocalIdentity, subject = ""): Promise<Page> {
  const person = personOf(subject);
  if (person === undefined) return text(404, `add ?as= and one of ${PEOPLE.map((one) => one.subject).join(", ")}`);
  return text(200, await identity.tokenFor(person));
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
td,th{text-align:left;padding:.35rem 1rem .35rem 0;vertical-align:top}
code{display:block;overflow-wrap:anywhere;user-select:all;background:#f2f2f2;padding:1rem;border-radius:.4rem}`;

function html(body: string): Page {
  return {
    statusCode: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "cache-control": "no-store",
    },
    body: `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Laurel: sign in</title><style>${STYLE}</style></head>
  <body>
    ${body}
  </body>
</html>
`,
  };
}

function json(value: unknown): Page {
  return {
    statusCode: 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(value, undefined, 2),
  };
}

function text(statusCode: number, body: string): Page {
  return { statusCode, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" }, body };
}

function escapeHtml(plain: string): string {
  return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
