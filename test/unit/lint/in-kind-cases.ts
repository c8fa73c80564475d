import type { RewardDocument } from "#test/fixtures/plan-builder.ts";
import { type LintCase, planned, rewarding } from "./case-kit.ts";

type RewardOf<Kind extends RewardDocument["kind"]> = Extract<RewardDocument, { kind: Kind }>;

const HEADER = { level: "participant", pay: "self", measure: "sales" } as const;
const STOCK = { stocks: [{ id: "bags", quantity: 612 }] };

function gift(changes: Partial<RewardOf<"gift">> = {}): RewardOf<"gift"> {
  return { ...HEADER, id: "rice", kind: "gift", item: "rice", pieces: 1, for: "eachFact", to: "payee", ...changes };
}

function points(rate: string): RewardOf<"points"> {
  const rounding = { scope: "perFact", mode: "down", unit: "1" } as const;
  return { ...HEADER, id: "stars", kind: "points", programme: "stars", rate, rounding };
}

function rebate(changes: Partial<RewardOf<"rebate">> = {}): RewardOf<"rebate"> {
  return {
    ...HEADER,
    id: "trial",
    kind: "rebate",
    rate: "20%",
    in: "credit",
    rounding: { scope: "perFact", mode: "down", unit: "0.01" },
    orders: "each",
    evidence: { measure: "sales", within: "P10D", of: "payee", grant: "before" },
    ...changes,
  };
}

export const IN_KIND_CASES: readonly LintCase[] = [
  {
    code: "pays-nothing",
    severity: "blocks",
    path: "/rewards/0/rate",
    says: "stars pays 0 points for each unit",
    unwise: rewarding(points("0")),
    wise: rewarding(points("0.001")),
  },
  {
    code: "pays-nothing",
    severity: "blocks",
    path: "/rewards/0/rate",
    says: "trial pays 0% of each order",
    unwise: rewarding(rebate({ rate: "0%" })),
    wise: rewarding(rebate({ rate: "0.1%" })),
  },
  {
    code: "unbounded-liability",
    severity: "warns",
    path: "/rewards/0",
    says: "no stock limits how many",
    unwise: rewarding(gift({ id: "rice-1" })),
    wise: planned({ ...STOCK, rewards: [gift({ stock: "bags" })] }),
  },
  {
    code: "unused-stock",
    severity: "warns",
    path: "/stocks/0",
    says: "bags of 612",
    unwise: planned({ ...STOCK, rewards: [gift()] }),
    wise: planned({ ...STOCK, rewards: [gift({ stock: "bags" })] }),
  },
  {
    code: "evidence-after-end",
    severity: "warns",
    path: "/rewards/0/evidence/within",
    says: "have P10D for their evidence, and facts count only before 2018-06-01T00:00:00+08:00",
    unwise: rewarding(rebate()),
    wise: planned({ followUp: "P10D", rewards: [rebate()] }),
  },
  {
    code: "evidence-after-end",
    severity: "warns",
    path: "/rewards/0/evidence/within",
    says: "P10D",
    unwise: planned({ followUp: "P9D", rewards: [rebate()] }),
    wise: planned({
      windows: [{ id: "trial", windows: [{ id: "may", start: "2018-05-01T00:00", end: "2018-05-22T00:00" }] }],
      rewards: [rebate({ per: { windows: "trial" }, accumulate: "slice" })],
    }),
  },
];
