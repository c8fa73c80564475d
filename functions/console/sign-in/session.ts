import type { Tokens as ApiTokens } from "../api/client.ts";
import {
  comeBack,
  discover,
  type Endpoints,
  keepTokens,
  keptTokens,
  leaveToSignIn,
  readConfig,
  renew,
  type SignInConfig,
  type Tokens,
} from "./oidc.ts";

/** A token is renewed this long before it is over. */
const AHEAD_MS = 60_000;

/** Who is signed in, in this tab. */
export class Session implements ApiTokens {
  readonly config: SignInConfig;
  readonly #endpoints: Endpoints;
  #tokens: Tokens | undefined;
  /** Calls at the same time wait for one renewal. */
  #renewal: Promise<Tokens | undefined> | undefined;
  /** Told when nobody is signed in any more. */
  onEnd: () => void = () => {};

  constructor(config: SignInConfig, endpoints: Endpoints, tokens: Tokens | undefined) {
    this.config = config;
    this.#endpoints = endpoints;
    this.#tokens = tokens;
  }

  /** Reads the configuration and what this tab kept; on the way back from the sign-in page, completes the sign-in. */
  static async start(): Promise<Session> {
    const config = await readConfig();
    const endpoints = await discover(config);
    if (location.pathname !== "/console/signed-in") return new Session(config, endpoints, keptTokens());
    const { tokens, returnTo } = await comeBack(config, endpoints);
    keepTokens(tokens);
    history.replaceState(null, "", returnTo);
    return new Session(config, endpoints, tokens);
  }

  get isSignedIn(): boolean {
    return this.#tokens !== undefined;
  }

  async token(renewNow: boolean): Promise<string | undefined> {
    const tokens = this.#tokens;
    if (tokens === undefined) return undefined;
    if (!renewNow && tokens.expiresAt - Date.now() > AHEAD_MS) return tokens.bearer;
    this.#renewal ??= this.#renew(tokens).finally(() => {
      this.#renewal = undefined;
    });
    return (await this.#renewal)?.bearer;
  }

  async #renew({ refresh }: Tokens): Promise<Tokens | undefined> {
    try {
      this.#tokens = refresh === undefined ? undefined : await renew(this.config, this.#endpoints, refresh);
    } catch {
      this.#tokens = undefined;
    }
    keepTokens(this.#tokens);
    return this.#tokens;
  }

  onRefused(): void {
    this.#tokens = undefined;
    keepTokens(undefined);
    this.onEnd();
  }

  signIn(): Promise<void> {
    const here = location.pathname + location.search;
    return leaveToSignIn(this.config, this.#endpoints, here === "/console/signed-in" ? "/console/" : here);
  }

  signOut(): void {
    this.#tokens = undefined;
    keepTokens(undefined);
    const { end_session_endpoint: end } = this.#endpoints;
    location.assign(end === undefined ? "/console/" : endOf(end, this.config.clientId));
  }
}

/** As OpenID Connect says who signs out and where they go on, and as Cognito calls it. */
function endOf(endpoint: string, clientId: string): string {
  const address = new URL(endpoint);
  const back = `${location.origin}/console/`;
  const query = { client_id: clientId, post_logout_redirect_uri: back, logout_uri: back };
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}
