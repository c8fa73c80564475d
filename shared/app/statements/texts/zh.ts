import type { Texts } from "./en.ts";

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
  payment: "支付",
  posted: (amount) => `本批次入账：${amount}`,
  broughtForward: (amount) => `上期结转：${amount}`,
  paid: (amount) => `实付：${amount}`,
  carriedForward: (amount) => `结转下期：${amount}`,
  item: (reward, amount) => `${reward}：${amount}`,

  measure: (who, facts, value, measure) => `${who ?? "您"}共有 ${facts} 笔销售计入业绩，合计 ${value}（${measure}）。`,
  sale: (fact, at, value) => `${at}  ${fact}  ${value}`,
  salePays: (fact, at, value, pays) => `${at}  ${fact}  ${value} → ${pays}`,
  contributor: (who, facts, value) => `${who}：${facts} 笔，${value}`,

  gateSubject: (level, name) => `${name}（${level}）`,
  gateYou: "您",
  gatePassed: (who, measure, value, threshold) => `门槛：${who}，${measure} ${value} ≥ ${threshold}，已达到。`,
  gateFailed: (who, measure, value, threshold, missing) =>
    `门槛：${who}，${measure} ${value} < ${threshold}，未达到，还差 ${missing}。`,
  targetOf: (label, value) => `${label} 目标 ${value}`,

  reached: (target, at, value, fact) => `${at} 达到 ${target}，当时为 ${value}（销售 ${fact}）。`,
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
  ahead: (who, value) => `前一名：${who}（${value}）`,
  behind: (who, value) => `后一名：${who}（${value}）`,
  tiedWith: (who) => `并列：${who}`,
  labelAt: (label, at) => `${at} 达到 ${label} 目标`,

  rate: (rate, value, amount, rounding) => `${value} 的 ${rate} 为 ${amount}（${rounding}）。`,
  roundedEach: (mode, unit) => `每笔${mode}到 ${unit}`,
  roundedOnce: (mode, unit) => `合计后${mode}到 ${unit}`,
  roundingModes: { halfUp: "四舍五入", halfEven: "四舍六入五成双", down: "舍去尾数", up: "进位" },

  prizeOne: (place, amount) => `第 ${place} 名奖金：${amount}。`,
  prizeEach: (places, amount) => `第 ${places} 名每名奖金：${amount}。`,
  prizePooled: (places, amount) => `第 ${places} 名奖金合并平分，每份 ${amount}。`,

  share: (unit, whole, role, coefficient, share, members, amount) =>
    `${unit}获奖 ${whole}，由 ${members} 人分配：角色 ${role}，系数 ${coefficient}，占 ${share}，即 ${amount}。`,
  unshared: (unit, whole) => `${unit}获奖 ${whole}；没有登记可参与分配的人员，奖金归单位。`,

  nothing: (why) => `未获奖：${why}。`,
  excluded: (why) => `不参加评比：${why}。`,
  missing: (value) => `还差 ${value}`,
  reasons: {
    "no-facts": "没有计入业绩的销售",
    "no-membership": "活动最后时刻不属于任何单位",
    "no-ancestor": "不属于可评定的上级单位",
    "no-target": "未设定目标",
    gate: "有门槛未达到",
    "below-prizes": "名次在奖励名次之后",
    "places-taken": "奖励名次已满",
    "target-not-reached": "没有达到任何目标",
    "rounds-to-zero": "金额取整后为零",
  },
  roleReason: () => "活动最后时刻的角色不在评比范围内",
  nobodyReason: () => "没有登记可参与分配的人员",

  comma: "，",
  semicolon: "；",
  listComma: "、",
  stop: "。",
};
