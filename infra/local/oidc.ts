import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { bodyBytes } from "#functions/_kit/body-bytes.ts";
import { type LocalIdentity, TOKEN_HOURS } from "./identity.ts";
import { json, type Page, text } from "./page.ts";
import { type LocalMachine, MACHINES, personOf } from "./people.ts";
import { choicePage } from "./sign-in-page.ts";

/**
 * The part of OpenID Connect that the console and machines use: the authorization code with PKCE, refresh tokens, and client
 * credentials. Whoever asks gets the person they choose: there are no passwords on this machine.
 */
export class LocalOidc {
  readonly #identity: LocalIdentity;
  readonly #codes = new Map<string, Grant>();

  constructor(identity: LocalIdentity) {
    this.#identity = identity;
  }

  discovery(): Page {
    const { issuer } = this.#identity;
    return json({
      issuer,
      authorization_endpoint: `${issuer}/local/authorize`,
      token_endpoint: `${issuer}/local/token`,
      jwks_uri: `${issuer}/local/jwks.json`,
      response_types_supported: ["code"],
      grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
      scopes_supported: ["openid", "profile", "offline_access", ...MACHINES.flatMap(({ scopes }) => scopes)],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
      claims_supported: ["sub", "name", "roles", "units", "sources"],
    });
  }

  /** The page on which somebody chooses who they are; with `as` the choice, and the way back to the application. */
  authorize(query: Readonly<Record<string, string | undefined>>): Page {
    const asked = readAuthorization(query);
    if (typeof asked === "string") return text(400, asked);
    if (query.as === undefined) return choicePage("/local/authorize", { ...query });
    const person = personOf(query.as);
    if (person === undefined) return text(404, `nobody here is called ${query.as}`);
    const code = randomBytes(24).toString("base64url");
    this.#codes.set(code, { ...asked, subject: person.subject, until: Date.now() + CODE_MS });
    const back = new URL(asked.redirectUri);
    back.searchParams.set("code", code);
    if (query.state !== undefined) back.searchParams.set("state", query.state);
    return { statusCode: 302, headers: { location: back.href, "cache-control": "no-store" }, body: "" };
  }

  /** @throws nothing: what is wrong is told as RFC 6749 says */
  async token(event: APIGatewayProxyEventV2): Promise<Page> {
    const form = new URLSearchParams(Buffer.from(bodyBytes(event)).toString("utf8"));
    switch (form.get("grant_type")) {
      case "authorization_code":
        return this.#byCode(form);
      case "refresh_token":
        return this.#byRefreshToken(form);
      case "client_credentials":
        return this.#byClientCredentials(form, event.headers.authorization);
      default:
        return refused("unsupported_grant_type", "use authorization_code, refresh_token or client_credentials");
    }
  }

  async #byCode(form: URLSearchParams): Promise<Page> {
    const code = form.get("code") ?? "";
    const grant = this.#codes.get(code);
    // A code is good once, whatever comes of it.
    this.#codes.delete(code);
    if (grant === undefined || grant.until < Date.now())
      return refused("invalid_grant", "the code is used, over or unknown");
    if (form.get("client_id") !== grant.clientId || form.get("redirect_uri") !== grant.redirectUri) {
      return refused("invalid_grant", "the code was given to another client_id or redirect_uri");
    }
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (challenge !== grant.challenge) return refused("invalid_grant", "code_verifier does not fit code_challenge");
    return this.#tokensOf(grant.subject, grant.clientId, grant.nonce);
  }

  async #byRefreshToken(form: URLSearchParams): Promise<Page> {
    const claims = await this.#identity.read(form.get("refresh_token") ?? "", REFRESH_AUDIENCE);
    const { sub = "", client_id } = claims ?? {};
    if (typeof client_id !== "string" || client_id !== form.get("client_id")) {
      return refused("invalid_grant", "the refresh token is over, or was given to another client_id");
    }
    return this.#tokensOf(sub, client_id);
  }

  async #tokensOf(subject: string, client: string, nonce?: string): Promise<Page> {
    const person = personOf(subject);
    if (person === undefined) return refused("invalid_grant", "nobody here is called so any more");
    const { name, roles, units, sources } = person;
    const idClaims = { sub: subject, name, roles: [...roles], units: [...units], sources: [...sources] };
    const lifetime = `${TOKEN_HOURS} hours`;
    return json({
      access_token: await this.#identity.tokenFor({ ...person, client }),
      id_token: await this.#identity.sign({ ...idClaims, ...(nonce ? { nonce } : {}) }, client, lifetime),
      refresh_token: await this.#identity.sign({ sub: subject, client_id: client }, REFRESH_AUDIENCE, "30 days"),
      token_type: "Bearer",
      expires_in: TOKEN_HOURS * 3600,
    });
  }

  async #byClientCredentials(form: URLSearchParams, authorization: string | undefined): Promise<Page> {
    const machine = machineOf(form, authorization);
    if (machine === undefined) {
      const page = refused("invalid_client", "client_id and client_secret are of no machine here", 401);
      return { ...page, headers: { ...page.headers, "www-authenticate": 'Basic realm="laurel"' } };
    }
    const asked = (form.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
    const foreign = asked.filter((scope) => !machine.scopes.includes(scope));
    if (foreign.length > 0) return refused("invalid_scope", `not given to this machine: ${foreign.join(" ")}`);
    const scopes = asked.length > 0 ? asked : machine.scopes;
    return json({
      access_token: await this.#identity.machineToken(machine, scopes),
      token_type: "Bearer",
      expires_in: TOKEN_HOURS * 3600,
      scope: scopes.join(" "),
    });
  }
}

interface Authorization {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
}

interface Grant extends Authorization {
  readonly subject: string;
  /** Milliseconds since the epoch, of the machine's clock. */
  readonly until: number;
}

const CODE_MS = 60_000;
const REFRESH_AUDIENCE = "laurel-local-refresh";

/** What is asked, or a sentence about what is wrong with it. An application elsewhere gets no code: only addresses of this machine do. */
function readAuthorization(query: Readonly<Record<string, string | undefined>>): Authorization | string {
  const { client_id = "", redirect_uri = "", response_type, code_challenge = "", code_challenge_method, nonce } = query;
  if (client_id === "") return "client_id is missing";
  if (!URL.canParse(redirect_uri) || !/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/[^#]*$/.test(redirect_uri)) {
    return "redirect_uri must be on this machine: http://127.0.0.1:…/ or http://localhost:…/";
  }
  if (response_type !== "code") return "response_type must be code";
  if (code_challenge_method !== "S256" || !/^[\w-]{43}$/.test(code_challenge)) {
    return "PKCE is asked for: code_challenge, with code_challenge_method=S256";
  }
  return { clientId: client_id, redirectUri: redirect_uri, challenge: code_challenge, nonce };
}

function machineOf(form: URLSearchParams, authorization = ""): LocalMachine | undefined {
  const basic = /^Basic +([\w+/=-]+)$/i.exec(authorization)?.[1];
  const [id, secret] =
    basic === undefined
      ? [form.get("client_id") ?? "", form.get("client_secret") ?? ""]
      : splitAtColon(Buffer.from(basic, "base64").toString("utf8"));
  return MACHINES.find(({ clientId, clientSecret }) => clientId === id && isSame(clientSecret, secret));
}

function splitAtColon(pair: string): [id: string, secret: string] {
  const at = pair.indexOf(":");
  return [decodeURIComponent(pair.slice(0, at)), decodeURIComponent(pair.slice(at + 1))];
}

function isSame(a: string, b: string): boolean {
  const digest = (secret: string) => createHash("sha256").update(secret).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function refused(error: string, error_description: string, statusCode = 400): Page {
  return { ...json({ error, error_description }), statusCode };
}
