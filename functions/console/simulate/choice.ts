import type { Answer, Call } from "../api/client.ts";
import type { Plan } from "../api/plan-names.ts";

/** What is compared with what, on which sales. It stands in the address, so that it is found again. */
export interface Choice {
  /** A version's number, or the draft. */
  readonly plan: number | "draft";
  readonly against: "inForce" | "nothing" | { readonly campaign: string };
  /** The day on which past sales begin; `shifted`: the other plan's period. */
  readonly facts: "own" | "shifted" | { readonly from: string };
}

/** `v2`, `nothing`, `2017-05-01` → a choice; what is missing is what most people ask. */
export function choiceOf([plan, against, facts]: readonly string[], hasVersion: boolean): Choice {
  const [, version] = /^v(\d+)$/.exec(plan ?? "") ?? [];
  const [, campaign] = /^of-(.+)$/.exec(against ?? "") ?? [];
  const isNothing = against === "nothing" || (!hasVersion && campaign === undefined);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(facts ?? "");
  return {
    plan: version === undefined ? "draft" : Number(version),
    against: campaign === undefined ? (isNothing ? "nothing" : "inForce") : { campaign },
    facts: isDay ? { from: facts ?? "" } : facts === "shifted" && campaign !== undefined ? "shifted" : "own",
  };
}

/** The choice as parts of an address. */
export function addressOf({ plan, against, facts }: Choice): string {
  const parts = [
    plan === "draft" ? "draft" : `v${plan}`,
    typeof against === "string" ? (against === "nothing" ? "nothing" : "in-force") : `of-${against.campaign}`,
    typeof facts === "string" ? facts : facts.from,
  ];
  return parts.join("/");
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Under which id a choice was tried: behind the choice in the address. */
export function triedIn([, , , id]: readonly string[]): string | undefined {
  return id !== undefined && UUID.test(id) ? id : undefined;
}

/** The call that answers a choice. @param keepAs under which it is kept @param plan the document of the chosen version; without it the draft is taken */
export function callOf(
  campaign: string,
  { against, facts }: Choice,
  plan: Plan | undefined,
  keepAs: string,
): Call<"simulatePlan"> {
  return {
    params: { campaign },
    body: {
      everyone: true,
      keepAs,
      ...(plan === undefined ? {} : { plan }),
      ...(against === "nothing" ? { alone: true } : {}),
      ...(typeof against === "object" ? { against: against.campaign } : {}),
      ...(facts === "shifted" ? { shiftToPeriod: true } : {}),
      ...(typeof facts === "object" ? { factsFrom: facts.from } : {}),
    },
  };
}

/** The same day of the year before; 29 February becomes 1 March. */
export function yearBefore(local: string): string {
  const [year = "", month = "01", day = "01"] = local.slice(0, 10).split("-");
  return new Date(Date.UTC(Number(year) - 1, Number(month) - 1, Number(day))).toISOString().slice(0, 10);
}

export type Simulation = Answer<"simulatePlan">;
export type Kept = Answer<"getSimulation">;
