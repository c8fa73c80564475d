import type { Role } from "./actor.ts";
import type { Campaign } from "./campaign.ts";
import { openPause } from "./conduct.ts";
import { instantOf } from "./instant.ts";
import { planInstants } from "./plan/instants.ts";
import type { Plan } from "./plan/plan.ts";
import { Refusal } from "./problem.ts";

/**
 * Where a campaign is in its life. A phase is told from what is stored and the time, so that nobody has to move it and none comes late:
 * a campaign whose period is over is closing, whether or not anything woke up at its end.
 */
export const PHASES = ["draft", "pilot", "pilotOver", "active", "paused", "closing", "settled", "archived"] as const;
export type Phase = (typeof PHASES)[number];

export const COMMANDS = [
  "editDraft",
  "publish",
  "activate",
  "pilot",
  "rollOut",
  "pause",
  "resume",
  "stop",
  "settle",
  "adjust",
  "archive",
] as const;
export type LifecycleCommand = (typeof COMMANDS)[number];

export interface Transition {
  readonly from: readonly Phase[];
  /** Where it leads; `same`: to no other phase by itself. */
  readonly to: Phase | "same";
  readonly who: readonly Role[];
  /** Asked for by one person, decided by another. */
  readonly second: boolean;
  /** What must hold besides. */
  readonly holds: string;
}

const LIVE = ["pilot", "pilotOver", "active", "paused", "closing"] as const satisfies readonly Phase[];

/** The state machine: every command, in which phases it is allowed, who may give it, and where it leads. */
export const LIFECYCLE: Readonly<Record<LifecycleCommand, Transition>> = {
  editDraft: {
    from: ["draft", ...LIVE],
    to: "same",
    who: ["marketing"],
    second: false,
    holds: "the newest copy is edited",
  },
  publish: {
    from: ["draft", ...LIVE],
    to: "same",
    who: ["marketing"],
    second: false,
    holds: "the draft has no problems",
  },
  activate: {
    from: ["draft", ...LIVE],
    to: "active",
    who: ["marketing"],
    second: true,
    holds: "no finding blocks; targets, plan and, where a version is in force, the effect of the change are as shown",
  },
  pilot: {
    from: ["draft"],
    to: "pilot",
    who: ["marketing"],
    second: true,
    holds: "its units exist inside the audience; it lasts at most three months",
  },
  rollOut: {
    from: ["pilot", "pilotOver"],
    to: "active",
    who: ["marketing"],
    second: true,
    holds: "no amount that was posted in the pilot would become less",
  },
  pause: {
    from: ["pilot", "active"],
    to: "paused",
    who: ["marketing"],
    second: false,
    holds: "it says whether sales count meanwhile",
  },
  resume: { from: ["paused"], to: "active", who: ["marketing"], second: false, holds: "" },
  stop: {
    from: ["pilot", "pilotOver", "active", "paused"],
    to: "closing",
    who: ["marketing"],
    second: true,
    holds: "the new end lies inside the period, and the plan can end there",
  },
  settle: {
    from: ["closing"],
    to: "settled",
    who: ["marketing", "approver"],
    second: true,
    holds: "the time for late facts is over",
  },
  adjust: {
    from: ["settled"],
    to: "same",
    who: ["marketing", "approver"],
    second: true,
    holds: "something has changed",
  },
  archive: {
    from: ["settled"],
    to: "archived",
    who: ["marketing"],
    second: false,
    holds: "no run is open, and nothing that is held falls due later",
  },
};

type Lived = Pick<Campaign, "id" | "state" | "activeVersion" | "conduct">;

/** @param plan in effect, see `planInEffect`; of a draft it is not looked at */
export function phaseOf({ state, activeVersion, conduct }: Lived, plan: Plan, now: number): Phase {
  if (state === "archived" || state === "settled") return state;
  if (activeVersion === undefined) return "draft";
  if (openPause(conduct)) return "paused";
  if (now >= planInstants(plan).end) return "closing";
  const { pilot } = conduct ?? {};
  if (!pilot || pilot.rolledOut) return "active";
  return now < instantOf(pilot.until) ? "pilot" : "pilotOver";
}

/** The commands that a phase allows, in the order of a campaign's life. */
export function allowedIn(phase: Phase): LifecycleCommand[] {
  return COMMANDS.filter((command) => LIFECYCLE[command].from.includes(phase));
}

/** @throws Refusal("conflict") that says what is allowed now */
export function requireAllowed(id: string, command: LifecycleCommand, phase: Phase): void {
  if (!LIFECYCLE[command].from.includes(phase)) throw refusedIn(id, command, phase);
}

/** What a command is answered that a phase does not allow. */
export function refusedIn(id: string, command: LifecycleCommand, phase: Phase): Refusal {
  const allowed = allowedIn(phase).join(", ") || "nothing: it is only read";
  return new Refusal("conflict", `${id} is ${phase}: ${command} is not allowed`, [
    {
      code: "phase",
      path: "",
      message: `${command} is allowed in ${LIFECYCLE[command].from.join(", ")}; now is allowed: ${allowed}`,
      seen: phase,
      allowed,
    },
  ]);
}
