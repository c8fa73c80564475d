import type { factsEn, measuredEn } from "./measured-en.ts";

/** What is counted, with how many. */
export const factsZh: typeof factsEn = {
  sale: (count) => `${count} 笔销售`,
  score: (count) => `${count} 项评分`,
  record: (count) => `${count} 条记录`,
};

const NOUNS = { sale: "销售", score: "评分", record: "记录" };

const whose = (who: string | undefined) => `${who ?? "您"}的`;

/** What a measure makes of the counted facts, in the words of its aggregate. */
export const measuredZh: typeof measuredEn = {
  sum: (who, kind, facts, value, measure) =>
    `${who ?? "您"}共有 ${factsZh[kind](facts)}计入${kind === "sale" ? "业绩" : ""}，合计 ${value}（${measure}）。`,
  count: (who, kind, facts, _, measure) => `${who ?? "您"}共有 ${factsZh[kind](facts)}计入（${measure}）。`,
  distinct: (who, kind, facts, value, measure) => `${whose(who)}${measure}：${value}，来自 ${factsZh[kind](facts)}。`,
  last: (who, kind, facts, value, measure) =>
    `${whose(who)}${measure}：${value}${facts === 1 ? "" : `，取 ${factsZh[kind](facts)}中最新的一项`}。`,
  max: (who, kind, facts, value, measure) =>
    `${whose(who)}${measure}：${value}${facts === 1 ? "" : `，取 ${factsZh[kind](facts)}中最高的一项`}。`,
  nothing: (who, kind, measure) => `${who ?? "您"}没有计入的${NOUNS[kind]}（${measure}）。`,
};
