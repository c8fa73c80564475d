import * as z from "zod";
import { type Actor, ROLES, type Role } from "#domain/actor.ts";
import { Refusal } from "#domain/problem.ts";

/**
 * How the claims of a token become an actor. Issuers differ in what they call things, so it is a setting; without one the claims
 * are called `sub`, `name`, `roles`, `units` and `sources`.
 */

const claimPathSchema = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe("A claim's name, or the way to it inside objects: `roles`, `cognito:groups`, [realm_access, roles]");
type ClaimPath = z.infer<typeof claimPathSchema>;

export const claimMappingSchema = z.strictObject({
  subject: claimPathSchema
    .default("sub")
    .describe("Of people; of a machine it is always `sub`. Of a seller the participant id"),
  name: claimPathSchema.default("name"),
  roles: claimPathSchema.default("roles"),
  units: claimPathSchema.default("units"),
  sources: claimPathSchema.default("sources"),
  roleOf: z
    .record(z.string(), z.enum(ROLES))
    .optional()
    .describe(
      "The issuer's groups as roles; absent: groups are called like roles. Groups that are no role count for nothing",
    ),
  scopes: z
    .strictObject({ claim: claimPathSchema.default("scope"), prefix: z.string() })
    .optional()
    .describe("Machines by client credentials: `<prefix>integrator` is a role, `<prefix>source:pos` a source"),
  tokenUse: z
    .strictObject({ claim: claimPathSchema, person: z.string(), machine: z.string() })
    .optional()
    .describe("Which of an issuer's kinds of token is taken of whom"),
  clientIdIsAudience: z.boolean().default(false).describe("Look at `client_id` in tokens that have no `aud`"),
});
export type ClaimMapping = z.infer<typeof claimMappingSchema>;

export const OWN_CLAIMS: ClaimMapping = claimMappingSchema.parse({});

/**
 * Amazon Cognito: groups are roles. An access token does not carry a person's attributes, so people send the ID token and their
 * access tokens are refused: the same person under two subjects could approve what they asked for. Machines have access tokens only.
 */
export const COGNITO_CLAIMS: ClaimMapping = claimMappingSchema.parse({
  subject: "cognito:username",
  roles: "cognito:groups",
  units: "custom:units",
  sources: "custom:sources",
  scopes: { prefix: "laurel/" },
  tokenUse: { claim: "token_use", person: "id", machine: "access" },
  clientIdIsAudience: true,
});

/** What a machine can be. The others are for people: they decide about money, or are somebody. */
export const MACHINE_ROLES: readonly Role[] = ["administrator", "auditor", "integrator"];

type Claims = Readonly<Record<string, unknown>>;

/** @throws Refusal("unauthenticated") when a claim is missing or cannot be used */
export function actorFrom(claims: Claims, mapping: ClaimMapping): Actor {
  const groups = textsAt(claims, mapping.roles);
  return groups.length > 0 || mapping.scopes === undefined
    ? personFrom(claims, mapping, groups)
    : machineFrom(claims, mapping, textsAt(claims, mapping.scopes.claim), mapping.scopes.prefix);
}

function personFrom(claims: Claims, mapping: ClaimMapping, groups: readonly string[]): Actor {
  requireUse(claims, mapping, "person");
  const roles = groups.flatMap((group) => roleOf(group, mapping.roleOf) ?? []);
  requireRoles(roles, mapping.roles, groups);
  return {
    subject: subjectAt(claims, mapping.subject),
    roles: [...new Set(roles)],
    units: textsAt(claims, mapping.units),
    sources: textsAt(claims, mapping.sources),
    ...who(claims, mapping.name),
  };
}

function machineFrom(claims: Claims, mapping: ClaimMapping, scopes: readonly string[], prefix: string): Actor {
  const ours = scopes.filter((scope) => scope.startsWith(prefix)).map((scope) => scope.slice(prefix.length));
  const roles = MACHINE_ROLES.filter((role) => ours.includes(role));
  requireRoles(roles, mapping.roles, ours);
  requireUse(claims, mapping, "machine");
  return {
    subject: subjectAt(claims, "sub"),
    roles,
    units: [],
    sources: ours.flatMap((scope) => (scope.startsWith(SOURCE) ? [scope.slice(SOURCE.length)] : [])),
    ...who(claims, mapping.name),
  };
}

const SOURCE = "source:";

function who(claims: Claims, namePath: ClaimPath): Pick<Actor, "name" | "client"> {
  const name = at(claims, namePath);
  const client = claims.client_id ?? claims.azp;
  return {
    ...(typeof name === "string" && name !== "" ? { name: name.slice(0, 200) } : {}),
    ...(typeof client === "string" && client !== "" ? { client: client.slice(0, 200) } : {}),
  };
}

function roleOf(group: string, table: ClaimMapping["roleOf"]): Role | undefined {
  if (table) return Object.hasOwn(table, group) ? table[group] : undefined;
  return ROLES.find((role) => role === group);
}

function requireRoles(roles: readonly Role[], path: ClaimPath, seen: readonly string[]): void {
  if (roles.length > 0) return;
  const what =
    seen.length === 0 ? "it is empty or missing" : `it names no role of ours: ${seen.slice(0, 10).join(", ")}`;
  throw unusable(path, what);
}

function requireUse(claims: Claims, { tokenUse }: ClaimMapping, of: "person" | "machine"): void {
  if (tokenUse === undefined || at(claims, tokenUse.claim) === tokenUse[of]) return;
  throw unusable(tokenUse.claim, `of a ${of} it must be ${tokenUse[of]}`);
}

function subjectAt(claims: Claims, path: ClaimPath): string {
  const subject = at(claims, path);
  if (typeof subject === "string" && subject !== "" && subject.length <= 128) return subject;
  throw unusable(path, "it must be a text of 1-128 characters");
}

/** A list of texts, or one text with commas or spaces between: attributes of users are often nothing but text. */
function textsAt(claims: Claims, path: ClaimPath): string[] {
  const value = at(claims, path) ?? [];
  if (typeof value === "string") return value.split(/[\s,]+/).filter((part) => part !== "");
  const texts = z.array(z.string().min(1)).safeParse(value);
  if (texts.success) return texts.data;
  throw unusable(path, "it must be a list of texts");
}

function at(claims: Claims, path: ClaimPath): unknown {
  let value: unknown = claims;
  for (const step of typeof path === "string" ? [path] : path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

function unusable(path: ClaimPath, why: string): Refusal {
  const name = typeof path === "string" ? path : path.join(".");
  return new Refusal("unauthenticated", `the token's claim ${name} is not usable: ${why}`);
}
