import type { benefitReasonsEn, benefitsEn } from "./benefits-en.ts";

/** Chinese texts of rebates, gifts, points, honours and penalties. */
export const benefitsZh: typeof benefitsEn = {
  orders: (rate, orders) => `共 ${orders} 笔订单，符合条件的每笔返 ${rate}。`,
  ordersInGoods: (rate, orders, unitValue) =>
    `共 ${orders} 笔订单，符合条件的每笔返 ${rate}，以每件 ${unitValue} 的实物返还。`,
  order: (at, fact, value, amount) => `${at}  ${fact}  ${value} → ${amount}`,
  orderOutcomes: {
    below: "低于最低订单金额",
    above: "高于最高订单金额",
    "not-first": "不是首单",
    "no-customer": "未注明客户",
    "evidence-awaited": "凭证到齐后发放",
    "evidence-missing": "凭证未按时提交",
  },
  evidence: (fact) => `凭证 ${fact}`,
  evidenceDue: (at) => `凭证须在 ${at} 之前提交`,
  gifts: (item, pieces, each, amount) => `${item}：${each} ${pieces} 件，共 ${amount} 件`,
  giftFor: { eachFact: "每笔各", eachRecipient: "每位受赠人一次，各" },
  giftEvery: (every) => `每满 ${every}，各`,
  giftLimit: (limit, earned) => `应得 ${earned} 件，上限 ${limit} 件`,
  noneLeft: "已无库存",
  someLeft: (pieces) => `仅余 ${pieces} 件`,
  given: (at, fact, pieces, recipient) =>
    `${at}  ${fact}  ${pieces} 件${recipient === undefined ? "" : `，赠予 ${recipient}`}`,
  points: (programme, rate) => `积分（${programme}）：每单位 ${rate} 分。`,
  pointsOf: (at, fact, value, factor, factors, points) =>
    `${at}  ${fact}  ${value}${factors.length === 0 ? "" : ` × ${factor}（${factors.join("、")}）`} → ${points}`,
  used: { redeemed: "兑换，先用最早的积分：", expired: "过期：" },
  moved: (at, fact, points, missing) =>
    `${at}  ${fact}  ${points}${missing === undefined ? "" : `（超出余额 ${missing}）`}`,
  balance: (programme, before, earned, redeemed, expired, after) =>
    `${programme} 余额：期初 ${before}，获得 ${earned}，兑换 ${redeemed}，过期 ${expired}，期末 ${after}。`,
  pointsLast: (duration) => `积分自获得之日起 ${duration}后过期。`,
  honour: (badge, value, threshold, of) =>
    threshold === undefined ? `${badge}：${value}，${of} 名中最高` : `${badge}：${value} 达到 ${threshold}`,
  honourWon: (badge, ranking) => `${badge}：${ranking}第一名`,
  honourKept: (badge) => `${badge}：本期无人获得，由原持有者保留`,
  honourAgain: "上期也持有",
  honourFrom: (holders) => `由${holders}转来`,
  honourById: "同一时刻有人达到同一数值，按编号决定",
  penalty: (card, why) => `${card}：${why}`,
  penaltyBelow: (value, threshold, missing) => `${value} 低于 ${threshold}，差 ${missing}`,
  penaltyLast: (value, rank, of) => `${of} 名中第 ${rank} 名，数值 ${value}`,
  penaltyInstead: (card, cards) => `累计 ${cards} 张，由 ${card} 升级`,
  fine: (amount) => `罚款 ${amount}`,
};

export const benefitReasonsZh: typeof benefitReasonsEn = {
  "evidence-awaited": "凭证尚未提交",
  "evidence-missing": "凭证未按时提交",
  "no-gift": "没有可获赠品的记录",
  "not-honoured": "荣誉由他人持有或空缺",
};
