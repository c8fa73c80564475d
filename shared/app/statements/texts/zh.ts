import { benefitReasonsZh, benefitsZh } from "./benefits-zh.ts";
import type { Texts } from "./en.ts";
import { factsZh, measuredZh } from "./measured-zh.ts";
import { payZh } from "./pay-zh.ts";
import { sharesZh } from "./shares-zh.ts";

/** Chinese texts of statements and explanations. */
export const zh: Texts = {
  statementOf: (name, id) => (name === id ? `结算单：${id}` : `结算单：${name}（${id}）`),
  campaign: (name, id) => `活动：${name}（${id}）`,
  asOf: (instant, run) => `截至 ${instant} · 批次 ${run}`,
  provisional: "暂计：活动结算前，数字仍可能变动。",
  total: (amount) => `合计：${amount}`,
  noAwards: "本次没有奖励。",
  whyAwarded: "奖励明细",
  whyNot: "未获奖励",
  changes: "对以前金额的调整",
  change: (reward, difference, amount) => `${reward}：${difference}，现为 ${amount}`,
  held: "已得，尚未到期",
  heldItem: (reward, amount, due) => `${reward}：${amount}${due === undefined ? "" : `，${due} 到期`}`,
  components: "计入其他奖励的项目",
  parts: { redeemed: "已兑换", expired: "已过期", draw: "预支" },
  points: (amount, name) => `${amount} 积分（${name}）`,
  goods: (amount, name) => `${name} × ${amount}`,
  honour: (amount, name) => (amount === "1" ? name : `${name} × ${amount}`),
  handedOut: (benefit) => `发放：${benefit}`,
  payment: "支付",
  posted: (amount) => `本批次入账：${amount}`,
  broughtForward: (amount) => `上期结转：${amount}`,
  paid: (amount) => `实付：${amount}`,
  carriedForward: (amount) => `结转下期：${amount}`,
  item: (reward, amount) => `${reward}：${amount}`,

  facts: factsZh,
  measured: measuredZh,
  sale: (fact, at, value) => `${at}  ${fact}  ${value}`,
  salePays: (fact, at, value, pays) => `${at}  ${fact}  ${value} → ${pays}`,
  contributor: (who, facts, value) => `${who}：${facts}，${value}`,

  gateSubject: (level, name) => `${name}（${level}）`,
  gateYou: "您",
  gatePassed: (who, measure, value, threshold) => `门槛：${who}，${measure} ${value} ≥ ${threshold}，已达到。`,
  gateFailed: (who, measure, value, threshold, missing) =>
    `门槛：${who}，${measure} ${value} < ${threshold}，未达到，还差 ${missing}。`,
  targetOf: (label, value) => `${label} 目标 ${value}`,

  reached: (target, at, value, fact) => `${at} 达到 ${target}，当时为 ${value}（${fact}）。`,
  notReached: (target, missing) => `未达到 ${target}，还差 ${missing}。`,

  place: (rank, of) => `第 ${rank} 名，共 ${of} 名`,
  noPlace: (of) => `共 ${of} 名，无名次`,
  by: {
    value: "按数值排名",
    reached: (label) => `按达到 ${label} 目标的先后`,
    tie: (policy) => `数值相同，${policy}`,
    tieAt: (policy, at) => `数值相同，${policy}（${at}）`,
    tieById: (policy) => `数值相同，${policy}仍无法区分，按编号排列`,
  },
  tiePolicies: {
    earliestReach: "先达到者在前",
    earlierLastFact: "最后一笔销售较早者在前",
    poolPrizes: "平分所占名次的奖金",
    samePrize: "各得相同奖金",
  },
  ahead: (who, value, lead) => `前一名：${who}（${value}${lead === undefined ? "" : `，高出 ${lead}`}）`,
  behind: (who, value) => `后一名：${who}（${value}）`,
  tiedWith: (who) => `并列：${who}`,
  labelAt: (label, at) => `${at} 达到 ${label} 目标`,

  rate: (rate, value, amount, rounding) => `${value} 的 ${rate} 为 ${amount}（${rounding}）。`,
  roundedEach: (mode, unit) => `每笔${mode}到 ${unit}`,
  roundedOnce: (mode, unit) => `合计后${mode}到 ${unit}`,
  roundingModes: { halfUp: "四舍五入", halfEven: "四舍六入五成双", down: "舍去尾数", up: "进位" },

  manual: (requestedBy: string, approvedBy: string, at: string, reason: string, evidence: string) =>
    `人工调整：${reason}（${evidence}）。由${requestedBy}提出，${approvedBy}于${at}批准。`,
  attainment: (value, target, attainment) => `${target}，完成 ${value}，完成率 ${attainment}。`,
  bandFrom: (from) => `档位 ${from} 以上`,
  bandBetween: (from, to) => `档位 ${from} 至 ${to}`,
  bandModes: {
    marginal: "只计落在本档的部分",
    whole: "全部按本档计算",
    interpolated: "全部计算，在本档内按比例递增",
  },
  bandPart: (part) => `本档已完成 ${part}`,
  bandSales: (sales) => `${sales} 笔`,
  bandRate: (rate, value) => `${value} 的 ${rate}`,
  bandPerUnit: (price, units) => `${units} 件，每件 ${price}`,
  bandFlat: (amount) => `达档奖 ${amount}`,
  plus: " + ",
  makes: (amount) => `即 ${amount}`,
  toNextBand: (missing) => `距下一档还差 ${missing}`,
  units: (units) => `数量 ${units}`,
  freeUnits: (units) => `前 ${units} 件不计奖`,
  unitsPaid: (units) => `计奖 ${units} 件`,
  packages: (count, size, partial) => `每 ${size} 件一组，${partial} ${count} 组`,
  partialPackages: { started: "不足一组按一组计，共", full: "只计满组，共" },
  unitPrice: (price, amount) => `每份 ${price}，即 ${amount}`,
  rounded: (exact, amount, rounding) => `${exact} 实计 ${amount}（${rounding}）。`,
  notRounded: (amount) => `实计 ${amount}。`,
  milestonePaid: (at, when, amount) => `${when === undefined ? "" : `${when} `}达到 ${at}：奖励 ${amount}。`,
  milestonePassed: (at, when) => `${when === undefined ? "" : `${when} `}达到 ${at}；只奖励最高的一级。`,
  milestoneMissed: (at, missing) => `未达到 ${at}，还差 ${missing}。`,

  prizeOne: (place, amount) => `第 ${place} 名奖金：${amount}。`,
  prizeEach: (places, amount) => `第 ${places} 名每名奖金：${amount}。`,
  prizePooled: (places, amount) => `第 ${places} 名奖金合并平分，每份 ${amount}。`,

  share: (unit, whole, role, coefficient, share, members, amount) =>
    `${unit}获奖 ${whole}，由 ${members} 人分配：角色 ${role}，系数 ${coefficient}，占 ${share}，即 ${amount}。`,
  unshared: (unit, whole) => `${unit}获奖 ${whole}；没有登记可参与分配的人员，奖金归单位。`,

  ratio: (who, measure, numerator, denominator, value) =>
    `${who === undefined ? "您的" : `${who}：`}${measure}为 ${numerator} ÷ ${denominator}${value === undefined ? "，无法计算" : `，即 ${value}`}。`,
  multiplied: (factors, factor, sales, before, amount) =>
    `${factors}：${sales} 笔共 ${before} × ${factor} = ${amount}。`,
  cancelledSale: (fact, at, cancelledAt, earned, keeps, amount) =>
    `${at} 的销售 ${fact} 于 ${cancelledAt} 取消：应得 ${earned}，保留 ${keeps}，即 ${amount}。`,
  toDate: (since, earned, before, amount) =>
    `自 ${since} 起累计应得 ${earned}，此前各期已计 ${before}，本期计 ${amount}。`,
  coefficient: (scorecard, grade, factor, before, amount) =>
    `${scorecard}${grade === undefined ? "" : `，等级 ${grade}`}：${before} × ${factor} = ${amount}。`,
  capped: (cap, before, amount) => `封顶 ${cap}：应得 ${before}，实计 ${amount}。`,
  deducted: (id, rate, of, taken, left) =>
    `扣减 ${id}${rate === undefined ? "" : `（${of} 的 ${rate}）`}：${taken}，余 ${left}。`,
  budgetFirstCome: (budget, limit, before, amount) =>
    `预算 ${budget} 共 ${limit}，先到先得：应得 ${before}，实计 ${amount}。`,
  budgetProRata: (budget, limit, earned, before, amount) =>
    `应得合计 ${earned}，预算 ${budget} 为 ${limit}，按同一比例折算：应得 ${before}，实计 ${amount}。`,
  budgetStock: (stock, limit, before, amount) => `${stock}共 ${limit} 份，先到先得：应得 ${before}，实得 ${amount}。`,
  instalment: (id, part, of, due, amount) =>
    `分期 ${id}，${of} 的 ${part}${due === undefined ? "" : `，${due} 到期`}：${amount}。`,
  instalmentShare: (id, part, of, proportion, amount) =>
    `分期 ${id}，${of} 的 ${part}，其中 ${proportion} 已到期：${amount}。`,

  pay: payZh,

  nothing: (why) => `未获奖：${why}。`,
  excluded: (why) => `不参加评比：${why}。`,
  missing: (value) => `还差 ${value}`,
  reasons: {
    ...benefitReasonsZh,
    "nothing-to-pay": "本期没有应付金额",
    "paid-ahead": "已由预支支付",
    "repays-advance": "赚取的佣金全部抵还预付",
    "no-facts": "没有可计入的记录",
    "nobody-on-file": "没有登记可参与分配的人员",
    "no-ancestor": "不属于可评定的上级单位",
    "no-target": "未设定目标",
    gate: "有门槛未达到",
    "below-prizes": "名次在奖励名次之后",
    "places-taken": "奖励名次已满",
    "target-not-reached": "没有达到任何目标",
    "rounds-to-zero": "金额取整后为零",
    "pays-nothing": "达到的部分没有奖励",
    "below-bands": "未达到第一档",
    "no-step": "没有达到任何一级",
    "zero-target": "目标为零，无法计算完成率",
    "empty-ratio": "没有可比的基数，无法计算比率",
    "no-total": "排名所依据的评分中没有总分",
    "cap-used-up": "封顶额度此前已用完",
    "budget-used-up": "预算或库存此前已用完",
    "no-share": "该结果不参与奖金池分配",
    "no-team-result": "团队没有可计提的业绩",
    "grade-pays-nothing": "该等级本身不发奖金",
    "kpi-missing": "有指标没有数据，无法计算总分",
    "condition-not-met": "该期款项到期时条件未满足",
  },
  shares: sharesZh,
  benefits: benefitsZh,
  noPenalty: "没有处罚：未出现应处罚的情形。",
  deciding: { slice: "本期期末", campaign: "活动结束时" },
  noMembership: (when) => `${when}不属于任何单位`,
  roleReason: (when, own, asked) =>
    `${when}的角色${own === undefined ? "不在范围内" : `为 ${own}`}，${asked === undefined ? "该角色不参与分配" : `参加者须为 ${asked}`}`,
  durations: {
    years: (count) => `${count} 年`,
    months: (count) => `${count} 个月`,
    weeks: (count) => `${count} 周`,
    days: (count) => `${count} 天`,
  },

  comma: "，",
  semicolon: "；",
  listComma: "、",
  or: "或",
  between: "",
  closed: (sentence) => sentence.replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, ""),
  stop: "。",
};
