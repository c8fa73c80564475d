import { addExact } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { Membership } from "#domain/org.ts";
import type { PayPlanReward } from "#domain/plan/rewards/pay-plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { compareText } from "#domain/text.ts";
import { formatInZone } from "#domain/time.ts";
import { type Award, type Deciding, type Entrant, moneyMinor, moneyText, payeeOf } from "../award.ts";
import { everybodyIn } from "../entrants.ts";
import type { Rules } from "../rules.ts";
import { drawOf } from "./draw.ts";
import { exact, fromMinor, roundedMinor, times } from "./exact.ts";
import type { CarryingKind } from "./kind.ts";
import { NO_PAY, type PayFor, payFor } from "./pay-amount.ts";

/** Open balances of draws by participant, in minor units. Derived from the first slice on, never stored. */
type Balances = Map<string, number>;

/** What a participant earns in a slice, before any draw. */
interface Earnings {
  readonly fixed: number;
  readonly total: number;
  readonly steps: readonly Step[];
}

/** What people are paid in a slice: base, allowances and what components earned, within bounds, with a draw. */
export const payPlan: CarryingKind<PayPlanReward> = {
  awardSlices(decidings, reward) {
    const balances: Balances = new Map();
    const awardsBySlice = decidings.map((deciding) => {
      const { entrants, excluded } = everybodyIn(deciding, reward, leavers(deciding, reward, balances));
      const awards = entrants.flatMap((entrant) => awardsTo(deciding, reward, entrant, balances));
      return deciding.onlyAhead ? awards : [...excluded, ...awards];
    });
    warnOfOpen(decidings.at(-1), reward, balances);
    return awardsBySlice;
  },
  liability(_rules, reward) {
    const components = reward.components.join(", ");
    const grows = components === "" ? "pays everybody in its scope" : `pays what ${components} earn`;
    return { unboundedBecause: `${reward.id} ${grows}, and nothing limits how many that are` };
  },
};

/** Who belongs to no unit any more and still earned something, or owes something. */
function leavers({ rules, slice, earlier }: Deciding, reward: PayPlanReward, balances: Balances): string[] {
  const ids = new Set([...balances].flatMap(([id, open]) => (open === 0 ? [] : [id])));
  for (const component of reward.components)
    for (const { subject, slice: of, amountMinor } of earlier(component))
      if (subject.kind === "participant" && amountMinor !== 0 && isIn(of, slice)) ids.add(subject.id);
  return [...ids].filter((id) => rules.directory.membershipAt(id, rules.instants.last) === undefined);
}

/** A slice of a component belongs to the slice of the pay plan in which it ends. */
function isIn(component: Deciding["slice"], slice: Deciding["slice"]): boolean {
  const last = component.end - 1;
  return slice.start <= last && last < slice.end;
}

function awardsTo(deciding: Deciding, reward: PayPlanReward, entrant: Entrant, balances: Balances): Award[] {
  const { rules } = deciding;
  const { subject } = entrant;
  const membership = rules.directory.membershipAt(subject, rules.instants.last);
  const draw = payFor(rules, reward.draw?.amount, subject, membership);
  const isAhead = reward.draw?.timing === "ahead" && draw.amountMinor !== 0;
  const ahead: Award[] = isAhead ? [drawAhead(rules, reward, subject, draw)] : [];
  if (deciding.onlyAhead) return ahead;
  const earnings = earningsOf(deciding, reward, entrant, membership);
  const settled = withDraw(deciding, reward, subject, earnings, draw, balances);
  const amountMinor = isAhead ? addExact(settled.paid, -draw.amountMinor) : settled.paid;
  const text = (minor: number) => moneyText(rules, minor);
  const less: Step[] = isAhead
    ? [{ step: "lessDraw", before: text(settled.paid), draw: text(draw.amountMinor), amount: text(amountMinor) }]
    : [];
  const nothing: Step[] = amountMinor === 0 ? [isAhead ? PAID_AHEAD : NOTHING_TO_PAY] : [];
  const steps = [...entrant.steps, ...earnings.steps, ...settled.steps, ...less, ...nothing];
  return [...ahead, { subject: payeeOf(reward, subject), amountMinor, steps }];
}

const PAID_AHEAD: Step = { step: "nothing", reason: "paid-ahead", message: "the draw has paid it already" };
const NOTHING_TO_PAY: Step = { step: "nothing", reason: "nothing-to-pay", message: "nothing is left to be paid" };

function drawAhead(rules: Rules, reward: PayPlanReward, subject: string, { amountMinor, source }: PayFor): Award {
  const step: Step = { step: "drawAhead", ...source, amount: moneyText(rules, amountMinor) };
  return { subject: payeeOf(reward, subject), amountMinor, part: "draw", steps: [step] };
}

function earningsOf(
  deciding: Deciding,
  reward: PayPlanReward,
  entrant: Entrant,
  membership: Membership | undefined,
): Earnings {
  const { rules } = deciding;
  const { subject } = entrant;
  const parts = [
    { id: "base", ...(reward.base ? payFor(rules, reward.base, subject, membership) : NO_PAY) },
    ...reward.allowances.map(({ id, pay }) => ({ id, ...payFor(rules, pay, subject, membership) })),
  ].filter(({ amountMinor }) => amountMinor !== 0);
  const fixed = parts.reduce((sum, { amountMinor }) => addExact(sum, amountMinor), 0);
  const told = parts.map(
    ({ id, source, amountMinor }): Step => ({ step: "fixedPay", id, ...source, amount: moneyText(rules, amountMinor) }),
  );
  const performance = performanceOf(deciding, reward, entrant, membership);
  const bounded = withBounds(rules, reward, "performance", performance.amountMinor, membership);
  const total = withBounds(rules, reward, "total", addExact(fixed, bounded.amountMinor), membership);
  const earnings: Step = {
    step: "earnings",
    fixed: moneyText(rules, fixed),
    performance: moneyText(rules, bounded.amountMinor),
    amount: moneyText(rules, total.amountMinor),
  };
  return {
    fixed,
    total: total.amountMinor,
    steps: [...told, ...performance.steps, ...bounded.steps, ...total.steps, earnings],
  };
}

interface Told {
  readonly amountMinor: number;
  readonly steps: readonly Step[];
}

/** What the components awarded in the slice; who failed a gate has no performance pay. */
function performanceOf(
  deciding: Deciding,
  reward: PayPlanReward,
  { subject, qualified }: Entrant,
  membership: Membership | undefined,
): Told {
  const { rules, slice, earlier } = deciding;
  if (!qualified) return { amountMinor: 0, steps: [] };
  const steps: Step[] = [];
  let sum = 0;
  for (const component of reward.components) {
    const awards = earlier(component).filter(
      (award) =>
        award.amountMinor !== 0 &&
        award.subject.kind === "participant" &&
        award.subject.id === subject &&
        isIn(award.slice, slice),
    );
    const amountMinor = awards.reduce((all, award) => addExact(all, award.amountMinor), 0);
    sum = addExact(sum, amountMinor);
    steps.push({
      step: "component",
      reward: component,
      slices: awards.map((award) => ({ slice: award.slice.id, amount: moneyText(rules, award.amountMinor) })),
      amount: moneyText(rules, amountMinor),
    });
  }
  return adjusted(rules, reward, { amountMinor: sum, steps }, membership);
}

function adjusted(rules: Rules, reward: PayPlanReward, told: Told, membership: Membership | undefined): Told {
  if (!reward.adjustment || told.amountMinor === 0) return told;
  const { by, rounding } = reward.adjustment;
  const { rate, ...named } = factorOf(rules, by, membership);
  const amountMinor = roundedMinor(rules, times(fromMinor(rules, told.amountMinor), exact(rate)), rounding);
  const step: Step = {
    step: "adjusted",
    ...named,
    rate,
    before: moneyText(rules, told.amountMinor),
    amount: moneyText(rules, amountMinor),
  };
  return { amountMinor, steps: [...told.steps, step] };
}

function factorOf(
  rules: Rules,
  by: NonNullable<PayPlanReward["adjustment"]>["by"],
  membership: Membership | undefined,
): { readonly rate: string; readonly unit?: string; readonly role?: string } {
  if ("rate" in by) return { rate: by.rate };
  const without = by.without === "one" ? "1" : "0";
  if (membership === undefined) return { rate: without };
  if ("byRole" in by) {
    const { role } = membership;
    return Object.hasOwn(by.byRole, role) ? { rate: by.byRole[role] ?? without, role } : { rate: without };
  }
  const unit = rules.directory.lineage(membership.unit).find((one) => Object.hasOwn(by.byUnit, one.unit))?.unit;
  return unit === undefined ? { rate: without } : { rate: by.byUnit[unit] ?? without, unit };
}

/** A minimum is for those who belong to a unit at the slice's last instant; a maximum for all. */
function withBounds(
  rules: Rules,
  { minimum, maximum }: PayPlanReward,
  on: "performance" | "total",
  amountMinor: number,
  membership: Membership | undefined,
): Told {
  const steps: Step[] = [];
  let bounded = amountMinor;
  const bind = (bound: "minimum" | "maximum", limit: string, to: number) => {
    if (to === bounded) return;
    const [before, amount] = [moneyText(rules, bounded), moneyText(rules, to)];
    steps.push({ step: "bounded", bound, on, limit, before, amount });
    bounded = to;
  };
  if (minimum?.on === on && membership)
    bind("minimum", minimum.amount, Math.max(bounded, moneyMinor(rules, minimum.amount)));
  if (maximum?.on === on) bind("maximum", maximum.amount, Math.min(bounded, moneyMinor(rules, maximum.amount)));
  return { amountMinor: bounded, steps };
}

function withDraw(
  deciding: Deciding,
  reward: PayPlanReward,
  subject: string,
  { fixed, total }: Earnings,
  draw: PayFor,
  balances: Balances,
): { readonly paid: number; readonly steps: readonly Step[] } {
  const { rules } = deciding;
  const before = balances.get(subject) ?? 0;
  const rule = reward.draw;
  if (!rule || (draw.amountMinor === 0 && before === 0)) return { paid: total, steps: [] };
  const beside = rule.on === "performance" ? fixed : 0;
  const earned = addExact(total, -beside);
  const drawn = drawOf(rule, draw.amountMinor, earned, before);
  const paid = addExact(beside, drawn.paid);
  const text = (minor: number) => moneyText(rules, minor);
  const step: Step = {
    step: "draw",
    timing: rule.timing,
    on: rule.on,
    draw: text(draw.amountMinor),
    earned: text(earned),
    toppedUp: text(drawn.toppedUp),
    recovered: text(drawn.recovered),
    before: text(before),
    after: text(drawn.after),
    amount: text(paid),
  };
  balances.set(subject, drawn.after);
  const trueUp = trueUpOf(deciding, reward, subject, paid, balances);
  return trueUp ? { paid: trueUp.paid, steps: [step, trueUp.step] } : { paid, steps: [step] };
}

/** What becomes of an open balance after the last slice of a year or of the plan. */
function trueUpOf(
  { rules, slice }: Deciding,
  reward: PayPlanReward,
  subject: string,
  paid: number,
  balances: Balances,
): { readonly paid: number; readonly step: Step } | undefined {
  const balance = balances.get(subject) ?? 0;
  const policy = reward.draw?.trueUp;
  if (policy === undefined || balance === 0 || !endsYear(rules, reward, slice)) return undefined;
  const after = policy === "settled" ? addExact(paid, -balance) : paid;
  if (policy !== "carried") balances.set(subject, 0);
  const amounts = { balance: moneyText(rules, balance), amount: moneyText(rules, after) };
  return { paid: after, step: { step: "trueUp", policy, ...amounts } };
}

/** Whether a slice is the last of a calendar year or of the plan. */
function endsYear({ plan }: Rules, reward: PayPlanReward, slice: Deciding["slice"]): boolean {
  const next = sliceAfter(plan, reward, slice);
  const yearOf = ({ end }: Deciding["slice"]) => formatInZone(end - 1, plan.period.zone).slice(0, 4);
  return next === undefined || yearOf(next) !== yearOf(slice);
}

function sliceAfter(
  plan: Rules["plan"],
  { per }: PayPlanReward,
  slice: Deciding["slice"],
): Deciding["slice"] | undefined {
  const slices = sliceWindows(plan, per);
  return slices[slices.findIndex(({ id }) => id === slice.id) + 1];
}

/** After the last slice of the plan nothing recovers what is still open: carried, or of who is out of scope. */
function warnOfOpen(last: Deciding | undefined, reward: PayPlanReward, balances: Balances): void {
  if (!last || last.onlyAhead || sliceAfter(last.rules.plan, reward, last.slice)) return;
  for (const [subject, balance] of [...balances].sort(([a], [b]) => compareText(a, b))) {
    if (balance === 0) continue;
    const { plan } = last.rules;
    last.warnings.push({
      code: "draw-balance-open",
      reward: reward.id,
      subject,
      message: `${subject} has drawn ${moneyText(last.rules, balance)} ${plan.currency} that ${reward.id} has not recovered when the plan ends`,
      blocks: false,
    });
  }
}
