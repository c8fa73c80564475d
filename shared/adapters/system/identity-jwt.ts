import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import * as z from "zod";
import { type Actor, ROLES } from "#domain/actor.ts";
import { Refusal } from "#domain/problem.ts";
import type { Clock, Identity } from "#ports/system.ts";

export interface JwtSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer publishes its keys, or the keys themselves. */
  readonly keys: { readonly jwksUri: string } | JSONWebKeySet;
}

/** Signatures by a private key only: with a shared secret, whoever can check a token could also make one. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** How far two machines' clocks may be apart. */
const CLOCK_TOLERANCE_SECONDS = 30;

const claimsSchema = z.object({
  sub: z.string().min(1).max(128),
  roles: z.array(z.enum(ROLES)).min(1),
  units: z.array(z.string().min(1)).default([]),
  sources: z.array(z.string().min(1)).default([]),
});

/** Reads actors from JWTs of one issuer. Which token is expired is judged by `clock`: the wire's, not the business'. */
export class JwtIdentity implements Identity {
  readonly #settings: JwtSettings;
  readonly #clock: Clock;
  readonly #keys: JWTVerifyGetKey;

  constructor(settings: JwtSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#keys =
      "jwksUri" in settings.keys
        ? createRemoteJWKSet(new URL(settings.keys.jwksUri))
        : createLocalJWKSet(settings.keys);
  }

  async actorOf(token: string): Promise<Actor> {
    const claims = claimsSchema.safeParse(await this.#verify(token));
    if (!claims.success) {
      const [issue] = claims.error.issues;
      throw unauthenticated(`the token's claim ${issue?.path[0]?.toString()} is not usable: ${issue?.message}`);
    }
    const { sub, roles, units, sources } = claims.data;
    return { subject: sub, roles, units, sources };
  }

  async #verify(token: string): Promise<JWTPayload> {
    const { issuer, audience } = this.#settings;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        currentDate: new Date(this.#clock.now()),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ["sub", "exp"],
      });
      return payload;
    } catch (error) {
      throw isOurTrouble(error) ? error : unauthenticated(sentenceOf(error));
    }
  }
}

/** The keys could not be fetched or read: the token may well be good. */
function isOurTrouble(error: unknown): boolean {
  return (
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === "ERR_JOSE_GENERIC"
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "the token has expired";
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === "missing"
      ? `the token lacks the claim ${error.claim}`
      : `the token's claim ${error.claim} is not what is asked for here`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return "the token is signed by an algorithm that is not taken here";
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed) {
    return "the token is not signed by a trusted key";
  }
  return "this is no token that can be read";
}

function unauthenticated(message: string): Refusal {
  return new Refusal("unauthenticated", message);
}
