import { describe, expect, it } from "vitest";
import { explainStep } from "#app/statements/explain-step.ts";
import type { NameOf } from "#app/statements/names.ts";
import { stepSchema } from "#domain/step.ts";
import { FILES, read } from "#test/arch/source.ts";
import { BENEFIT_STEPS } from "#test/fixtures/told-steps/benefit-steps.ts";
import { MEASURED_STEPS } from "#test/fixtures/told-steps/measured-steps.ts";
import { PAY_STEPS } from "#test/fixtures/told-steps/pay-steps.ts";
import { PRICED_STEPS } from "#test/fixtures/told-steps/priced-steps.ts";
import { SHARED_STEPS } from "#test/fixtures/told-steps/shared-steps.ts";

/** Every type of step that a trace can have is told, in both languages. More of each type is under test beside its kind of reward. */

const NAMES: Readonly<Record<string, string>> = { ann: "Ann", bob: "Bob", east: "East" };
const nameOf: NameOf = (_kind, id) => NAMES[id] ?? id;

const TOLD = [...MEASURED_STEPS, ...PRICED_STEPS, ...SHARED_STEPS, ...PAY_STEPS, ...BENEFIT_STEPS];

describe("every type of step", () => {
  it("has a sample here: a new one needs a sentence in each language", () => {
    const told = new Set(TOLD.map(([{ step }]) => step));
    const types = stepSchema.options.map(({ shape }) => shape.step.value);
    expect(types.length).toBeGreaterThan(50);
    expect(types.filter((type) => !told.has(type))).toEqual([]);
  });

  it.each(TOLD)("$step", (step, en, zh) => {
    expect(explainStep(step, { lang: "en", nameOf }).sentence).toBe(en);
    expect(explainStep(step, { lang: "zh", nameOf }).sentence).toBe(zh);
  });

  it.each(TOLD)("$step shows no hole and no idle digits", (step) => {
    for (const lang of ["en", "zh"] as const) {
      const { sentence, details } = explainStep(step, { lang, nameOf });
      expect(sentence.length).toBeGreaterThan(0);
      for (const text of [sentence, ...details]) expect(text).not.toMatch(/undefined|NaN|\[object|\.\d{4,}0\b/);
    }
  });
});

describe("every reason for nothing", () => {
  // Reasons for which a fact waits are told of facts, not in traces.
  const OF_ORDERS = ["evidence-awaited", "evidence-missing"];
  const OF_FACTS = ["unknown-currency", "unknown-participant"];
  const said = FILES.filter((path) => path.startsWith("shared/engine/")).flatMap((path) =>
    [...read(path).matchAll(/\breason: "([a-z-]+)"/g)].flatMap(([, reason = ""]) => reason),
  );
  const reasons = [...new Set([...said, ...OF_ORDERS])].filter((one) => !OF_FACTS.includes(one));

  it("is found in the engine", () => {
    expect(reasons.length).toBeGreaterThan(30);
  });

  it.each(reasons)("%s is told in the reader's language, never in the engine's words", (reason) => {
    const message = "ENGINE";
    // Nobody is left out because there is nothing to punish.
    const steps = reason === "no-penalty" ? (["nothing"] as const) : (["nothing", "excluded"] as const);
    for (const step of steps) {
      const told = (lang: "en" | "zh") => explainStep({ step, reason, message }, { lang, nameOf }).sentence;
      expect(told("en")).not.toMatch(/ENGINE|undefined/);
      expect(told("zh")).not.toMatch(/ENGINE|undefined/);
      expect(told("zh")).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
