import type { Reward } from "#domain/plan/plan.ts";
import type { Award, Earlier } from "./award.ts";
import { Cannot } from "./book.ts";
import { withCoefficient } from "./coefficients.ts";
import { advance } from "./kinds/advances.ts";
import { commission } from "./kinds/commissions.ts";
import { gift } from "./kinds/gifts.ts";
import { honour } from "./kinds/honours.ts";
import { milestone } from "./kinds/milestones.ts";
import { override } from "./kinds/overrides.ts";
import { payPlan } from "./kinds/pay-plans.ts";
import { penalty } from "./kinds/penalties.ts";
import { points } from "./kinds/points.ts";
import { pool } from "./kinds/pools.ts";
import { perUnit } from "./kinds/prices.ts";
import { race } from "./kinds/races.ts";
import { ranking } from "./kinds/rankings.ts";
import { rebate } from "./kinds/rebates.ts";
import { scorecard } from "./kinds/scorecards.ts";
import { tiers } from "./kinds/tiers.ts";
import { capped, deducted } from "./payee.ts";
import type { Candidate, Reckoned, Reckoner } from "./reckon.ts";
import type { Spans } from "./spans.ts";
import { divided } from "./split.ts";
import { lessEarlier } from "./to-date.ts";

/**
 * Works a reward out, slice by slice: its own rule, less what earlier slices paid, coefficient, split, cap, deductions.
 *
 * @throws Cannot when the verifier does not know how
 */
export function reckon(whole: Reckoner, reward: Reward, { spans, open }: Spans, earlier: Earlier): Award[] {
  const since = spans[0]?.id ?? "";
  const paid = new Map<string, bigint>();
  const got = new Map<string, bigint>();
  // A draw that is paid ahead is due before its slice is decided.
  const early = reward.kind === "payPlan" ? open : [];
  const reckoners = [...spans, ...early].map((span) => whole.during(span));
  const ruled = bySlices(reckoners, reward, earlier, spans.length);
  return reckoners.flatMap((reckoner, index) => {
    const { span } = reckoner;
    const won = (ruled[index] ?? [])
      .map((award) => lessEarlier(reckoner, reward, since, paid, award))
      .map((award): Award => ({ ...award, reward, span, winner: award.payee.id }))
      .map((award) => withCoefficient(reckoner, award, earlier));
    return won.flatMap((award) => {
      if (award.amount === 0n) return [award];
      const parts = reward.pay === "self" ? [award] : divided(reckoner, reward.id, reward.pay.split, award);
      return parts
        .map((part) => capped(reckoner, reward, got, part))
        .map((part) => deducted(reckoner, reward, part))
        .map((part) => ({ ...part, reward, span, winner: award.winner }));
    });
  });
}

const HEADER =
  "id name kind measure level within roles gates per accumulate component coefficient pay cap deductions instalments";
/** By kind, what it says beyond the header. */
const FIELDS = {
  advance: "contract value rate months advance earned payments lapses cancelled unearned recovery rounding",
  commission: "rate rounding multipliers clawback",
  gift: "item pieces for to atMost stock value",
  honour: "badge to nobody",
  milestone: "by policy reach steps",
  override: "leaders from own rate rounding",
  payPlan: "base allowances components adjustment minimum maximum draw",
  penalty: "when card fine escalate",
  perUnit: "amount packages freeUnits scope rounding multipliers clawback",
  pool: "pot share",
  points: "programme rate rounding multipliers expiry redemption",
  race: "targets prizes",
  ranking: "by gateEffect ties prizes",
  rebate: "rate in rounding order orders customer evidence",
  scorecard: "kpis rounding grades perPoint consequences",
  tiers: "by mode edge scope rounding bands",
};
type Known = Extract<Reward, { readonly kind: keyof typeof FIELDS }>;

function isKnown(reward: Reward): reward is Known {
  return Object.hasOwn(FIELDS, reward.kind);
}

/** A rule that is read over pays otherwise: whatever a reward says beyond what is worked out here is told, not ignored. */
function known(reward: Reward): Known {
  const { kind }: { readonly kind: string } = reward;
  if (!isKnown(reward)) throw new Cannot(`this verifier does not know the kind ${kind}`);
  const fields = `${HEADER} ${FIELDS[reward.kind]}`.split(" ");
  for (const [field, value] of Object.entries(reward)) {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && !fields.includes(field))
      throw new Cannot(`this verifier does not know \`${field}\` of a ${reward.kind}`);
  }
  return reward;
}

/** What the reward's own rule makes of everyone, slice by slice; some rules carry something from one slice to the next. */
function bySlices(reckoners: readonly Reckoner[], said: Reward, earlier: Earlier, decided: number): Reckoned[][] {
  const reward = known(said);
  switch (reward.kind) {
    case "advance":
      return advance(reckoners, reward);
    case "honour":
      return honour(reckoners, reward, earlier);
    case "override":
      return reckoners.map((reckoner) => override(reckoner, reward, earlier));
    case "payPlan":
      return payPlan(reckoners, reward, earlier, decided);
    case "penalty":
      return penalty(reckoners, reward);
    case "points":
      return points(reckoners, reward);
    case "scorecard":
      return scorecard(reckoners, reward);
    default:
      return reckoners.map((reckoner) => bySlice(reckoner, reward, earlier));
  }
}

/** The same in one slice alone, of a reward that counts no other. */
export function byRule(reckoner: Reckoner, reward: Reward): Reckoned[] {
  return bySlices([reckoner], reward, () => [], 1)[0] ?? [];
}

/** Kinds that look at one measure, and decide every slice by itself. */
type BySlice = Exclude<
  Known,
  { readonly kind: "advance" | "honour" | "override" | "payPlan" | "penalty" | "points" | "scorecard" }
>;

function bySlice(reckoner: Reckoner, reward: BySlice, earlier: Earlier): Reckoned[] {
  const { candidates, barred } = reckoner.field(reward);
  return [...barred, ...ofKind(reckoner, reward, candidates, earlier)];
}

function ofKind(reckoner: Reckoner, reward: BySlice, candidates: readonly Candidate[], earlier: Earlier): Reckoned[] {
  if (reckoner.measure(reward.measure).ratio && reward.kind !== "ranking" && reward.kind !== "pool") {
    throw new Cannot(`this verifier does not know a ${reward.kind} by a ratio`);
  }
  switch (reward.kind) {
    case "commission":
      return candidates.map((candidate) => commission(reckoner, reward, candidate));
    case "gift":
      return candidates.map((candidate) => gift(reckoner, reward, candidate));
    case "milestone":
      return candidates.map((candidate) => milestone(reckoner, reward, candidate));
    case "perUnit":
      return candidates.map((candidate) => perUnit(reckoner, reward, candidate));
    case "pool":
      return pool(reckoner, reward, candidates);
    case "race":
      return race(reckoner, reward, candidates);
    case "ranking":
      return ranking(reckoner, reward, candidates, earlier);
    case "rebate":
      return candidates.map((candidate) => rebate(reckoner, reward, candidate));
    case "tiers":
      return candidates.map((candidate) => tiers(reckoner, reward, candidate));
  }
}
