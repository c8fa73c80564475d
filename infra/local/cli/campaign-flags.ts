import { basename } from "node:path";
import { type CampaignInputs, type CampaignPaths, readCampaignFiles } from "#adapters/files/campaign-files.ts";
import { parseInstant } from "#domain/instant.ts";
import type { Settlement, Warning } from "#domain/line.ts";
import { planInstants } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { parseInstantOrLocal } from "#domain/time.ts";
import { settle } from "#engine/settle.ts";
import type { Terminal } from "./command.ts";
import { type FlagValues, requiredFlag } from "./flags.ts";

/** The flags that name a campaign's files and the cut-off. */
export const CAMPAIGN_FLAGS = ["plan", "orgs", "people", "targets", "facts", "as-of"] as const;
type CampaignFlag = (typeof CAMPAIGN_FLAGS)[number];

export const CAMPAIGN_USAGE =
  "--plan plan.yaml --orgs orgs.csv --people people.csv --targets targets.csv --facts facts.csv [--as-of <instant>]";

export interface SettledFiles {
  readonly inputs: CampaignInputs;
  readonly settlement: Settlement;
  /** The cut-off, in milliseconds since the epoch. */
  readonly asOf: number;
}

/**
 * Reads the files that the flags name and settles them, without any database.
 *
 * @param closedOnly leaves out slices whose time for late facts is not over at the cut-off
 * @throws Refusal("invalid") with every problem of the files; UsageError when a flag is missing
 */
export function settleFiles(
  values: FlagValues<CampaignFlag>,
  terminal: Terminal,
  closedOnly: boolean = false,
): SettledFiles {
  const pathOf = (flag: CampaignFlag) => terminal.resolve(requiredFlag(values, flag));
  const paths: CampaignPaths = {
    plan: pathOf("plan"),
    orgs: pathOf("orgs"),
    people: pathOf("people"),
    targets: pathOf("targets"),
    facts: pathOf("facts"),
  };
  const inputs = readCampaignFiles(paths);
  const asOf = cutOff(inputs.plan, values.get("as-of"));
  const settlement = settleInputs({ ...inputs, closedOnly }, asOf, paths);
  const conflicts = conflictWarnings(inputs, asOf);
  return { inputs, asOf, settlement: { ...settlement, warnings: [...settlement.warnings, ...conflicts] } };
}

function cutOff(plan: Plan, text: string | undefined): number {
  if (text === undefined) return planInstants(plan).cutOff;
  const instant = parseInstantOrLocal(text, plan.period.zone);
  if (instant !== undefined) return instant;
  throw new Refusal("invalid", "the cut-off cannot be read", [
    {
      code: "bad-value",
      path: "--as-of",
      message: `${JSON.stringify(text)} is not an instant`,
      seen: text,
      allowed: `an instant with an offset, or a date and time on the clock of ${plan.period.zone}`,
      mend: "write it like 2018-11-16T00:00:00+08:00",
    },
  ]);
}

/** The engine speaks of plans and tables; people who gave files are told which file and line. */
function settleInputs(
  inputs: CampaignInputs & { readonly closedOnly: boolean },
  asOf: number,
  paths: CampaignPaths,
): Settlement {
  try {
    return settle({ ...inputs, asOf });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((problem): Problem => {
      if (problem.path.startsWith("/")) return { ...problem, path: inputs.placeInPlan(problem.path) };
      if (problem.path.startsWith("targets/")) return { ...problem, path: basename(paths.targets) };
      return problem;
    });
    throw new Refusal(error.kind, error.message, problems);
  }
}

/** Rows that contradict what was known at the cut-off. */
function conflictWarnings({ conflicts }: CampaignInputs, asOf: number): Warning[] {
  return conflicts
    .filter(({ recordedAt }) => (parseInstant(recordedAt) ?? 0) <= asOf)
    .map(({ place, key, message }) => ({
      code: "conflict",
      subject: key,
      message: `${place}: ${message}`,
      blocks: false,
    }));
}
