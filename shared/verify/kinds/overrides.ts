import type { Payee } from "#domain/line.ts";
import type { OverrideReward } from "#domain/plan/rewards/override.ts";
import type { Award, Earlier } from "../award.ts";
import { type Fraction, fraction, order, shared } from "../exact.ts";
import { exactly, product } from "../fractions.ts";
import { asMoney, roundedMoney } from "../money.ts";
import { GATE, type Numbers, type Reckoned, type Reckoner, total } from "../reckon.ts";
import { isMoney, unitOfAward } from "../units.ts";
import { addedUp } from "./pieces.ts";

interface Part extends Payee {
  readonly amount: bigint;
}

/** What somebody's team came to. */
interface Team {
  readonly unit: string;
  readonly sum: bigint;
  /** In the order of the trace: people, then units. */
  readonly parts: readonly Part[];
}

/** A rate of what a unit's people were awarded or sold, for those who lead it at the slice's last instant. */
export function override(reckoner: Reckoner, reward: OverrideReward, earlier: Earlier): Reckoned[] {
  const { judged, barred } = reckoner.everybody(reward);
  const awards = judged.flatMap(({ id, payee, passes, trace: gates }): Reckoned[] => {
    if (!passes) return [{ payee, amount: 0n, trace: [...gates, GATE] }];
    const team =
      "measure" in reward.from
        ? sold(reckoner, reward, reward.from.measure, id)
        : awarded(reckoner, reward, id, earlier);
    return ofTeam(reckoner, reward, team).map((award) => ({ ...award, trace: [...gates, ...award.trace] }));
  });
  return [...barred, ...awards];
}

/** Earlier awards in slices inside this one, of members and units at its last instant. */
function awarded(reckoner: Reckoner, reward: OverrideReward, unit: string, earlier: Earlier): Team {
  const { span, last } = reckoner;
  const { where } = reckoner.book;
  const { lines, depth } = "lines" in reward.from ? reward.from : { lines: [], depth: "direct" as const };
  const isOfTeam = ({ payee }: Award) => {
    const place = payee.kind === "unit" ? payee.id : where.post(payee.id, last)?.unit;
    if (place === undefined) return false;
    return depth === "direct" ? place === unit : where.isInside(place, unit);
  };
  const counted = lines.flatMap(earlier).filter((award) => {
    const isInside = span.start <= award.span.begins && award.span.end <= span.end;
    return isInside && isMoney(reckoner, unitOfAward(reckoner, award)) && isOfTeam(award);
  });
  return teamOf(
    unit,
    counted.map(({ payee, amount }) => ({ ...payee, amount })),
  );
}

/** What was sold by those who were in the unit at the time. */
function sold(reckoner: Reckoner, { level }: OverrideReward, measure: string, unit: string): Team {
  const sales = reckoner.sales(measure, level, unit);
  const sellers = [...new Set(sales.map(({ seller }) => seller))];
  const team = teamOf(
    unit,
    sellers.map((id) => ({ kind: "participant", id, amount: total(sales.filter(({ seller }) => seller === id)) })),
  );
  return { ...team, sum: total(sales) };
}

function teamOf(unit: string, amounts: readonly Part[]): Team {
  const parts = new Map<string, Part>();
  for (const { kind, id, amount } of amounts) {
    const name = `${kind} ${id}`;
    parts.set(name, { kind, id, amount: (parts.get(name)?.amount ?? 0n) + amount });
  }
  const inOrder = [...parts].sort(([a], [b]) => order(a, b)).map(([, part]) => part);
  return { unit, sum: addedUp(amounts, ({ amount }) => amount), parts: inOrder };
}

function ofTeam(reckoner: Reckoner, reward: OverrideReward, team: Team): Reckoned[] {
  const { leaders: rule, own } = reward;
  const { where } = reckoner.book;
  const leaders = where.people.filter((id) => {
    const post = where.post(id, reckoner.last);
    return post?.unit === team.unit && rule.roles.includes(post.role);
  });
  const ownOf = (ids: readonly string[]) =>
    team.parts.filter(({ kind, id }) => kind === "participant" && ids.includes(id));
  const partOf = (ids: readonly string[]) => (own === "excluded" ? addedUp(ownOf(ids), ({ amount }) => amount) : 0n);
  if (leaders.length === 0) return [ofNobody(reckoner, reward, team)];
  const isShared = rule.several === "shared" && leaders.length > 1;
  return leaders.map((id): Reckoned => {
    const less = partOf(rule.several === "shared" ? leaders : [id]);
    const priced = pricedOf(reckoner, reward, team.sum - less);
    const heads = leaders.map((leader) => ({ id: leader, weight: 1n }));
    const amount = isShared ? (shared(priced.whole, heads).get(id) ?? 0n) : priced.whole;
    const trace = stepsOf(reckoner, reward, team, { ...priced, less, leaders: leaders.length, isShared, amount });
    return { payee: { kind: "participant", id }, amount, trace };
  });
}

/** The unit is paid in its leader's place, or nobody. */
function ofNobody(reckoner: Reckoner, reward: OverrideReward, team: Team): Reckoned {
  const priced = pricedOf(reckoner, reward, team.sum);
  const payee = { kind: "unit", id: team.unit } as const;
  const amount = reward.leaders.nobody === "unit" ? priced.whole : 0n;
  if (priced.whole !== 0n)
    reckoner.warnings.push({ code: "override-nobody", reward: reward.id, subject: team.unit, blocks: false });
  const trace = stepsOf(reckoner, reward, team, { ...priced, less: 0n, leaders: 0, isShared: false, amount });
  return { payee, amount, trace };
}

interface Priced {
  readonly base: bigint;
  readonly exact: Fraction;
  readonly whole: bigint;
}

function pricedOf(reckoner: Reckoner, { rate, rounding }: OverrideReward, base: bigint): Priced {
  const exact = product(asMoney(reckoner, base), fraction(rate));
  return { base, exact, whole: roundedMoney(reckoner, exact, rounding) };
}

interface Paid extends Priced {
  /** Of the leader's own, or of all leaders'. */
  readonly less: bigint;
  readonly leaders: number;
  readonly isShared: boolean;
  readonly amount: bigint;
}

function stepsOf(reckoner: Reckoner, reward: OverrideReward, team: Team, paid: Paid): Numbers[] {
  const told = teamStep(reckoner, reward, team, paid.less);
  const nothing = (reason: string) => ({ step: "nothing", reason });
  const reason = paid.base === 0n ? "no-team-result" : "rounds-to-zero";
  if (paid.leaders === 0 && paid.amount === 0n) return [told, nothing(paid.whole === 0n ? reason : "nobody-on-file")];
  return [told, overrideStep(reckoner, reward, team, paid), ...(paid.amount === 0n ? [nothing(reason)] : [])];
}

function teamStep(
  reckoner: Reckoner,
  { from, own }: OverrideReward,
  { unit, sum, parts }: Team,
  less: bigint,
): Numbers {
  return {
    step: "team",
    unit,
    rewards: "lines" in from ? from.lines : undefined,
    measure: "measure" in from ? from.measure : undefined,
    sum: reckoner.moneyText(sum),
    own: own === "excluded" && less !== 0n ? reckoner.moneyText(less) : undefined,
    parts: parts
      .filter(({ amount }) => amount !== 0n)
      .map(({ id, amount }) => ({ id, value: reckoner.moneyText(amount) })),
  };
}

function overrideStep(
  reckoner: Reckoner,
  { rate }: OverrideReward,
  { unit }: Team,
  { base, exact, whole, leaders, isShared, amount }: Paid,
): Numbers {
  const [baseText, wholeText, text] = [base, whole, amount].map((money) => reckoner.moneyText(money));
  const exactText = exactly(exact, reckoner.book.moneyDigits);
  const priced = { base: baseText, rate, exact: exactText, whole: wholeText };
  return { step: "override", unit, ...priced, leaders, shared: isShared, amount: text };
}
