import { barsOf, ruleOf, shareFigure, thresholdText } from "./figure-parts.ts";
import type { Figure } from "./figures.ts";
import { drawn, type HalfReward, has, list, pairsOf, textOf } from "./half.ts";
import { MISSING, type Words } from "./words.ts";

/** What is asked of anybody before a reward of any kind, and what is done to its award. */

const CAPS = { slice: "picture.rule.cap.slice", campaign: "picture.rule.cap.campaign" } as const;

/** Before the reward's own rules. */
export function gateRules(words: Words, reward: HalfReward): string[] {
  const { t } = words;
  return list(reward.gates).map(({ on, measure, atLeast }) => {
    const said = { measure: words.measure(measure), threshold: thresholdText(words, measure, atLeast) };
    return has(on, "ancestor")
      ? t("picture.rule.gate.above", { ...said, level: words.level(on.ancestor) })
      : t("picture.rule.gate", said);
  });
}

/** After them, in the order in which they are done. */
export function modifierRules(words: Words, reward: HalfReward): string[] {
  const { t } = words;
  const { coefficient, cap } = reward;
  const items = list(reward.deductions?.items).map(
    ({ id, rate, amount }) =>
      `${words.name(id)} ${textOf(rate) === undefined ? words.money(amount) : words.rate(rate)}`,
  );
  return [
    ...(reward.accumulate === "toDate" ? [t("picture.rule.toDate")] : []),
    ...(coefficient ? [t("picture.rule.coefficient", { scorecard: words.reward(coefficient.scorecard) })] : []),
    ...(coefficient?.without === "zero" ? [t("picture.rule.coefficient.zero")] : []),
    ...(has(reward.pay, "split") ? [t("picture.rule.split")] : []),
    ...(cap ? ruleOf(words, CAPS, cap.over, { amount: words.money(cap.amount) }) : []),
    ...(items.length === 0 ? [] : [t("picture.rule.deductions", { items: words.all(items) })]),
    ...(reward.component ? [t("picture.rule.component")] : []),
  ];
}

export function modifierFigures(words: Words, reward: HalfReward): Figure[] {
  const { t } = words;
  const split = has(reward.pay, "split") ? reward.pay.split : undefined;
  const roles = pairsOf(split?.byRole).map(([role, share]) => [words.name(role), share] as const);
  return [
    ...shareFigure(words, t("picture.figure.roles"), t("picture.col.role"), roles),
    ...instalmentFigure(words, reward),
  ];
}

function instalmentFigure(words: Words, reward: HalfReward): Figure[] {
  const instalments = list(reward.instalments);
  if (instalments.length === 0) return [];
  const { t } = words;
  const rows = instalments.map(({ id, part, after, provided, inProportionTo }) => [
    words.name(id),
    words.rate(part),
    dueText(words, after),
    provided
      ? t("picture.due.if", {
          measure: words.measure(provided.measure),
          threshold: thresholdText(words, provided.measure, provided.atLeast),
        })
      : textOf(inProportionTo) === undefined
        ? t("picture.always")
        : t("picture.due.proportion", { measure: words.measure(inProportionTo) }),
  ]);
  const items = instalments.map(({ id, part }) => ({ name: words.name(id), value: drawn(part) ?? 0 }));
  const columns = [t("picture.col.what"), t("picture.col.part"), t("picture.col.due"), t("picture.col.if")];
  const chart = barsOf(t("picture.col.part"), "part", items);
  return [{ title: t("picture.figure.instalments"), chart, table: { columns, rows } }];
}

function dueText({ t, duration }: Words, after: unknown): string {
  const text = textOf(after);
  if (text === undefined || /^PT?0/.test(text)) return t("picture.due.now");
  return t("picture.due.after", { after: duration(text) || MISSING });
}
