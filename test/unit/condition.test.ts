import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConditionCompiler, type ConditionFact, conditionFact, type Verdict } from "#domain/condition.ts";
import type { FactMessage } from "#domain/fact.ts";
import { evidence as anyEvidence, sale as anySale, score as anyScore } from "#test/fixtures/plan-builder.ts";

const ATTRIBUTES = { entry: "string", vip: "boolean", score: "number" } as const;
const compiler = new ConditionCompiler(ATTRIBUTES);

function fact(attributes: ConditionFact["attributes"] = {}, changes: Partial<ConditionFact> = {}): ConditionFact {
  return {
    kind: "sale",
    source: "pos",
    product: "LAY",
    channel: "individual",
    amount: 100,
    quantity: 2,
    attributes,
    ...changes,
  };
}

function verdict(text: string, about: ConditionFact = fact()): Verdict {
  return compiler.compile(text).test(about);
}

describe("a condition on another kind of fact", () => {
  const score: ConditionFact = { kind: "score", source: "quality", topic: "service", value: 87.5, attributes: {} };
  const evidence: ConditionFact = { kind: "evidence", source: "papers", topic: "receipt", quantity: 2, attributes: {} };

  it.each<[string, ConditionFact, Verdict]>([
    ['topic == "service" && value >= 87.5', score, "holds"],
    ["value > 87.5", score, "fails"],
    ['topic == "receipt" && quantity == 2.0', evidence, "holds"],
    // What a fact of its kind does not have is missing, like an attribute that it lacks.
    ["amount > 0.0", score, "undecided"],
    ['product != "LAY"', score, "undecided"],
    ['channel == "web"', evidence, "undecided"],
    ["quantity > 0.0", score, "undecided"],
    ["value > 0.0", evidence, "undecided"],
    ['topic == "service"', fact(), "undecided"],
    ["value > 0.0", fact(), "undecided"],
    ['kind != "sale" || product == "LAY"', score, "holds"],
  ])("%s", (text, about, expected) => {
    expect(verdict(text, about)).toBe(expected);
  });

  it("sees of a fact what it has", () => {
    const about = (message: FactMessage) => conditionFact(message);
    expect(about(anyScore("ann", "87.5", "05-02"))).toEqual({ ...score, source: "quality" });
    expect(about(anyEvidence("ann", "05-02", { quantity: "2" }))).toEqual({ ...evidence, source: "documents" });
    expect(about(anySale("ann", "1.50", "05-02"))).toMatchObject({ product: "P", amount: 1.5, quantity: 1 });
  });
});

describe("a condition", () => {
  it.each([
    ['kind == "sale" && source == "pos"', "holds"],
    ['product == "LAY"', "holds"],
    ['product == "lay"', "fails"],
    ['product in ["LAY", "LAI"]', "holds"],
    ['!(product in ["LAY", "LAI"])', "fails"],
    ['product.startsWith("LA") && size(product) == 3', "holds"],
    ['product.matches("^LA[YI]$")', "holds"],
    // At equality, with whole and with decimal numbers.
    ["amount >= 100", "holds"],
    ["amount > 100", "fails"],
    ["amount == 100.0", "holds"],
    ["amount < 100.01", "holds"],
    ["amount / quantity == 50.0", "holds"],
    ["quantity >= 1 && quantity <= 2", "holds"],
    ['amount > 50.0 ? channel == "individual" : false', "holds"],
    ["true", "holds"],
    ['"LAY" == product || false', "holds"],
  ] as const)("%s: %s", (text, expected) => {
    expect(verdict(text)).toBe(expected);
  });

  it.each([
    ['entry == "app"', { entry: "app" }, "holds"],
    ['entry == "app"', { entry: "web" }, "fails"],
    ['entry == "app"', { entry: "" }, "fails"],
    ["vip", { vip: true }, "holds"],
    ["!vip", { vip: true }, "fails"],
    ["score > 5", { score: 5.5 }, "holds"],
    ["score == 0.0", { score: 0 }, "holds"],
  ] as const)("%s of %j: %s", (text, attributes, expected) => {
    expect(verdict(text, fact(attributes))).toBe(expected);
  });
});

describe("an attribute that is absent", () => {
  it.each([
    ['entry == "app"', "undecided"],
    // Not equal to something is not the same as not there.
    ['entry != "app"', "undecided"],
    ["!vip", "undecided"],
    ["vip ? true : true", "undecided"],
    // It matters only where the rest leaves the question open, on either side.
    ['entry == "app" || product == "LAY"', "holds"],
    ['product == "LAY" || entry == "app"', "holds"],
    ['entry == "app" && product == "LAI"', "fails"],
    ['product == "LAI" && entry == "app"', "fails"],
    ['entry == "app" || product == "LAI"', "undecided"],
    ['entry == "app" && product == "LAY"', "undecided"],
    ['product == "LAY" ? true : vip', "holds"],
    ['product == "LAI" ? true : vip', "undecided"],
  ] as const)("leaves %s %s", (text, expected) => {
    expect(verdict(text)).toBe(expected);
  });

  it("is not to be found among what every object has", () => {
    const names = ["constructor", "toString", "valueOf"];
    const odd = new ConditionCompiler(Object.fromEntries(names.map((name) => [name, "string" as const])));
    for (const name of names) expect(odd.compile(`${name} != ""`).test(fact())).toBe("undecided");
    expect(odd.compile('toString == "x"').test(fact({ toString: "x" }))).toBe("holds");
  });

  it("and one of another type than declared, are the same", () => {
    expect(verdict("score > 5", fact({ score: "7" }))).toBe("undecided");
    expect(verdict('entry == "1"', fact({ entry: 1 }))).toBe("undecided");
    expect(verdict("vip", fact({ vip: "true" }))).toBe("undecided");
  });
});

describe("an expression", () => {
  it.each([
    ['entri == "app"', "facts have no attribute entri"],
    ["sales > 1.0", "facts have no attribute sales"],
    ["amount", "gives double, not true or false"],
    ["product", "gives string, not true or false"],
    ["amount == 100", "numbers are decimals"],
    ["score in [1, 2]", "numbers are decimals"],
    ["product == 5", "cannot be read"],
    ['product == "LAY', "cannot be read"],
    ["1 +", "cannot be read"],
    ["product.nothing()", "cannot be read"],
    ["", "cannot be read"],
  ])("%j is refused before any fact is seen: %s", (text, message) => {
    expect(compiler.problem(text)?.message).toContain(message);
    expect(() => compiler.compile(text)).toThrow(RangeError);
  });

  it("can name what is declared, and is told what that is", () => {
    expect(compiler.problem("amount > 1.0 && vip")).toBeUndefined();
    expect(compiler.problem("x")?.allowed).toBe(
      "kind, source, product, channel, amount, quantity, topic, value, entry, vip, score",
    );
  });
});

describe("remembered verdicts", () => {
  it("belong to the values that the expression names, and to their types", () => {
    const isApp = compiler.compile('entry == "app" || product == "undefined"');
    const facts = [
      fact({ entry: "app" }),
      fact({}),
      fact({ entry: "web" }),
      fact({}, { product: "undefined" }),
      fact({ entry: 1 }),
      fact({ entry: "1" }),
      fact({ entry: "app" }, { amount: 5 }),
    ];
    const expected = ["holds", "undecided", "fails", "holds", "undecided", "fails", "holds"];
    expect(facts.map((about) => isApp.test(about))).toEqual(expected);
    expect(facts.map((about) => isApp.test(about))).toEqual(expected);
    expect(facts.toReversed().map((about) => isApp.test(about))).toEqual(expected.toReversed());
  });

  it("are what is computed anew, for any facts in any order", () => {
    const texts = [
      'entry == "a" && amount > 2.0',
      'vip || score < 3.0 || product == "p"',
      "channel == entry || quantity == amount",
      '"entry" == product',
    ];
    const value = fc.constantFrom("a", "p", "entry", "", "a\u0000p", 1, 2.5, true, false, undefined);
    const facts = fc.array(
      fc.record({
        entry: value,
        vip: value,
        score: value,
        product: fc.constantFrom("a", "p", "entry"),
        amount: fc.constantFrom(1, 2, 3),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(facts, (drawn) => {
        const remembering = texts.map((text) => compiler.compile(text));
        for (const { product, amount, ...values } of drawn) {
          const present = Object.entries(values).flatMap(([name, given]) =>
            given === undefined ? [] : [[name, given] as const],
          );
          const about = fact(Object.fromEntries(present), { product, amount, channel: product });
          for (const condition of remembering) expect(condition.test(about)).toBe(verdict(condition.text, about));
        }
      }),
      { numRuns: 40 },
    );
  });

  it("are forgotten when there are too many, and stay right", () => {
    const even = compiler.compile("int(amount) % 2 == 0");
    for (let amount = 0; amount < 20_100; amount += 1) {
      if (even.test(fact({}, { amount })) !== (amount % 2 === 0 ? "holds" : "fails")) expect.fail(`${amount}`);
    }
    expect(even.test(fact({}, { amount: 4 }))).toBe("holds");
  });
});
