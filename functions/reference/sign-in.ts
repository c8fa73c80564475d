/** Where people sign in: the authorization code with PKCE, of an application that has no secret. */
export interface SignIn {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  /** Which of the tokens the API takes of people. */
  readonly token: "access_token" | "id_token";
}

/** As a deployment writes it: the four with spaces between. Undefined where nothing is said; then people paste a token. */
export function signInFrom(text: string | undefined): SignIn | undefined {
  if (text === undefined || text === "") return undefined;
  const [authorizationUrl = "", tokenUrl = "", clientId = "", token] = text.split(" ");
  if (!URL.canParse(authorizationUrl) || !URL.canParse(tokenUrl) || clientId === "") {
    throw new Error("LAUREL_SIGN_IN is not `<authorization URL> <token URL> <client id> <access_token or id_token>`");
  }
  return { authorizationUrl, tokenUrl, clientId, token: token === "id_token" ? "id_token" : "access_token" };
}
