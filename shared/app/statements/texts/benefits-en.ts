/** English texts of rebates, gifts, points, honours and penalties. */
export const benefitsEn = {
  orders: (rate: string, orders: number) =>
    `${rate} of each order that counts (${orders} ${orders === 1 ? "order" : "orders"} in all).`,
  ordersInGoods: (rate: string, orders: number, unitValue: string) =>
    `${rate} of each order that counts, in pieces worth ${unitValue} (${orders} ${orders === 1 ? "order" : "orders"} in all).`,
  order: (at: string, fact: string, value: string, amount: string) => `${at}  ${fact}  ${value} → ${amount}`,
  orderOutcomes: {
    below: "below the smallest order",
    above: "above the largest order",
    "not-first": "not the first order",
    "no-customer": "names no customer",
    "evidence-awaited": "given once the evidence is there",
    "evidence-missing": "the evidence did not arrive in time",
  },
  evidence: (fact: string) => `evidence ${fact}`,
  evidenceDue: (at: string) => `evidence due before ${at}`,
  gifts: (item: string, pieces: string, each: string, amount: string) => `${item}, ${pieces} ${each}: ${amount} in all`,
  giftFor: { eachFact: "for each that counts", eachRecipient: "for each recipient" },
  giftEvery: (every: string) => `for each ${every}`,
  giftLimit: (limit: string, earned: string) => `${earned} earned, limited to ${limit}`,
  noneLeft: "none was left",
  someLeft: (pieces: string) => `only ${pieces} left`,
  given: (at: string, fact: string, pieces: string, recipient: string | undefined) =>
    `${at}  ${fact}  ${pieces}${recipient === undefined ? "" : ` for ${recipient}`}`,
  points: (programme: string, rate: string) => `Points (${programme}): ${rate} for each unit.`,
  pointsOf: (at: string, fact: string, value: string, factor: string, factors: readonly string[], points: string) =>
    `${at}  ${fact}  ${value}${factors.length === 0 ? "" : ` × ${factor} (${factors.join(", ")})`} → ${points}`,
  used: { redeemed: "Redeemed, from the oldest points:", expired: "Expired:" },
  moved: (at: string, fact: string, points: string, missing: string | undefined) =>
    `${at}  ${fact}  ${points}${missing === undefined ? "" : ` (${missing} more than the balance)`}`,
  balance: (programme: string, before: string, earned: string, redeemed: string, expired: string, after: string) =>
    `Balance of ${programme}: ${before}, plus ${earned} earned, less ${redeemed} redeemed, less ${expired} expired, is ${after}.`,
  pointsLast: (duration: string) => `Points expire ${duration} after they were earned.`,
  honour: (badge: string, value: string, threshold: string | undefined, of: number) =>
    threshold === undefined
      ? `${badge}: the best of ${of}, with ${value}`
      : `${badge}: ${value} is at or above ${threshold}`,
  honourWon: (badge: string, ranking: string) => `${badge}: first place in ${ranking}`,
  honourKept: (badge: string) => `${badge}: nobody earned it, so it stays`,
  honourAgain: "held before as well",
  honourFrom: (holders: string) => `it comes from ${holders}`,
  honourById: "others reached the same at the same instant, the id decided",
  penalty: (card: string, why: string) => `${card}: ${why}`,
  penaltyBelow: (value: string, threshold: string, missing: string) =>
    `${value} is below ${threshold}, ${missing} missing`,
  penaltyLast: (value: string, rank: number, of: number) => `place ${rank} of ${of}, with ${value}`,
  penaltyInstead: (card: string, cards: number) => `instead of ${card}, with ${cards} cards`,
  fine: (amount: string) => `fine of ${amount}`,
};

export const benefitReasonsEn = {
  "evidence-awaited": "the evidence has not arrived yet",
  "evidence-missing": "the evidence did not arrive in time",
  "no-gift": "nothing that counts earns a gift",
  "not-honoured": "others hold the honour, or nobody does",
};
