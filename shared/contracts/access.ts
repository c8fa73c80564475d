import { ROLES, type Role } from "#domain/actor.ts";

/**
 * Groups of roles that several routes name. Each role gets what its work needs and no more; a person who does two jobs has two
 * roles. Inside a route an actor is narrowed further by their units and sources. What comes out of it, route by route, is
 * measured and written down in `shared/docs/ACCESS.md`.
 */

/** Whoever has a role at all. */
export const EVERYBODY = ROLES;

/** Read every unit's figures and what is paid. Not the administrator: who runs the platform has no business with pay. */
export const COMPANY_READERS = ["marketing", "approver", "auditor"] as const satisfies readonly Role[];

/** Read what the platform runs on: plans, the state of runs, sources, facts, what was found wrong. No pay of a person. */
export const PLATFORM_READERS = ["administrator", ...COMPANY_READERS] as const satisfies readonly Role[];

/** Read figures of people: managers those of their own units. */
export const FIGURE_READERS = [...COMPANY_READERS, "branch-manager"] as const satisfies readonly Role[];

/** Read organisation, people and targets: managers those of their own units. */
export const DIRECTORY_READERS = ["administrator", ...FIGURE_READERS] as const satisfies readonly Role[];

/** Read what is paid to a payee: a seller only their own. */
export const STATEMENT_READERS = [...FIGURE_READERS, "seller"] as const satisfies readonly Role[];

/** Read standings: a seller their own row, and of others what the plan's `boards` shows. */
export const BOARD_READERS = STATEMENT_READERS;

/** Read what sources reported: an integrator only of their own sources. */
export const FACT_READERS = [...PLATFORM_READERS, "integrator"] as const satisfies readonly Role[];

/** Fetch the file by which payouts leave: who approves them, and who audits that. */
export const PAYOUT_FILE_READERS = ["approver", "auditor"] as const satisfies readonly Role[];

/** Read how payout files look, beside those who fetch them: who keeps that. */
export const LAYOUT_READERS = ["administrator", ...PAYOUT_FILE_READERS] as const satisfies readonly Role[];

/** Say how payout files look; the administrator, who sees none of them. */
export const LAYOUT_EDITORS = ["administrator"] as const satisfies readonly Role[];

/** Keep organisation, people and sources. */
export const DIRECTORY_EDITORS = ["administrator"] as const satisfies readonly Role[];

/** Import files; each kind of file is only one role's: `IMPORTERS_OF` in `domain/import.ts`. */
export const IMPORTERS = ["administrator", "marketing", "integrator"] as const satisfies readonly Role[];

/** Read how far imports are, and what they found: of one's own, auditors of all. */
export const IMPORT_READERS = [...IMPORTERS, "auditor"] as const satisfies readonly Role[];

/** Make and change campaigns. */
export const CAMPAIGN_EDITORS = ["marketing"] as const satisfies readonly Role[];

/** Try again what came in and could not be taken. */
export const REPLAYERS = ["administrator", "marketing"] as const satisfies readonly Role[];

/** Ask for runs; whoever asks cannot decide. */
export const RUN_REQUESTERS = ["marketing", "approver"] as const satisfies readonly Role[];

/** Approve or reject runs that others asked for. */
export const RUN_DECIDERS = ["approver"] as const satisfies readonly Role[];

/** Have derived data held against the facts, which changes nothing of either. */
export const RECONCILERS = ["administrator", "marketing", "approver"] as const satisfies readonly Role[];

/** Have derived data computed anew, which costs work and changes no pay. */
export const REBUILDERS = ["administrator"] as const satisfies readonly Role[];

/** Reserve parts of stocks and budgets and commit them: an integrator only what it reserved itself. */
export const RESERVERS = ["marketing", "integrator"] as const satisfies readonly Role[];

/** Release what was reserved: besides those who reserve, who helps when a system got stuck. */
export const RELEASERS = ["administrator", ...RESERVERS] as const satisfies readonly Role[];

/** Read what is left and who has reserved: an integrator only what it reserved itself. */
export const RESERVATION_READERS = [...PLATFORM_READERS, "integrator"] as const satisfies readonly Role[];

/** See what waits for a second person; what it says of pay is for {@link COMPANY_READERS}. */
export const APPROVAL_READERS = PLATFORM_READERS;

/** Decide what others asked for; of what is paid only the approver, as each kind says. */
export const APPROVAL_DECIDERS = ["administrator", "approver"] as const satisfies readonly Role[];

/** Take back what they asked for. */
export const MAKERS = ["administrator", "marketing", "approver"] as const satisfies readonly Role[];

/** Ask for an amount by hand. */
export const ADJUSTERS = RUN_REQUESTERS;
export const ADJUSTMENT_READERS = COMPANY_READERS;

/** Question a line: a seller their own, a manager those of their units. */
export const DISPUTE_OPENERS = ["branch-manager", "seller"] as const satisfies readonly Role[];

/** Look into disputes and answer them: managers those of their own units. */
export const DISPUTE_HANDLERS = ["marketing", "approver", "branch-manager"] as const satisfies readonly Role[];

/** Add to a dispute that they may see. */
export const DISPUTE_SIDES = [...DISPUTE_HANDLERS, "seller"] as const satisfies readonly Role[];

/** Accept and refuse: nobody their own. */
export const DISPUTE_DECIDERS = RUN_DECIDERS;

/** Read disputes as statements are read. */
export const DISPUTE_READERS = STATEMENT_READERS;

/** Read who did what: whoever audits, and whoever runs the platform. */
export const AUDIT_READERS = ["administrator", "auditor"] as const satisfies readonly Role[];
