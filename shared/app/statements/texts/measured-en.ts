const plural = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;

/** What is counted, with how many. `record` is evidence, or any fact. */
export const factsEn = {
  sale: (count: number) => plural(count, "sale"),
  score: (count: number) => plural(count, "score"),
  record: (count: number) => plural(count, "record"),
};

type Kind = keyof typeof factsEn;
type Measured = (who: string | undefined, kind: Kind, facts: number, value: string, measure: string) => string;

const whose = (who: string | undefined) => (who === undefined ? "Your " : `${who}, `);

const sum: Measured = (who, kind, facts, value, measure) =>
  `${who === undefined ? "Your" : `${who}:`} ${facts} counted ${facts === 1 ? `${kind} comes` : `${kind}s come`} to ${value} (${measure}).`;
const count: Measured = (who, kind, facts, _, measure) =>
  `${who === undefined ? "" : `${who}: `}${factsEn[kind](facts)}${who === undefined ? " of yours" : ""} ${facts === 1 ? "counts" : "count"} (${measure}).`;
const distinct: Measured = (who, kind, facts, value, measure) =>
  `${whose(who)}${measure}: ${value}, from ${factsEn[kind](facts)}.`;
const last: Measured = (who, kind, facts, value, measure) =>
  `${whose(who)}${measure}: ${value}${facts === 1 ? "" : `, the newest of ${factsEn[kind](facts)}`}.`;
const max: Measured = (who, kind, facts, value, measure) =>
  `${whose(who)}${measure}: ${value}${facts === 1 ? "" : `, the highest of ${factsEn[kind](facts)}`}.`;

/** What a measure makes of the counted facts, in the words of its aggregate. */
export const measuredEn = {
  sum,
  count,
  distinct,
  last,
  max,
  nothing: (who: string | undefined, kind: Kind, measure: string) =>
    `${who === undefined ? `No ${kind} of yours` : `${who}: no ${kind}`} counts (${measure}).`,
};
