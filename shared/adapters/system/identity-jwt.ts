import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import type { Actor } from "#domain/actor.ts";
import { Refusal } from "#domain/problem.ts";
import type { Clock, Identity } from "#ports/system.ts";
import { actorFrom, type ClaimMapping, OWN_CLAIMS } from "./identity-claims.ts";

export interface JwtSettings {
  readonly issuer: string;
  /** For whom a token may be meant; several applications can share one API. */
  readonly audience: string | readonly string[];
  /** Where the issuer publishes its keys, or the keys themselves. */
  readonly keys: { readonly jwksUri: string } | JSONWebKeySet;
  /** What the issuer calls things; our own names by default. */
  readonly claims?: ClaimMapping;
}

/** Signatures by a private key only: with a shared secret, whoever can check a token could also make one. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** How far two machines' clocks may be apart. */
const CLOCK_TOLERANCE_SECONDS = 30;

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
    const { claims = OWN_CLAIMS } = this.#settings;
    const payload = await this.#verify(token);
    requireAudience(audienceOf(payload, claims), [this.#settings.audience].flat());
    return actorFrom(payload, claims);
  }

  async #verify(token: string): Promise<JWTPayload> {
    const { issuer } = this.#settings;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer,
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

/** Cognito's access tokens have no `aud`: whom they were given to stands in `client_id`. */
function audienceOf({ aud, client_id }: JWTPayload, { clientIdIsAudience }: ClaimMapping): readonly unknown[] {
  return [aud ?? (clientIdIsAudience ? client_id : undefined) ?? []].flat();
}

function requireAudience(seen: readonly unknown[], allowed: readonly string[]): void {
  if (seen.some((one) => typeof one === "string" && allowed.includes(one))) return;
  throw unauthenticated(
    seen.length === 0 ? "the token lacks the claim aud" : "the token's claim aud is not what is asked for here",
  );
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
