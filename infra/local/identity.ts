import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from "jose";
import type { Actor } from "#domain/actor.ts";

/** The local cloud's own identity provider: a key that lives as long as the process, and tokens signed with it. */
export interface LocalIdentity {
  readonly issuer: string;
  readonly audience: string;
  readonly jwks: JSONWebKeySet;
  /** A token that says who somebody is, valid for {@link TOKEN_HOURS} hours. */
  tokenFor(actor: Actor): Promise<string>;
}

export const TOKEN_HOURS = 8;

const ISSUER = "https://local.laurel.test/";
const AUDIENCE = "laurel-local";
const ALGORITHM = "ES256";
const KEY_ID = "local";

export async function createLocalIdentity(): Promise<LocalIdentity> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const jwk = { ...(await exportJWK(publicKey)), alg: ALGORITHM, kid: KEY_ID, use: "sig" };
  return {
    issuer: ISSUER,
    audience: AUDIENCE,
    jwks: { keys: [jwk] },
    tokenFor: ({ subject, roles, units, sources }) =>
      new SignJWT({ roles: [...roles], units: [...units], sources: [...sources] })
        .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID, typ: "JWT" })
        .setSubject(subject)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${TOKEN_HOURS} hours`)
        .sign(privateKey),
  };
}
