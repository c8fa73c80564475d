import { describe, expect, it } from "vitest";
import { lintPlan } from "#engine/lint/index.ts";
import { tellerOf } from "#functions/console/i18n/server/match.ts";
import { chinese, tellChinese, tellWrong } from "#functions/console/i18n/server/zh.ts";
import { FILES } from "#test/arch/source.ts";
import { textsIn } from "./console-told-sources.ts";
import { IN_KIND_CASES } from "./lint/in-kind-cases.ts";
import { KIND_CASES } from "./lint/kind-cases.ts";
import { MODIFIER_CASES } from "./lint/modifier-cases.ts";
import { PAY_CASES } from "./lint/pay-cases.ts";
import { PLAN_CASES } from "./lint/plan-cases.ts";
import { REWARD_CASES } from "./lint/reward-cases.ts";
import { SHARE_CASES } from "./lint/share-cases.ts";

const LINT_CASES = [
  ...REWARD_CASES,
  ...KIND_CASES,
  ...IN_KIND_CASES,
  ...SHARE_CASES,
  ...PAY_CASES,
  ...PLAN_CASES,
  ...MODIFIER_CASES,
];

/**
 * Whatever the server can say to a person is said in Chinese too, with the same values. A message that is named here wants a line in
 * functions/console/i18n/server/zh, or a place in one of the two lists, with the reason.
 */

/** Whose words reach nobody, or are told otherwise; each with the reason. */
const ELSEWHERE: readonly (readonly [path: RegExp, why: string])[] = [
  [/^shared\/(?:verify|client|cli|docs|conformance|seeds)\//, "runs on the machine of whoever calls it"],
  [/^functions\/(?:console|reference)\//, "the console itself, and the reference, which is English"],
  [/^shared\/contracts\/(?:routes|examples|openapi|route|plan-schema|event-schema|export)\b/, "documents the API"],
  [/^shared\/app\/statements\//, "the server tells statements in both languages: test/unit/statement-words.test.ts"],
  [/^shared\/app\/outward\/texts\//, "messages are written in the language of their channel"],
  [/^shared\/adapters\/files\/header-names\.ts$/, "names of columns that a file may have"],
];

const UNSEEN: readonly (readonly [text: RegExp, why: string])[] = [
  [/attribute_(?:not_)?exists|begins_with|^SET |= :|if_not_exists/, "expressions of the store"],
  [/^(?:[A-Z]{3} ?)+$/, "codes of currencies"],
  [/charset=|no-cache|max-age|^attachment; |^"calls"|^Bearer /, "headers"],
  [/^<|<!doctype|^padding: /, "a mail's markup"],
  [
    /^(?:every version of every|credits, progress, totals|campaigns, plan versions|runs, lines, postings)/,
    "what tables hold",
  ],
  [
    /^(?:give up|totals on their way|\{source\} since \{lastHeardAt\}|campaign\.activate )/,
    "names of steps and deeds, logs",
  ],
  [
    /(?:campaigns are not freed|could (?:not )?be looked (?:after|at))$/,
    "errors of the clock's work, for its log and alarm",
  ],
  [/^(?:Zhang Wei|Unit, reward or product)$/, "cells of templates and reports"],
  [/^(?:A dispute|by hand|left out)$/, "an exported case, which is a file"],
  [/^(?:As the source calls it|The line's id, as|Both sides read it)/, "documents the API"],
  [/^the company$/, "of an event; the console tells its own"],
  [
    /^(?:each sale by itself: |the total[:,] |everything: 500|performance pay|what the bound is|which earnings the draw|what is looked up|base, allowances and|what packages and free)/,
    "policies, as below",
  ],
  [/^; without ties it costs|^the period \{field\}s at/, "parts of sentences; real ones are below"],
  [/^say \{text\}$/, "questions of policies: plan/labels.ts tells them from the tables of choices"],
];

const written = FILES.filter(
  (path) => /^(?:shared|functions)\/.*\.ts$/.test(path) && !ELSEWHERE.some(([folder]) => folder.test(path)),
)
  .flatMap(textsIn)
  .filter(({ text }) => !UNSEEN.some(([unseen]) => unseen.test(text)));

/** The text with values in its places that no words could be. */
function sample(text: string): { readonly said: string; readonly values: readonly string[] } {
  const values: string[] = [];
  const said = text.replaceAll(/\{\w+\}/g, () => {
    const value = String(70_001 + values.length);
    values.push(value);
    return value;
  });
  return { said, values };
}

/** Sentences, and what stands within them. */
const tell = tellerOf({ ...chinese, sentences: { ...chinese.sentences, ...chinese.parts } });

describe("what the server says", () => {
  it("is found in its code", () => {
    expect(written.length).toBeGreaterThan(1200);
    const all = new Set(written.map(({ text }) => text));
    for (const one of [
      "{reward} pays {rate} of each sale: nothing",
      "{subject} {message} of {measure}, so its attainment is not known",
      "the band starts at {from}, and the one before ends at {to}: what lies between is in no band",
    ])
      expect(all).toContain(one);
  });

  it("has Chinese words, with the values in them", () => {
    const faults = written.flatMap(({ where, text }) => {
      const { said, values } = sample(text);
      const told = tell(said);
      if (told === undefined) return [`${where} ${text}`];
      const lost = values.filter((value) => !told.includes(value));
      return lost.length === 0 ? [] : [`${where} ${text} → ${told} lacks ${lost.join(", ")}`];
    });
    expect([...new Set(faults)]).toEqual([]);
  });

  it.each([
    [
      "nothing bounds what cup can cost: cup gives all tied the same prize, and any number can tie; without ties it costs at most 300.00, with 4 tied for first 800.00",
      "“cup”的支出没有上限：“cup”给并列者同样的奖，而并列人数没有限制；无人并列时最多 300.00，若 4 个并列第一则为 800.00",
    ],
    ["the period ends at 18:00, inside 2018-10-31", "活动在 2018-10-31 的 18:00 结束，不是零点"],
    [
      "in bonus a sale of 99.99 premium pays 10.00, 100.00 pay 9.00 (of a target of 500): who sells more is paid less",
      "“bonus”中 premium 为 99.99 时发 10.00，为 100.00 时反而只发 9.00（目标 500）：卖得多的得得少",
    ],
    [
      "none of the 8 people on file is in the audience (units north, south, roles agent): no sale can count",
      "在册的 8 人都不是参与对象（机构 north、south，角色 agent）：没有销售会计入",
    ],
    [
      'use {value: "10000.00"}, or {target: start} for a label of the targets table',
      '须为 {value: "10000.00"}；或{target: start}，即目标表里的名称',
    ],
    [
      "3 of the 5 in the scope of cup belong to no branch, and can never pass the gate: a, b and 1 more",
      "“cup”范围内的 5 个对象中，有 3 个不属于任何 branch，永远过不了这道门槛：a、b，另有 1 个",
    ],
    [
      "0 of the 9 people on file can take part in cup (within north with role agent or head at the period's end)",
      "在册的 9 人没有一人能参与“cup”（限 north 之内，角色为 agent 或 head，以活动结束时为准）",
    ],
    ["spring is paused: publish is not allowed", "“spring”目前状态为“暂停”，不能发布"],
    [
      "nothing bounds what stars can cost: stars gives 0 points for each unit of sales, and nothing limits how many",
      "“stars”的支出没有上限：“stars”对 sales 每单位给 0 积分，而没有上限",
    ],
    [
      "no unit of the organisation is of level shop (it has 6 units)",
      "组织机构里没有 shop 这一层的机构（共有 6 个机构）",
    ],
    [
      "late facts are waited for 15 days, longer than the period's 23 hours: nobody is paid before",
      "迟到数据要等 15 天，比活动期间 23 小时还长：在此之前谁也拿不到钱",
    ],
    ["add rows such as ann,sales,start,,<value> to the targets table", "在目标表中补录，例如 ann,sales,start,,<数值>"],
    ["a decimal with at most 6 digits", "小数，最多 6 位"],
    ["5.005 is finer than CNY can pay", "5.005 的小数位多于 CNY 的最小支付单位"],
    [
      "pause is allowed in pilot, active; now is allowed: nothing: it is only read",
      "暂停只能在以下状态进行：试点、进行中；现在可以：无：只能查看",
    ],
    ["participant nobody is beyond what you may see", "人员 nobody 不在您的查看范围内"],
    ["this needs the role marketing or approver or auditor", "需要角色：营销或财务或审计"],
    ["amount is missing", "缺少 amount"],
  ])("says %s", (said, told) => {
    expect(tellChinese(said)).toBe(told);
  });

  it.each([
    "the answer is 42 and nobody knows why it is so",
    "say what it is: nothing of all that was said here is credited in any way",
    "toString",
    "",
    "a and b",
  ])("stays as it is where nothing is known of it: %s", (said) => {
    expect(tellChinese(said)).toBeUndefined();
  });

  it("is told without English left in it, of every finding about a plan that is unwise", () => {
    const findings = LINT_CASES.flatMap(({ unwise }) => lintPlan(unwise));
    expect(findings.length).toBeGreaterThan(100);
    const faults = findings.flatMap((finding) => {
      const { message, mend } = finding;
      const told = [tellWrong(finding), ...(mend === undefined ? [] : [tellChinese(mend)])];
      // What a plan writes stands as it is; English is words beside each other.
      const isEnglish = told.some((text) => text === undefined || /[a-z]{3,} [a-z]{2,} [a-z]{2,}/.test(text));
      return isEnglish ? [`${message} → ${told.join(" → ")}`] : [];
    });
    expect([...new Set(faults)]).toEqual([]);
  });

  it("is told in Chinese, but for what is written so in a plan", () => {
    const latin = Object.entries(chinese.sentences).filter(
      ([said, told]) => !/[\u4e00-\u9fff]/.test(told) && said !== told && !/^\{\w+\*?\}/.test(told),
    );
    expect(latin.map(([said]) => said)).toEqual([]);
  });
});
