/** Sign-in by the authorization code with PKCE (RFC 7636), for an application that keeps no secret. */

export interface SignInConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Which of the tokens the API takes. */
  readonly token: "access_token" | "id_token";
  /** What is asked of the issuer; some refuse scopes that they do not know. */
  readonly scope?: string;
}

export interface Endpoints {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
}

export interface Tokens {
  readonly bearer: string;
  readonly refresh?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What is kept between leaving for the sign-in page and coming back. */
interface Leaving {
  readonly verifier: string;
  readonly state: string;
  readonly returnTo: string;
}

const LEAVING = "laurel.sign-in";
const TOKENS = "laurel.tokens";

export const BACK = `${location.origin}/console/signed-in`;

export async function readConfig(): Promise<SignInConfig> {
  const response = await fetch("/console/config.json", { cache: "no-cache" });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return response.json();
}

export async function discover({ issuer }: SignInConfig): Promise<Endpoints> {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`openid-configuration: ${response.status}`);
  return response.json();
}

/** Goes to the sign-in page; nothing of this page runs afterwards. */
export async function leaveToSignIn(config: SignInConfig, endpoints: Endpoints, returnTo: string): Promise<void> {
  const leaving: Leaving = { verifier: randomText(), state: randomText(), returnTo };
  sessionStorage.setItem(LEAVING, JSON.stringify(leaving));
  const address = new URL(endpoints.authorization_endpoint);
  const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(leaving.verifier));
  for (const [name, value] of Object.entries({
    response_type: "code",
    client_id: config.clientId,
    redirect_uri: BACK,
    scope: config.scope ?? "openid profile offline_access",
    state: leaving.state,
    code_challenge: base64Url(new Uint8Array(challenge)),
    code_challenge_method: "S256",
  })) {
    address.searchParams.set(name, value);
  }
  location.assign(address);
}

/** Back from the sign-in page: the code for tokens. Returns where to go on; throws when it was not we who left. */
export async function comeBack(
  config: SignInConfig,
  endpoints: Endpoints,
): Promise<{ tokens: Tokens; returnTo: string }> {
  const query = new URLSearchParams(location.search);
  const leaving: Leaving | null = JSON.parse(sessionStorage.getItem(LEAVING) ?? "null");
  sessionStorage.removeItem(LEAVING);
  const code = query.get("code");
  if (leaving === null || code === null || query.get("state") !== leaving.state) {
    throw new Error(query.get("error_description") ?? query.get("error") ?? "state");
  }
  const form = { grant_type: "authorization_code", code, redirect_uri: BACK, code_verifier: leaving.verifier };
  return { tokens: await ask(config, endpoints, form), returnTo: leaving.returnTo };
}

export function renew(config: SignInConfig, endpoints: Endpoints, refresh: string): Promise<Tokens> {
  return ask(config, endpoints, { grant_type: "refresh_token", refresh_token: refresh });
}

async function ask(config: SignInConfig, endpoints: Endpoints, form: Record<string, string>): Promise<Tokens> {
  const response = await fetch(endpoints.token_endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...form, client_id: config.clientId }),
  });
  const answer: Readonly<Record<string, string | number | undefined>> = await response.json();
  const bearer = answer[config.token];
  if (!response.ok || typeof bearer !== "string")
    throw new Error(String(answer.error_description ?? answer.error ?? response.status));
  // Some providers give no new refresh token; the one that was used then stays good.
  const refresh = answer.refresh_token ?? form.refresh_token;
  return {
    bearer,
    expiresAt: Date.now() + Number(answer.expires_in ?? 300) * 1000,
    ...(typeof refresh === "string" ? { refresh } : {}),
  };
}

/** Kept as long as the tab is open, and for this tab alone. */
export function keepTokens(tokens: Tokens | undefined): void {
  if (tokens === undefined) sessionStorage.removeItem(TOKENS);
  else sessionStorage.setItem(TOKENS, JSON.stringify(tokens));
}

export function keptTokens(): Tokens | undefined {
  const tokens: Tokens | null = JSON.parse(sessionStorage.getItem(TOKENS) ?? "null");
  return tokens ?? undefined;
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
