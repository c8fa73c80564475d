import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { bodyBytes } from "#functions/_kit/body-bytes.ts";
import type { HttpRoute } from "./http-server.ts";
import type { LocalIdentity } from "./identity.ts";
import { LocalOidc } from "./oidc.ts";
import { json, type Page, text } from "./page.ts";
import { PEOPLE, personOf } from "./people.ts";
import { choicePage, tokenSection } from "./sign-in-page.ts";

export interface LocalState {
  readonly identity: LocalIdentity;
  /** What was given up or has failed. */
  readonly failures: () => unknown;
  readonly redrive: () => Promise<unknown>;
  /** What would have been sent to groups, people and systems. */
  readonly messages?: () => unknown;
  /** The headers with which a source would deliver a body; `event` is what a vendor would call it. */
  readonly sign: (
    source: string,
    body: Uint8Array,
    event: string,
  ) => Record<string, string> | Promise<Record<string, string>>;
}

/** The pages that only the local cloud has: sign in without a password, OpenID Connect, the public keys, what has failed. */
export function localPages(state: LocalState): HttpRoute[] {
  const { identity } = state;
  const oidc = new LocalOidc(identity);
  return [
    page("GET", "/local/sign-in", (event) => signInPage(identity, event.queryStringParameters?.as)),
    page("GET", "/local/token", (event) => tokenText(identity, event.queryStringParameters?.as)),
    page("GET", "/.well-known/openid-configuration", (event) => shared(event, oidc.discovery())),
    page("GET", "/local/authorize", (event) => oidc.authorize({ ...event.queryStringParameters })),
    page("POST", "/local/token", async (event) => shared(event, await oidc.token(event))),
    page("GET", "/local/jwks.json", (event) => shared(event, json(identity.jwks))),
    page("GET", "/local/failures", () => json(state.failures())),
    page("GET", "/local/messages", () => json(state.messages?.() ?? [])),
    page("POST", "/local/failures/redrive", async () => json(await state.redrive())),
    page("POST", "/local/sign/{source}", (event) => signedHeaders(state, event)),
  ];
}

function page(
  method: string,
  path: string,
  answer: (event: APIGatewayProxyEventV2) => Promise<Page> | Page,
): HttpRoute {
  const handler = (event: APIGatewayProxyEventV2) =>
    isThisMachine(event.headers.host) ? answer(event) : text(403, "only for this machine");
  return { method, path, functionName: "local", handler };
}

/** A web page elsewhere can point a name of its own at this machine; it must not get a token that way. */
function isThisMachine(host = ""): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

/** An application that is developed beside this cloud, on another port, may read the answer; no page from elsewhere may. */
function shared(event: APIGatewayProxyEventV2, answer: Page): Page {
  const { origin = "" } = event.headers;
  if (!origin.startsWith("http://") || !isThisMachine(origin.slice("http://".length))) return answer;
  return { ...answer, headers: { ...answer.headers, "access-control-allow-origin": origin, vary: "origin" } };
}

/** One header a line, as `curl -H @file` takes them. */
async function signedHeaders({ sign }: LocalState, event: APIGatewayProxyEventV2): Promise<Page> {
  const { event: kind = "orders/updated" } = { ...event.queryStringParameters };
  const headers = await sign(event.pathParameters?.source ?? "", bodyBytes(event), kind);
  return text(
    200,
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(""),
  );
}

async function signInPage(identity: LocalIdentity, subject: string | undefined): Promise<Page> {
  const person = subject === undefined ? undefined : personOf(subject);
  if (subject !== undefined && person === undefined) return text(404, `nobody here is called ${subject}`);
  return choicePage("/local/sign-in", {}, person && tokenSection(person, await identity.tokenFor(person)));
}

async function tokenText(identity: LocalIdentity, subject = ""): Promise<Page> {
  const person = personOf(subject);
  if (person === undefined) return text(404, `add ?as= and one of ${PEOPLE.map((one) => one.subject).join(", ")}`);
  return text(200, await identity.tokenFor(person));
}
