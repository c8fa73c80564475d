import type { payEn } from "./pay-en.ts";

/** Chinese texts of pay plans and of advances on contracts. */
export const payZh: typeof payEn = {
  fixed: (id, source, amount) =>
    `${id === undefined ? "基本工资" : `津贴 · ${id}`}${source === undefined ? "" : `（${source}）`}：${amount}。`,
  asRole: (role) => `角色 ${role}`,
  byTarget: (label) => `按 ${label} 核定`,
  component: (reward, slices, amount) => `${reward}：${amount}${slices === "" ? "" : `（${slices}）`}。`,
  slice: (slice, amount) => `${slice} 期 ${amount}`,
  adjusted: (place, rate, before, amount) =>
    `绩效工资 ${before} × 系数 ${rate}${place === undefined ? "" : `（${place}）`} = ${amount}。`,
  of: { performance: "绩效工资", total: "工资总额" },
  bounded: {
    minimum: (what, limit, before, amount) => `${what}保底 ${limit}：${before} 按 ${amount} 计。`,
    maximum: (what, limit, before, amount) => `${what}封顶 ${limit}：${before} 按 ${amount} 计。`,
  },
  earnings: (fixed, performance, amount) => `基本工资与津贴 ${fixed}，绩效工资 ${performance}，应得 ${amount}。`,
  draw: {
    guarantee: (draw, what, earned) => `预支额 ${draw}，对应${what} ${earned}`,
    onTop: (draw, what, earned) => `在${what} ${earned} 之外另预支 ${draw}`,
    ahead: (draw, what, earned) => `已提前预支 ${draw}，对应${what} ${earned}`,
  },
  toppedUp: {
    guarantee: (amount) => `补足 ${amount}`,
    onTop: (amount) => `借支 ${amount}`,
    ahead: (amount) => `超出应得 ${amount}`,
  },
  recovered: (amount) => `收回以前预支 ${amount}`,
  balance: (before, after) => `未收回余额由 ${before} 变为 ${after}`,
  pays: (amount) => `实计 ${amount}`,
  drawAhead: (source, amount) => `提前预支${source === undefined ? "" : `（${source}）`}：${amount}。`,
  lessDraw: (before, draw, amount) => `应付 ${before}，已提前预支 ${draw}，余 ${amount}。`,
  trueUp: {
    carried: (balance) => `预支未收回 ${balance}，转入下期。`,
    forgiven: (balance) => `预支未收回 ${balance}，予以免除。`,
    settled: (balance, amount) => `预支未收回 ${balance}，本期一次结清，余 ${amount}。`,
  },
  contract: (contract, issued, rate, value, commission) =>
    `合同 ${contract}（${issued} 签发），${value} 的 ${rate}，佣金共 ${commission}`,
  advanced: (amount) => `预付 ${amount}`,
  months: (from, to, of, earned) => `共 ${of} 个月，第 ${from === to ? to : `${from}-${to}`} 个月已赚取 ${earned}`,
  repaid: (amount) => `其中 ${amount} 抵还预付`,
  lapsed: (at, chargedBack) => `${at} 失效，追回 ${chargedBack}`,
  open: (balance) => `预付未抵还 ${balance}`,
};
