import fc from "fast-check";
import { expect, test } from "vitest";
import { simulate } from "#app/asking/simulate-plan.ts";
import { whatIf } from "#app/asking/what-if.ts";
import type { Fact } from "#domain/fact.ts";
import { settle } from "#engine/settle.ts";
import { at, commission, paid, planOf, race, ranking, sale, target, world } from "#test/fixtures/plan-builder.ts";

const PEOPLE = ["ann", "bob", "cy", "dan", "eve"] as const;
const AS_OF = Date.parse(at("07-01"));

const plan = planOf({
  rewards: [
    commission(),
    ranking({ gates: [{ on: "self", measure: "sales", atLeast: { value: "100.00" } }] }),
    race({ pay: { split: { byRole: { agent: "1" }, membership: "periodEnd", nobody: "unit" } } }),
  ],
});
const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "500.00"));

const cents = fc.integer({ min: 1, max: 60_000 }).map((minor) => (minor / 100).toFixed(2));
const day = fc.integer({ min: 1, max: 31 }).map((number) => String(number).padStart(2, "0"));

const facts = fc
  .array(fc.record({ who: fc.constantFrom(...PEOPLE), amount: cents, day, cancelled: fc.boolean() }), { maxLength: 25 })
  .map((sold) =>
    sold.map(
      ({ who, amount, day, cancelled }, index): Fact =>
        sale(who, amount, `05-${day}`, { externalId: String(index), status: cancelled ? "cancelled" : "active" }),
    ),
  );

const question = fc.record({
  participantId: fc.constantFrom(...PEOPLE),
  sales: fc.integer({ min: 0, max: 5 }),
  amount: cents,
  at: day.map((number) => `2018-05-${number}T12:00`),
  product: fc.constant("P"),
  channel: fc.constant("individual"),
});

test("a what-if of no sales changes nothing", () => {
  fc.assert(
    fc.property(facts, question, (known, asked) => {
      const inputs = { ...world({ plan, targets, facts: known }), asOf: AS_OF };
      const { total, rewards } = whatIf(inputs, { ...asked, sales: 0 });
      expect(total.after).toBe(total.before);
      for (const { before, after, amount } of rewards) {
        expect(after).toEqual(before);
        expect(amount.difference).toBe("0.00");
      }
    }),
  );
});

test("a what-if says what settling pays when those sales are really stored", () => {
  fc.assert(
    fc.property(facts, question, (known, asked) => {
      const inputs = { ...world({ plan, targets, facts: known }), asOf: AS_OF };
      const sold = Array.from({ length: asked.sales }, (_, index) =>
        sale(asked.participantId, asked.amount, `05-${asked.at.slice(8, 10)} 12:00`, {
          source: "what-if",
          externalId: `supposed-${String(index + 1).padStart(6, "0")}`,
        }),
      );
      const answer = whatIf(inputs, asked);
      for (const [side, stored] of [
        ["before", known],
        ["after", [...known, ...sold]],
      ] as const) {
        const settlement = settle({ ...inputs, facts: stored });
        const amounts = paid(settlement);
        for (const { reward, amount, ...outlooks } of answer.rewards) {
          expect(amount[side]).toBe(amounts[`${reward} ${asked.participantId}`] ?? "0.00");
          const own = [...settlement.lines, ...settlement.notAwarded].find(
            (item) =>
              item.reward === "ranking" &&
              item.trace[0]?.step === "measure" &&
              item.trace[0].subject === asked.participantId,
          );
          if (reward === "ranking") expect(outlooks[side].rank).toBe(own?.rank);
        }
      }
      expect(known).toHaveLength(inputs.facts.length);
    }),
  );
});

test("a plan simulated against itself shows no difference", () => {
  fc.assert(
    fc.property(facts, fc.boolean(), (known, shiftToPeriod) => {
      const side = world({ plan, targets, facts: known });
      const { cost, payees, lines, inForce, draft, shift } = simulate({ inForce: side, draft: side, shiftToPeriod });
      expect(draft).toEqual(inForce);
      expect([cost.all, ...cost.byReward].map(({ difference }) => difference)).toEqual(Array(4).fill("0.00"));
      expect([payees.winners.count, payees.losers.count]).toEqual([0, 0]);
      expect([lines.appear.count, lines.disappear.count, lines.changed.count]).toEqual([0, 0, 0]);
      expect(shift?.days).toBe(shiftToPeriod ? 0 : undefined);
    }),
  );
});

test("what a simulation shows adds up", () => {
  const other = planOf({ rewards: [commission({ rate: "7%" }), ranking({ ties: "poolPrizes" })] });
  const minor = (text: string) => Math.round(Number(text) * 100);
  fc.assert(
    fc.property(facts, (known) => {
      const { cost, payees, lines } = simulate({
        inForce: world({ plan, targets, facts: known }),
        draft: world({ plan: other, targets, facts: known }),
      });
      for (const groups of [Object.values(payees), [lines.appear, lines.disappear, lines.changed], cost.byReward]) {
        const sum = groups.reduce((total, { difference }) => total + minor(difference), 0);
        expect(sum).toBe(minor(cost.all.difference));
      }
    }),
  );
});
