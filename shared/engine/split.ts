import { allocate } from "#domain/allocate.ts";
import { parseRational, type Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { Directory, Membership } from "#domain/org.ts";
import type { Split } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, moneyText } from "./award.ts";
import { weightsOf } from "./kinds/exact.ts";
import type { Rules } from "./rules.ts";

/**
 * Divides a unit's award among its members on file at the period's last instant, by role coefficient: largest remainder,
 * equal remainders to the smaller participant id. The parts always sum to the whole.
 */
export function splitAward({ rules, warnings }: Deciding, reward: Reward, split: Split, award: Award): Award[] {
  const unit = award.subject.id;
  const members = everybodyAt(rules).flatMap((membership) => {
    if (!rules.directory.isWithin(membership.unit, unit)) return [];
    const coefficient = coefficientOf(split, membership.role);
    return coefficient && coefficient.num > 0n ? [{ membership, coefficient }] : [];
  });
  if (members.length === 0) return [nobodyOnFile({ rules, warnings }, reward, split, award)];
  const weights = weightsOf(members.map(({ coefficient }) => coefficient));
  const weighted = members.map(({ membership }, index) => ({
    id: membership.participantId,
    weight: weights[index] ?? 0n,
  }));
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0n);
  const parts = allocate(award.amountMinor, weighted);
  return members.map(({ membership }, index): Award => {
    const amountMinor = parts.get(membership.participantId) ?? 0;
    const weight = weighted[index]?.weight ?? 0n;
    return {
      subject: { kind: "participant", id: membership.participantId },
      amountMinor,
      ...(award.rank === undefined ? {} : { rank: award.rank }),
      // What the unit was judged to be stays known to later rewards, whoever is paid for it.
      ...(award.grade === undefined ? {} : { grade: award.grade }),
      ...(award.factor === undefined ? {} : { factor: award.factor }),
      ...(award.total === undefined ? {} : { total: award.total }),
      steps: [
        ...award.steps,
        splitStep(rules, split, award, membership, `${weight}/${total}`, members.length, amountMinor),
      ],
    };
  });
}

const everybody = new WeakMap<Directory, { readonly instant: number; readonly members: readonly Membership[] }>();

/** Who is on file at the deciding instant, by id: worked out once for all units that won. */
function everybodyAt({ directory, instants: { last } }: Rules): readonly Membership[] {
  const known = everybody.get(directory);
  if (known?.instant === last) return known.members;
  const members = directory.participantIds().flatMap((id) => directory.membershipAt(id, last) ?? []);
  everybody.set(directory, { instant: last, members });
  return members;
}

function splitStep(
  rules: Deciding["rules"],
  split: Split,
  award: Award,
  membership: Membership,
  share: string,
  members: number,
  amountMinor: number,
): Step {
  return {
    step: "split",
    unit: award.subject.id,
    whole: moneyText(rules, award.amountMinor),
    role: membership.role,
    coefficient: split.byRole[membership.role] ?? "0",
    share,
    members,
    amount: moneyText(rules, amountMinor),
  };
}

function nobodyOnFile(
  { rules, warnings }: Pick<Deciding, "rules" | "warnings">,
  reward: Reward,
  split: Split,
  award: Award,
): Award {
  const whole = moneyText(rules, award.amountMinor);
  const roles = Object.keys(split.byRole).join(" or ");
  const paysUnit = split.nobody === "unit";
  warnings.push({
    code: "split-nobody",
    reward: reward.id,
    subject: award.subject.id,
    message: `${award.subject.id} won ${whole} ${rules.plan.currency}, and no ${roles} is on file there at the period's last instant; ${paysUnit ? "the unit itself is paid" : "the award is forfeited"}`,
    blocks: false,
  });
  const step: Step = paysUnit
    ? { step: "split", unit: award.subject.id, whole, members: 0, amount: whole }
    : { step: "nothing", reason: "nobody-on-file", message: `no ${roles} is on file` };
  return { ...award, amountMinor: paysUnit ? award.amountMinor : 0, steps: [...award.steps, step] };
}

function coefficientOf(split: Split, role: string): Rational | undefined {
  const text = Object.hasOwn(split.byRole, role) ? split.byRole[role] : undefined;
  return text === undefined ? undefined : parseRational(text);
}
