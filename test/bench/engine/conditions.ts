import { Engine } from "json-rules-engine";
import { conditionFact } from "#domain/condition.ts";
import type { Fact } from "#domain/fact.ts";
import { compileRules } from "#engine/rules.ts";
import { type Measured, measured } from "../measure.ts";
import type { SalesSource } from "../sales-world.ts";

/** How many of some messages meet all the plan's counting conditions, asked of our compiled conditions. */
export async function countByConditions(world: SalesSource, facts: readonly Fact[]): Promise<Measured<number>> {
  const { counts } = compileRules(world);
  return measured(() => {
    let met = 0;
    for (const fact of facts) {
      const facing = conditionFact(fact);
      if (counts.every(({ condition }) => condition.test(facing) === "holds")) met += 1;
    }
    return met;
  });
}

/** The same question asked of json-rules-engine, one message at a time as it takes them. */
export async function countByJsonRules(facts: readonly Fact[]): Promise<Measured<number>> {
  const engine = new Engine();
  engine.addRule({
    conditions: {
      all: [
        { fact: "product", operator: "in", value: ["LAY", "LAI"] },
        { fact: "channel", operator: "equal", value: "individual" },
        { fact: "entry", operator: "equal", value: "app" },
      ],
    },
    event: { type: "counts" },
  });
  return measured(async () => {
    let met = 0;
    for (const fact of facts) {
      if (fact.kind !== "sale") continue;
      const { product, channel, attributes } = fact;
      const { events } = await engine.run({ product, channel, entry: attributes.entry });
      met += events.length;
    }
    return met;
  });
}
