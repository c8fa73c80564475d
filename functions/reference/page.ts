import type { SignIn } from "./sign-in.ts";

/**
 * Our own page around Swagger UI. Its script starts from a file: a page that allows no inline scripts cannot be made
 * to run somebody else's.
 */
export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Laurel API reference</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/**
 * `validatorUrl`: otherwise the page sends our document to a validator on the internet. Where a deployment says how people sign in,
 * the page adds it to each operation that wants a token; the document itself is the same everywhere.
 */
export const START_SCRIPT = `const read = (url) => fetch(url).then((answer) => answer.json());

function addSignIn(spec, { authorizationUrl, tokenUrl, token }) {
  spec.components.securitySchemes.signIn = {
    type: "oauth2",
    description: "Sign in here; no token to copy",
    "x-tokenName": token,
    flows: { authorizationCode: { authorizationUrl, tokenUrl, scopes: { openid: "who you are" } } },
  };
  for (const path of Object.values(spec.paths)) {
    for (const operation of Object.values(path)) {
      if (operation.security?.some((way) => "bearer" in way)) operation.security.push({ signIn: ["openid"] });
    }
  }
}

window.addEventListener("load", async () => {
  const [spec, signIn] = await Promise.all([read("/v1/openapi.json"), read("/docs/sign-in.json")]);
  if (signIn.clientId) addSignIn(spec, signIn);
  const ui = window.SwaggerUIBundle({
    spec,
    dom_id: "#reference",
    validatorUrl: null,
    deepLinking: true,
    tryItOutEnabled: true,
    persistAuthorization: true,
    displayRequestDuration: true,
    filter: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    oauth2RedirectUrl: window.location.origin + "/docs/oauth2-redirect.html",
  });
  if (signIn.clientId) {
    ui.initOAuth({ clientId: signIn.clientId, scopes: ["openid"], usePkceWithAuthorizationCodeGrant: true });
  }
});
`;

/**
 * Nothing from elsewhere but a token from where people sign in, no inline scripts. Swagger UI sets styles on elements and draws
 * icons from data URLs.
 */
export function contentSecurityPolicy(signIn: SignIn | undefined): string {
  const tokens = signIn === undefined ? "" : ` ${new URL(signIn.tokenUrl).origin}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self'${tokens}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
