/** English texts of scorecards, pools and overrides. */
export const sharesEn = {
  kpi: (kpi: string, result: string, score: string, weight: string) =>
    `${kpi}: ${result} scores ${score}, with a weight of ${weight}.`,
  kpiOfTarget: (result: string, label: string) => `${result} of the ${label} target`,
  kpiZero: (kpi: string, weight: string) => `${kpi}: there are no facts, so it scores 0, with a weight of ${weight}.`,
  kpiExcluded: (kpi: string) => `${kpi}: there are no facts, and without it there is no total.`,
  kpiReweighted: (kpi: string) => `${kpi}: there are no facts, so it is left out and the others weigh more.`,
  kpiUnmet: (kpi: string, result: string, other: string, atLeast: string, score: string) =>
    `${kpi}: ${result} scores 0, because ${other} scored ${score} and at least ${atLeast} was asked for.`,
  total: (total: string) => `The total is ${total}.`,
  totalRounded: (exact: string, total: string) => `The total is ${exact}, rounded ${total}.`,
  scored: (scorecard: string, total: string) => `The total of ${scorecard} is ${total}: places go by it.`,
  totalOfWeights: (weights: string) => `KPIs with ${weights} of the weight count.`,
  grade: (grade: string, from: string) => `Grade ${grade}, from ${from}`,
  results: { pass: "passed", fail: "failed" },
  gradePays: (amount: string) => `pays ${amount}`,
  gradeFactor: (factor: string) => `factor ${factor}`,
  nextGrade: (grade: string, missing: string) => `${missing} more leads to ${grade}`,
  scorePay: (points: string, perPoint: string, exact: string, amount: string) =>
    `${points} points at ${perPoint} each are ${exact}, paid as ${amount}.`,
  consequence: (flag: string, id: string, slices: string) =>
    `Flagged for ${flag} (${id}): ${slices}. A person decides what comes of it.`,

  pot: (amount: string, sharers: number) =>
    `The pot is ${amount}, for ${sharers} ${sharers === 1 ? "who takes part" : "who take part"}.`,
  potOf: (amount: string, rate: string, value: string, measure: string, sharers: number) =>
    `The pot is ${rate} of ${value} (${measure}), that is ${amount}, for ${sharers} ${sharers === 1 ? "who takes part" : "who take part"}.`,
  potPlaces: (from: number, to: number, share: string, amount: string) =>
    from === to
      ? `Place ${from} has ${share} of the pot: ${amount}.`
      : `Places ${from} to ${to} share equally: ${share} of the pot each, ${amount}.`,
  potShare: { contribution: "The contribution", weight: "The weight", attainment: "The attainment" },
  potPart: (what: string, own: string, all: string, share: string, amount: string) =>
    `${what} is ${own} of ${all} in all, which is ${share} of the pot: ${amount}.`,
  potAverage: (contribution: string, average: string, before: string, residual: string, amount: string) =>
    `The contribution is ${contribution} and the average ${average}; below it a prize is reduced in proportion, and what is left over, ${residual}, goes to those above: ${before} becomes ${amount}.`,
  potPaid: (exact: string, amount: string) => `${exact} is paid as ${amount}, so that all parts sum to the pot.`,

  team: (unit: string, of: string, sum: string) => `${unit}: ${of} came to ${sum}.`,
  teamWithout: (unit: string, of: string, sum: string, own: string) =>
    `${unit}: ${of} came to ${sum}, of which the leader's own ${own} does not count.`,
  teamPart: (who: string, value: string) => `${who}: ${value}`,
  override: (unit: string, rate: string, base: string, whole: string) =>
    `Leading ${unit} pays ${rate} of ${base}, that is ${whole}.`,
  overrideShared: (unit: string, rate: string, base: string, whole: string, leaders: number, amount: string) =>
    `Leading ${unit} pays ${rate} of ${base}, that is ${whole}, shared equally by ${leaders}: ${amount}.`,
  overrideUnled: (unit: string, rate: string, base: string, whole: string) =>
    `${rate} of ${base} is ${whole}; nobody on file leads ${unit}, so the unit itself receives it.`,
};

/** What every language must say of them. */
export type SharesTexts = typeof sharesEn;
