import type { SharesTexts } from "./shares-en.ts";

/** Chinese texts of scorecards, pools and overrides. */
export const sharesZh: SharesTexts = {
  kpi: (kpi, result, score, weight) => `${kpi}：${result}，得 ${score} 分，权重 ${weight}。`,
  kpiOfTarget: (result, label) => `完成 ${label} 目标的 ${result}`,
  kpiZero: (kpi, weight) => `${kpi}：没有数据，计 0 分，权重 ${weight}。`,
  kpiExcluded: (kpi) => `${kpi}：没有数据，因此没有总分。`,
  kpiReweighted: (kpi) => `${kpi}：没有数据，不计入，其他指标的权重相应提高。`,
  kpiUnmet: (kpi, result, other, atLeast, score) =>
    `${kpi}：${result}，计 0 分，因为 ${other} 得 ${score} 分，低于要求的 ${atLeast} 分。`,
  total: (total) => `总分 ${total}。`,
  totalRounded: (exact, total) => `总分 ${exact}，取整为 ${total}。`,
  scored: (scorecard, total) => `${scorecard}总分 ${total}，按总分排名。`,
  totalOfWeights: (weights) => `计入的权重合计 ${weights}。`,
  grade: (grade, from) => `等级 ${grade}（${from} 分起）`,
  results: { pass: "合格", fail: "不合格" },
  gradePays: (amount) => `奖励 ${amount}`,
  gradeFactor: (factor) => `系数 ${factor}`,
  nextGrade: (grade, missing) => `距 ${grade} 还差 ${missing} 分`,
  scorePay: (points, perPoint, exact, amount) => `${points} 分，每分 ${perPoint}，共 ${exact}，实计 ${amount}。`,
  consequence: (flag, id, slices) => `触发 ${flag}（${id}）：${slices}。由负责人决定如何处理。`,

  pot: (amount, sharers) => `奖金池 ${amount}，${sharers} 人（单位）参与分配。`,
  potOf: (amount, rate, value, measure, sharers) =>
    `奖金池为 ${value}（${measure}）的 ${rate}，即 ${amount}，${sharers} 人（单位）参与分配。`,
  potPlaces: (from, to, share, amount) =>
    from === to
      ? `第 ${from} 名占奖金池 ${share}，即 ${amount}。`
      : `第 ${from} 至 ${to} 名平分，各占奖金池 ${share}，即 ${amount}。`,
  potShare: { contribution: "贡献", weight: "权重", attainment: "完成率" },
  potPart: (what, own, all, share, amount) => `${what} ${own}，合计 ${all}，占奖金池 ${share}，即 ${amount}。`,
  potAverage: (contribution, average, before, residual, amount) =>
    `贡献 ${contribution}，平均 ${average}；低于平均者奖金按比例减少，余下的 ${residual} 分给高于平均者：${before} 调整为 ${amount}。`,
  potPaid: (exact, amount) => `${exact} 实计 ${amount}，各份之和等于奖金池。`,

  team: (unit, of, sum) => `${unit}：${of} 合计 ${sum}。`,
  teamWithout: (unit, of, sum, own) => `${unit}：${of} 合计 ${sum}，其中负责人本人的 ${own} 不计。`,
  teamPart: (who, value) => `${who}：${value}`,
  override: (unit, rate, base, whole) => `${unit}负责人奖：${base} 的 ${rate}，即 ${whole}。`,
  overrideShared: (unit, rate, base, whole, leaders, amount) =>
    `${unit}负责人奖：${base} 的 ${rate}，即 ${whole}，由 ${leaders} 人平分，各 ${amount}。`,
  overrideUnled: (unit, rate, base, whole) => `${base} 的 ${rate} 为 ${whole}；${unit}没有登记负责人，奖金归单位。`,
};
