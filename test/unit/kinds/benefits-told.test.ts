import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { maximumLiability } from "#engine/liability.ts";
import { byLine, reasons } from "#test/fixtures/by-line.ts";
import {
  evidence,
  type PlanDocument,
  paid,
  person,
  planOf,
  type RewardDocument,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

/** What gifts, rebates, honours and penalties tell, and what earns none. */

type Kind<K extends RewardDocument["kind"]> = Extract<RewardDocument, { kind: K }>;

const STAFF = [person("ann", "east"), person("bob", "east")];
const WITH = { level: "participant", pay: "self" } as const;
const of = (customer: string) => ({ attributes: { customer } });

function run(reward: RewardDocument, facts: readonly Fact[], plan: Partial<PlanDocument> = {}, asOf?: string) {
  const document: Partial<PlanDocument> = {
    attributes: { customer: "string" },
    measures: [
      { id: "sales", aggregate: "sum", of: "amount", when: 'kind == "sale"' },
      { id: "records", aggregate: "count", when: 'kind == "evidence"' },
    ],
    rewards: [reward],
    ...plan,
  };
  const targets = STAFF.map(({ participantId }) => target(participantId, "start", "10.00"));
  return settled({ plan: planOf(document), facts, memberships: STAFF, targets }, asOf);
}

describe("a gift", () => {
  const gift = (changes: Partial<Kind<"gift">> = {}): Kind<"gift"> => ({
    ...WITH,
    id: "rice",
    kind: "gift",
    measure: "sales",
    item: "rice",
    pieces: 2,
    for: "eachFact",
    to: "payee",
    ...changes,
  });

  it("tells for what it is, how much was earned and what was given", () => {
    const facts = [sale("ann", 100, "05-02"), sale("ann", -30, "05-03"), sale("ann", 130, "05-04")];
    const each = traceOf(run(gift({ atMost: { pieces: 3, each: "payee" } }), facts), "rice", "ann");
    expect(each.at(-1)).toEqual({
      step: "gifts",
      item: "rice",
      pieces: "2",
      for: "eachFact",
      earned: "4",
      limit: "3",
      amount: "3",
      given: [
        { fact: "pos#ann 05-02", occurredAt: "2018-05-02T12:00:00+08:00", pieces: "2" },
        { fact: "pos#ann 05-04", occurredAt: "2018-05-04T12:00:00+08:00", pieces: "1" },
      ],
    });
    expect(traceOf(run(gift({ for: { every: "50" } }), facts), "rice", "ann").at(-1)).toMatchObject({
      for: "every",
      every: "50",
      earned: "8",
      amount: "8",
      given: [
        { fact: "pos#ann 05-02", pieces: "4" },
        { fact: "pos#ann 05-04", pieces: "4" },
      ],
    });
  });

  it("is not earned by a return, nor by what the sum never held", () => {
    expect(paid(run(gift(), [sale("ann", -10, "05-02"), sale("ann", 0, "05-03")]))).toEqual({});
    const settlement = run(gift({ for: { every: "50" } }), [sale("ann", -60, "05-02"), sale("ann", 20, "05-03")]);
    expect(traceOf(settlement, "rice", "ann").at(-1)).toEqual({
      step: "nothing",
      reason: "no-gift",
      message: "nothing was sold that earns a gift",
    });
  });

  it("says which sales name nobody, and of those that do nothing", () => {
    const facts = [
      sale("ann", 10, "05-02"),
      sale("ann", 10, "05-03", of("c1")),
      sale("ann", -5, "05-04"),
      sale("ann", 10, "05-05"),
      sale("bob", 10, "05-02", of("c2")),
    ];
    const settlement = run(gift({ to: { attribute: "customer" } }), facts);
    expect(settlement.warnings).toEqual([
      {
        code: "recipient-unnamed",
        reward: "rice",
        subject: "ann",
        message: "pos#ann 05-02, pos#ann 05-05 of ann name nobody under customer, so nobody receives rice for them",
        blocks: false,
      },
    ]);
    expect(byLine(settlement.lines)).toEqual({ "rice ann": "2", "rice bob": "2" });
    expect(run(gift(), facts).warnings).toEqual([]);
  });

  it("without a stock has no bound, and says why", () => {
    const { byReward } = maximumLiability(planOf({ rewards: [gift()] }));
    expect(byReward[0]?.unboundedBecause).toBe("rice gives rice, and no stock limits how many");
  });
});

describe("a rebate", () => {
  const rebate = (changes: Partial<Kind<"rebate">> = {}): Kind<"rebate"> => ({
    ...WITH,
    id: "trial",
    kind: "rebate",
    measure: "sales",
    rate: "20%",
    in: "credit",
    rounding: { scope: "perFact", mode: "down", unit: "0.01" },
    orders: "each",
    ...changes,
  });
  const GOODS: Partial<Kind<"rebate">> = {
    in: { goods: "cola", unitValue: "30.00", stock: "crates" },
    rounding: { scope: "perFact", mode: "down", unit: "1" },
  };
  const AFTER: Partial<Kind<"rebate">> = {
    evidence: { measure: "records", within: "P15D", of: { attribute: "customer" }, grant: "after" },
  };
  const stocks = (quantity: number) => ({
    stocks: [
      { id: "bags", quantity: 1 },
      { id: "crates", quantity },
    ],
  });

  it("as credit tells each order, why it does not count, and how the sum is rounded", () => {
    const facts = [
      sale("ann", "100.03", "05-02"),
      sale("ann", 10, "05-03"),
      sale("ann", 900, "05-04"),
      sale("ann", -40, "05-05"),
    ];
    const trace = traceOf(run(rebate({ order: { minimum: "50.00", maximum: "500.00" } }), facts), "trial", "ann");
    expect(trace.slice(-2)).toEqual([
      {
        step: "orders",
        rate: "20%",
        orders: [
          ["05-02", "100.03", "counts", "20.006"],
          ["05-03", "10.00", "below", "0.00"],
          ["05-04", "900.00", "above", "0.00"],
        ].map(([day, value, outcome, amount]) => ({
          fact: `pos#ann ${day}`,
          occurredAt: `2018-${day}T12:00:00+08:00`,
          value,
          outcome,
          amount,
        })),
      },
      {
        step: "rounded",
        exact: "20.006",
        rounding: { scope: "perFact", mode: "down", unit: "0.01" },
        amount: "20.00",
      },
    ]);
  });

  it("in goods tells what a piece is worth, in pieces", () => {
    const trace = traceOf(run(rebate(GOODS), [sale("ann", 225, "05-02")], stocks(9)), "trial", "ann");
    expect(trace.slice(-2)).toMatchObject([
      { step: "orders", unitValue: "30.00", orders: [{ outcome: "counts", amount: "1.5" }] },
      { step: "rounded", exact: "1.5", amount: "1" },
    ]);
  });

  it("that is granted after its evidence takes from a stock when the evidence comes", () => {
    const facts = [
      sale("ann", 300, "05-02", of("a")),
      sale("bob", 300, "05-03", of("b")),
      evidence("bob", "05-04", of("b")),
      evidence("ann", "05-05", of("a")),
    ];
    expect(paid(run(rebate({ ...GOODS, ...AFTER }), facts, stocks(3)))).toEqual({ "trial ann": "1", "trial bob": "2" });
    const before = { ...AFTER.evidence, grant: "before" } as const;
    const early = run(
      rebate({ ...GOODS, evidence: { ...before, measure: "records", within: "P15D", of: "payee" } }),
      facts,
      stocks(3),
    );
    expect(paid(early)).toEqual({ "trial ann": "2", "trial bob": "1" });
  });

  it("tells the evidence that came, until when it can, and that it did not", () => {
    const order = sale("ann", 100, "05-02", of("a"));
    const ordersIn = (facts: readonly Fact[], asOf: string) => {
      const trace = traceOf(run(rebate(AFTER), facts, {}, asOf), "trial", "ann");
      const step = trace.find((one) => one.step === "orders");
      return [step?.step === "orders" ? step.orders[0] : undefined, trace.at(-1)];
    };
    const due = "2018-05-17T12:00:00+08:00";
    const came = [order, evidence("ann", "05-02", of("a"))];
    expect(ordersIn(came, "2018-05-20T00:00:00Z")[0]).toMatchObject({
      due,
      evidence: "documents#ann 05-02",
      amount: "20.00",
    });
    const [open, waits] = ordersIn([order, evidence("ann", "05-03")], "2018-05-10T00:00:00Z");
    expect(open).toMatchObject({ due, outcome: "evidence-awaited", amount: "0.00" });
    expect(open).not.toHaveProperty("evidence");
    expect(waits).toMatchObject({ reason: "evidence-awaited", message: "the evidence has not arrived yet" });
    const [, late] = ordersIn([order], "2018-05-20T00:00:00Z");
    expect(late).toMatchObject({ reason: "evidence-missing", message: "the evidence did not arrive in time" });
  });

  it("of orders that do not count says that nothing is paid, and of pennies that they are too few", () => {
    const small = traceOf(run(rebate({ order: { minimum: "50.00" } }), [sale("ann", 10, "05-02")]), "trial", "ann");
    expect(small.at(-1)).toMatchObject({ step: "nothing", reason: "pays-nothing" });
    expect(traceOf(run(rebate(), [sale("ann", "0.04", "05-02")]), "trial", "ann").at(-1)).toMatchObject({
      reason: "rounds-to-zero",
    });
  });

  it("without a stock has no bound, and a stock bounds what takes from it", () => {
    const most = (changes: Partial<Kind<"rebate">>) =>
      maximumLiability(planOf({ rewards: [rebate(changes)], ...stocks(7) }));
    expect(most({}).byReward[0]?.unboundedBecause).toBe(
      "trial returns 20% of sales, and nothing limits how much is ordered",
    );
    expect(most(GOODS).totalMinor).toBe(21_000);
  });
});

describe("an honour", () => {
  const flag = (changes: Partial<Kind<"honour">> = {}): Kind<"honour"> => ({
    ...WITH,
    id: "flag",
    kind: "honour",
    measure: "sales",
    badge: "red-flag",
    to: { best: "all" },
    nobody: "vacant",
    ...changes,
  });
  const weekly = { per: "week", accumulate: "slice" } as const;

  it("is one line a holder, and nobody who holds it is told that it is held by others", () => {
    const facts = [sale("ann", 20, "05-02"), sale("bob", 10, "05-02"), sale("ann", -5, "05-09")];
    const gates: Kind<"honour">["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "0.00" } }];
    const settlement = run(flag({ ...weekly, nobody: "keeps", gates }), facts, {}, "2018-05-13T00:00:00Z");
    expect(byLine(settlement.lines)).toEqual({ "flag ann 2018-W18": "1", "flag ann 2018-W19": "1" });
    expect(reasons(settlement)).toEqual({ "flag bob 2018-W18": "not-honoured" });
    // Ann keeps it, failed gate and all.
    expect(settlement.lines[1]?.trace.map(({ step }) => step)).toContain("gate");
  });

  it("says what it asks for: the mark, or what the holder has", () => {
    const facts = [sale("ann", 20, "05-02"), sale("bob", 9, "05-02")];
    const saidTo = (to: Kind<"honour">["to"], sold = facts, changes: Partial<Kind<"honour">> = {}) =>
      traceOf(run(flag({ to, ...changes }), sold), "flag", "bob").at(-1);
    expect(saidTo({ atLeast: { target: "start" } })).toEqual({
      step: "nothing",
      reason: "not-honoured",
      message: "red-flag asks for 10.00",
    });
    expect(saidTo({ best: "all" })).toMatchObject({ step: "nothing", message: "red-flag asks for 20.00" });
    const gates: Kind<"honour">["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "15.00" } }];
    expect(saidTo({ best: "all" }, facts, { gates })).toMatchObject({ step: "nothing", reason: "gate" });
  });

  it("that only the id decides says so, with both names; one that time decides does not", () => {
    const to = { best: "earliestReach" } as const;
    const tied = run(flag({ to }), [sale("bob", 20, "05-02"), sale("ann", 20, "05-02")]);
    expect(tied.warnings.map(({ message }) => message)).toEqual([
      "ann and bob are still tied after earliestReach; red-flag goes to the smaller id",
    ]);
    expect(tied.lines[0]?.trace.at(-1)).toMatchObject({ step: "honour", how: "new", thenId: true });
    const first = run(flag({ to }), [sale("bob", 20, "05-02"), sale("ann", 20, "05-03")]);
    expect(first.lines.map(({ payee }) => payee.id)).toEqual(["bob"]);
    expect(first.warnings).toEqual([]);
    expect(first.lines[0]?.trace.at(-1)).not.toHaveProperty("thenId");
    const alone = run(flag({ to }), [sale("bob", 20, "05-02"), sale("ann", 10, "05-03")]);
    expect(alone.lines[0]?.trace.at(-1)).not.toHaveProperty("thenId");
  });
});

describe("a penalty", () => {
  const cards = (changes: Partial<Kind<"penalty">> = {}): Kind<"penalty"> => ({
    ...WITH,
    id: "cards",
    kind: "penalty",
    measure: "sales",
    when: { below: { value: "100.00" } },
    card: "yellow",
    ...changes,
  });

  it("of a whole campaign is warned of without a slice, and tells why", () => {
    const settlement = run(cards({ fine: "5.00" }), [sale("ann", 40, "05-02"), sale("bob", 100, "05-02")]);
    expect(settlement.warnings.map(({ message }) => message)).toEqual(["cards penalises: ann (yellow)"]);
    expect(settlement.lines[0]?.trace).toMatchObject([
      { step: "measure", value: "40.00" },
      {
        step: "penalty",
        because: "below",
        card: "yellow",
        cards: 1,
        fine: "5.00",
        threshold: "100.00",
        missing: "60.00",
      },
    ]);
    expect(settlement.lines[0]?.trace[1]).not.toHaveProperty("insteadOf");
    const none = run(cards(), [sale("ann", 100, "05-02"), sale("bob", 100, "05-02")]);
    expect(none.warnings).toEqual([]);
  });

  it("of the last tells the place from above", () => {
    const settlement = run(cards({ when: { last: 1, ties: "none" } }), [
      sale("ann", 40, "05-02"),
      sale("bob", 100, "05-02"),
    ]);
    expect(settlement.lines).toHaveLength(1);
    expect(settlement.lines[0]?.trace.at(-1)).toMatchObject({ because: "last", value: "40.00", rank: 2, of: 2 });
  });

  it("that escalates tells instead of which card", () => {
    const escalate = { after: 2, over: "inARow", next: "restart", card: "red" } as const;
    const reward = cards({ per: "week", accumulate: "slice", escalate });
    const { lines } = run(reward, [sale("ann", 40, "05-02")], {}, "2018-05-13T00:00:00Z");
    const told = lines.filter(({ payee }) => payee.id === "ann").map(({ trace }) => trace.at(-1));
    expect(told[0]).not.toHaveProperty("insteadOf");
    expect(told[1]).toMatchObject({ card: "red", insteadOf: "yellow", cards: 2 });
  });

  it("spares who fails a gate, and says so", () => {
    const gates: Kind<"penalty">["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "50.00" } }];
    const settlement = run(cards({ gates }), [sale("ann", 40, "05-02"), sale("bob", 60, "05-02")]);
    expect(settlement.lines.map(({ payee }) => payee.id)).toEqual(["bob"]);
    expect(traceOf(settlement, "cards", "ann").at(-1)).toMatchObject({ step: "nothing", reason: "gate" });
  });

  it("is for each unit of the audience", () => {
    const audience = { units: ["west", "east"], membership: "periodEnd" } as const;
    const settlement = run(cards(), [sale("ann", 40, "05-02"), sale("bob", 100, "05-02")], {
      audience: { ...audience, units: [...audience.units] },
    });
    expect(settlement.lines.map(({ payee }) => payee.id)).toEqual(["ann"]);
  });
});
