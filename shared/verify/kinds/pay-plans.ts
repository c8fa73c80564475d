import type { PayPlanReward } from "#domain/plan/rewards/pay-plan.ts";
import { formatInZone } from "#domain/time.ts";
import type { Award, Earlier } from "../award.ts";
import { order } from "../exact.ts";
import type { Candidate, Numbers, Reckoned, Reckoner } from "../reckon.ts";
import { earningsOf } from "./pay-earnings.ts";
import { fixedPay } from "./pay-fixed.ts";
import { addedUp } from "./pieces.ts";

type Person = Omit<Candidate, "sales" | "value">;

/**
 * What people are paid, slice by slice, with a draw whose balance goes from one to the next.
 *
 * @param decided how many of the slices are; of those after them there are only draws that are paid ahead
 */
export function payPlan(
  reckoners: readonly Reckoner[],
  reward: PayPlanReward,
  earlier: Earlier,
  decided: number,
): Reckoned[][] {
  const balances = new Map<string, bigint>();
  const slices = reckoners.map((reckoner, index) => {
    if (index >= decided)
      return reckoner.everybody(reward).judged.flatMap((person) => aheadOf(reckoner, reward, person));
    return slicePay(reckoner, reward, balances, earlier);
  });
  const last = reckoners[decided - 1];
  if (last && last.span.next === undefined) {
    for (const [id, balance] of balances) {
      if (balance > 0n)
        last.warnings.push({ code: "draw-balance-open", reward: reward.id, subject: id, blocks: false });
    }
  }
  return slices;
}

function slicePay(
  reckoner: Reckoner,
  reward: PayPlanReward,
  balances: Map<string, bigint>,
  earlier: Earlier,
): Reckoned[] {
  const { where } = reckoner.book;
  const isPlaced = (id: string) => where.post(id, reckoner.last) !== undefined;
  const awards = reward.components.flatMap(earlier).filter((award) => isCounted(reckoner, award));
  const open = [...balances].flatMap(([id, balance]) => (balance > 0n ? [id] : []));
  const earning = awards.flatMap(({ payee, amount }) => (amount === 0n ? [] : [payee.id]));
  const gone = [...new Set([...open, ...earning])].filter((id) => !isPlaced(id)).sort(order);
  const { judged, barred } = reckoner.everybody(reward, gone);
  const paid = judged.flatMap((person) => {
    const own = awards.filter(({ payee }) => payee.id === person.id);
    return personPay(reckoner, reward, balances, person, own);
  });
  return [...barred, ...paid];
}

/** An award belongs to the slice in which its own slice ends. */
function isCounted({ span }: Reckoner, { payee, span: own }: Award): boolean {
  const last = own.end - 1;
  return payee.kind === "participant" && span.start <= last && last < span.end;
}

function personPay(
  reckoner: Reckoner,
  reward: PayPlanReward,
  balances: Map<string, bigint>,
  person: Person,
  components: readonly Award[],
): Reckoned[] {
  const { id, payee } = person;
  const earned = earningsOf(reckoner, reward, person, components);
  const drawn = drawOf(reckoner, reward, id, earned, balances.get(id) ?? 0n);
  const { pay, told } = drawn ? settledUp(reckoner, reward, drawn) : { pay: earned.total, told: [] };
  if (drawn) balances.set(id, told.length > 0 && reward.draw?.trueUp !== "carried" ? 0n : drawn.balance);
  const ahead = aheadOf(reckoner, reward, person);
  const before = addedUp(ahead, ({ amount }) => amount);
  const amount = pay - before;
  const [payText, aheadText, text] = [pay, before, amount].map((money) => reckoner.moneyText(money));
  const less = ahead.length === 0 ? [] : [{ step: "lessDraw", before: payText, draw: aheadText, amount: text }];
  const reason = ahead.length === 0 ? "nothing-to-pay" : "paid-ahead";
  const none = amount === 0n ? [{ step: "nothing", reason }] : [];
  const trace = [...earned.trace, ...(drawn ? [drawn.step] : []), ...told, ...less, ...none];
  return [...ahead, { payee, amount, trace }];
}

/** The line of a draw that is paid before its slice ends. */
function aheadOf(reckoner: Reckoner, { draw }: PayPlanReward, { id, payee }: Person): Reckoned[] {
  if (draw?.timing !== "ahead") return [];
  const { amount, step } = fixedPay(reckoner, draw.amount, id);
  if (amount === 0n) return [];
  return [{ payee, amount, part: "draw", trace: [{ step: "drawAhead", ...step, amount: reckoner.moneyText(amount) }] }];
}

interface Drawn {
  readonly pay: bigint;
  readonly balance: bigint;
  readonly step: Numbers;
}

/** What is topped up and recovered; nothing where there is no draw and nothing open. */
function drawOf(
  reckoner: Reckoner,
  { draw: rule }: PayPlanReward,
  id: string,
  { total, fixed }: { readonly total: bigint; readonly fixed: bigint },
  before: bigint,
): Drawn | undefined {
  if (!rule) return undefined;
  const draw = fixedPay(reckoner, rule.amount, id).amount;
  if (draw === 0n && before === 0n) return undefined;
  const earned = rule.on === "total" ? total : total - fixed;
  const toppedUp = rule.timing === "onTop" ? draw : atLeastNothing(draw - earned);
  const from = { aboveDraw: earned - draw, allEarnings: earned, none: 0n }[rule.recovery];
  const recovered = least(before, atLeastNothing(from));
  const pay = total + toppedUp - recovered;
  const balance = rule.recovery === "none" ? 0n : before + toppedUp - recovered;
  const text = (amount: bigint) => reckoner.moneyText(amount);
  const step = {
    step: "draw",
    timing: rule.timing,
    on: rule.on,
    draw: text(draw),
    earned: text(earned),
    toppedUp: text(toppedUp),
    recovered: text(recovered),
    before: text(before),
    after: text(balance),
    amount: text(pay),
  };
  return { pay, balance, step };
}

/** At the end of a calendar year and of the plan: what becomes of what is open. */
function settledUp(
  reckoner: Reckoner,
  { draw }: PayPlanReward,
  { pay, balance }: Drawn,
): { readonly pay: bigint; readonly told: readonly Numbers[] } {
  const policy = draw?.trueUp;
  if (policy === undefined || balance === 0n || !isYearsEnd(reckoner)) return { pay, told: [] };
  const amount = policy === "settled" ? pay - balance : pay;
  const [open, text] = [balance, amount].map((money) => reckoner.moneyText(money));
  return { pay: amount, told: [{ step: "trueUp", policy, balance: open, amount: text }] };
}

function isYearsEnd({ span, last, zone }: Reckoner): boolean {
  const year = (instant: number) => formatInZone(instant, zone).slice(0, 4);
  return span.nextEnd === undefined || year(span.nextEnd - 1) !== year(last);
}

function atLeastNothing(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
