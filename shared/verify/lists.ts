import type { Bundle, StatedLine, StatedNotAwarded } from "#domain/bundle.ts";
import { Cannot } from "./book.ts";
import { compare } from "./compare.ts";
import { order } from "./exact.ts";
import { lineIdOf } from "./ids.ts";
import type { Portion } from "./instalments.ts";
import type { Results } from "./limits.ts";
import type { Numbers, Reckoner } from "./reckon.ts";
import { textIn, unitOfAward } from "./units.ts";
import { type LineVerdict, type List, verdictOf } from "./verdicts.ts";

/** Every entry of every list of a run beside what it comes to. */
export function compareLists(
  { settlement }: Bundle,
  reckoner: Reckoner,
  results: Results,
  portions: readonly Portion[],
): LineVerdict[] {
  const { lines, components = [], held = [], notAwarded } = settlement;
  const computed = portions.map((portion) => computedOf(reckoner, portion));
  const compared = (list: List, stated: readonly Stated[]) =>
    compareEntries(
      list,
      stated,
      computed.filter((entry) => entry.list === list),
      results,
    );
  return [
    ...compared("lines", lines.map(statedLine)),
    ...compared("components", components.map(statedLine)),
    ...compared("held", held.map(statedLine)),
    ...compared(
      "notAwarded",
      notAwarded.map((entry) => {
        const { reward, subject: payee, slice = "", part } = entry;
        return {
          id: lineIdOf({ reward: { id: reward }, payee, span: { id: slice } }, part),
          reward,
          entry,
          shown: "nothing",
        };
      }),
    ),
  ].sort((a, b) => order(a.lineId, b.lineId));
}

interface Stated {
  readonly id: string;
  readonly reward: string;
  readonly entry: StatedLine | StatedNotAwarded;
  readonly shown: string;
}

interface Computed {
  readonly list: List;
  readonly id: string;
  readonly entry: Numbers;
  readonly shown: string;
}

function statedLine(line: StatedLine): Stated {
  return { id: line.lineId, reward: line.reward, entry: line, shown: line.amount };
}

function computedOf(reckoner: Reckoner, portion: Portion): Computed {
  const { reward, payee, span, part, amount, rank, trace, state, due } = portion;
  const id = lineIdOf(portion, part);
  const facts = { reward: reward.id, slice: span.id === "" ? undefined : span.id, part, rank, trace };
  if (amount === 0n) return { list: "notAwarded", id, entry: { ...facts, subject: { ...payee } }, shown: "nothing" };
  const list = reward.component ? "components" : state === "held" ? "held" : "lines";
  const currency = unitOfAward(reckoner, portion);
  const shown = textIn(reckoner, currency, amount);
  return { list, id, entry: { ...facts, lineId: id, payee: { ...payee }, amount: shown, currency, due }, shown };
}

function compareEntries(
  list: List,
  stated: readonly Stated[],
  computed: readonly Computed[],
  results: Results,
): LineVerdict[] {
  const open = new Map(computed.map((item) => [item.id, item]));
  const verdicts = stated.map(({ id, reward, entry, shown }): LineVerdict => {
    const result = results.get(reward);
    if (result instanceof Cannot) return { list, lineId: id, verdict: "cannot", why: result.message };
    const own = open.get(id);
    // Each is taken once: a line that is stated twice is superfluous the second time.
    open.delete(id);
    if (!own) return { list, lineId: id, verdict: "superfluous", stated: shown };
    return { list, lineId: id, ...verdictOf(compare("", entry, own.entry)) };
  });
  const missing = [...open.values()].map(
    ({ id, shown }): LineVerdict => ({ list, lineId: id, verdict: "missing", computed: shown }),
  );
  return [...verdicts, ...missing];
}
