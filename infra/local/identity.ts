import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import * as z from "zod";
import { claimMappingSchema } from "#adapters/system/identity-claims.ts";
import type { JwtSettings } from "#adapters/system/identity-jwt.ts";
import type { Actor } from "#domain/actor.ts";
import type { LocalMachine } from "./people.ts";

/** The local cloud's own identity provider: a key set, and tokens signed with it. `oidc.ts` speaks OpenID Connect around it. */
export interface LocalIdentity {
  /** Where the server answers; a name that is no address until {@link servedAt} has said it. */
  readonly issuer: string;
  readonly audience: string;
  readonly jwks: JSONWebKeySet;
  servedAt(url: string): void;
  /** What the API checks tokens by. */
  readonly settings: () => JwtSettings;
  /** A token that says who somebody is, valid for {@link TOKEN_HOURS} hours. */
  tokenFor(actor: Actor): Promise<string>;
  machineToken(machine: LocalMachine, scopes: readonly string[]): Promise<string>;
  /** A token that is not for the API: who signed in at an application, or that they may ask for new tokens. */
  sign(claims: JWTPayload, audience: string, lifetime: string): Promise<string>;
  /** The claims of such a token; undefined when it is not ours, not for this audience or over. */
  read(token: string, audience: string): Promise<JWTPayload | undefined>;
}

export const TOKEN_HOURS = 8;

/** Scopes of machines begin so. */
export const SCOPE_PREFIX = "laurel/";

const UNSERVED = "https://local.laurel.test";
const AUDIENCE = "laurel-local";
const ALGORITHM = "ES256";
const KEY_ID = "local";
const CLAIMS = claimMappingSchema.parse({ scopes: { prefix: SCOPE_PREFIX } });

const privateJwkSchema = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});
type PrivateJwk = z.infer<typeof privateJwkSchema>;

/** @param keyPath a file that keeps the key, so that tokens outlive the process; without it the key lives as long as the process */
export async function createLocalIdentity(keyPath?: string): Promise<LocalIdentity> {
  const { d, ...publicJwk } = keyPath === undefined ? await newKey() : await keptKey(keyPath);
  const privateKey = await importJWK({ ...publicJwk, d }, ALGORITHM);
  const jwks = { keys: [{ ...publicJwk, alg: ALGORITHM, kid: KEY_ID, use: "sig" }] };
  const verificationKeys = createLocalJWKSet(jwks);
  let issuer = UNSERVED;
  const sign = (claims: JWTPayload, audience: string, lifetime: string) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID, typ: "JWT" })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(privateKey);
  return {
    get issuer() {
      return issuer;
    },
    audience: AUDIENCE,
    jwks,
    servedAt(url) {
      issuer = url;
    },
    settings: () => ({ issuer, audience: AUDIENCE, keys: jwks, claims: CLAIMS }),
    tokenFor: (actor) => sign(claimsOf(actor), AUDIENCE, `${TOKEN_HOURS} hours`),
    machineToken: ({ clientId, name }, scopes) =>
      sign({ sub: clientId, client_id: clientId, name, scope: scopes.join(" ") }, AUDIENCE, `${TOKEN_HOURS} hours`),
    sign,
    read: (token, audience) =>
      jwtVerify(token, verificationKeys, { issuer, audience }).then(
        ({ payload }) => payload,
        () => undefined,
      ),
  };
}

function claimsOf({ subject, name, client, roles, units, sources }: Actor): JWTPayload {
  return {
    sub: subject,
    roles: [...roles],
    units: [...units],
    sources: [...sources],
    ...(name === undefined ? {} : { name }),
    ...(client === undefined ? {} : { client_id: client }),
  };
}

async function newKey(): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return privateJwkSchema.parse(await exportJWK(privateKey));
}

async function keptKey(path: string): Promise<PrivateJwk> {
  if (existsSync(path)) return privateJwkSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const key = await newKey();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(key));
  chmodSync(path, 0o600);
  return key;
}
