import type { Role } from "#domain/actor.ts";

/** Groups of roles that several routes name. What an actor sees inside a route is narrowed further by their units and sources. */

/** Read every unit's figures. */
export const COMPANY_READERS = ["administrator", "marketing", "approver", "auditor"] as const satisfies readonly Role[];

/** Read figures of people: managers those of their own units. */
export const FIGURE_READERS = [...COMPANY_READERS, "branch-manager"] as const satisfies readonly Role[];

/** Read what is paid to a payee: a seller only their own. */
export const STATEMENT_READERS = [...FIGURE_READERS, "seller"] as const satisfies readonly Role[];

/** Read what sources reported: an integrator only of their own sources. */
export const FACT_READERS = [...COMPANY_READERS, "integrator"] as const satisfies readonly Role[];

/** Make and change campaigns. */
export const CAMPAIGN_EDITORS = ["administrator", "marketing"] as const satisfies readonly Role[];

/** Ask for runs; whoever asks cannot decide. */
export const RUN_REQUESTERS = ["administrator", "marketing", "approver"] as const satisfies readonly Role[];

/** Approve or reject runs that others asked for. */
export const RUN_DECIDERS = ["approver", "administrator"] as const satisfies readonly Role[];

/** Reserve parts of stocks and budgets, commit and release them: an integrator only what it reserved itself. */
export const RESERVERS = ["administrator", "marketing", "integrator"] as const satisfies readonly Role[];

/** Read what is left and who has reserved: an integrator only what it reserved itself. */
export const RESERVATION_READERS = [...COMPANY_READERS, "integrator"] as const satisfies readonly Role[];
