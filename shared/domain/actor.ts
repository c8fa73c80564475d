import { Refusal } from "./problem.ts";

export const ROLES = [
  "administrator",
  "marketing",
  "approver",
  "branch-manager",
  "seller",
  "auditor",
  "integrator",
] as const;
export type Role = (typeof ROLES)[number];

/** Who asks: from a verified token, never from a request's body. */
export interface Actor {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** Units whose people and figures the actor may see, with all below them; empty: no unit. */
  readonly units: readonly string[];
  /** Sources whose facts an integrator may report. */
  readonly sources: readonly string[];
  /** What to call them in an audit; from the token, and not to be relied on for anything else. */
  readonly name?: string;
  /** The application that the token was given to; of a machine its own id. */
  readonly client?: string;
  /** Id of the call that they make, for the audit. */
  readonly request?: string;
}

/** Roles that see every unit inside the routes that they open; which those are is each route's `access`. */
const COMPANY_WIDE: readonly Role[] = ["administrator", "marketing", "approver", "auditor"];

export function seesWholeCompany(actor: Actor): boolean {
  return actor.roles.some((role) => COMPANY_WIDE.includes(role));
}

/** Who runs the platform has no business with what a person is paid. */
export function seesPay(actor: Actor): boolean {
  return actor.roles.some((role) => role === "approver" || role === "marketing" || role === "auditor");
}

export function requireRole(actor: Actor, allowed: readonly Role[]): void {
  if (actor.roles.some((role) => allowed.includes(role))) return;
  throw new Refusal("forbidden", `this needs the role ${allowed.join(" or ")}`, [
    {
      code: "role",
      path: "",
      message: "your role does not allow this",
      seen: actor.roles.join(", ") || "no role",
      allowed: allowed.join(", "),
    },
  ]);
}
