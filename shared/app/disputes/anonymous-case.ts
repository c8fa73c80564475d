import type { Fact } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import type { Payee } from "#domain/line.ts";
import type { RegressionCase } from "#domain/regression-case.ts";
import { compareText } from "#domain/text.ts";

/**
 * The same case without anybody in it: people and facts are numbered in the order of their ids, so that what is decided by id stays
 * as it was. Attributes that the plan does not declare are left out; units, products and channels stay, for conditions name them.
 */
export function anonymousCase(original: RegressionCase): RegressionCase {
  const { memberships, facts, targets, adjustments, expected, units, plan } = original;
  const isUnit = new Set(units.map(({ unit }) => unit));
  const people = new Set([
    ...memberships.map(({ participantId }) => participantId),
    ...facts.flatMap(namedIn).filter((id) => !isUnit.has(id)),
  ]);
  const persons = numbered([...people], "p");
  const keys = numbered(facts.map(factKey), "f");
  const person = (id: string) => persons.get(id) ?? id;
  const payee = ({ kind, id }: Payee): Payee => ({ kind, id: kind === "participant" ? person(id) : id });
  const declared = (attributes: Fact["attributes"]) =>
    Object.fromEntries(Object.entries(attributes).filter(([name]) => Object.hasOwn(plan.attributes, name)));
  return {
    ...original,
    about: "A dispute",
    memberships: memberships.map((one) => {
      const participantId = person(one.participantId);
      return { ...one, participantId, name: participantId };
    }),
    targets: targets.map((target) => ({ ...target, subject: person(target.subject) })),
    ...(adjustments === undefined
      ? {}
      : {
          adjustments: adjustments.map((one) => ({
            ...one,
            payee: payee(one.payee),
            reason: "by hand",
            evidence: "left out",
            requestedBy: "maker",
            approvedBy: "checker",
          })),
        }),
    facts: facts.map((fact): Fact => {
      const own = {
        externalId: keys.get(factKey(fact)) ?? fact.externalId,
        participantId: person(fact.participantId),
        attributes: declared(fact.attributes),
      };
      if (fact.kind !== "sale") return { ...fact, ...own };
      const shares = (of: typeof fact.splits) =>
        of?.map(({ participantId, part }) => ({ participantId: person(participantId), part }));
      const [splits, overlays] = [shares(fact.splits), shares(fact.overlays)];
      return { ...fact, ...own, ...(splits ? { splits } : {}), ...(overlays ? { overlays } : {}) };
    }),
    expected: expected.map((line) => ({ ...line, payee: payee(line.payee) })),
  };
}

function namedIn(fact: Fact): string[] {
  if (fact.kind !== "sale") return [fact.participantId];
  return [fact, ...(fact.splits ?? []), ...(fact.overlays ?? [])].map(({ participantId }) => participantId);
}

/** Numbers of one width, in the order of the ids: they sort as the ids do. */
function numbered(ids: readonly string[], prefix: string): Map<string, string> {
  const sorted = [...new Set(ids)].sort(compareText);
  const width = String(sorted.length).length;
  return new Map(sorted.map((id, index) => [id, `${prefix}-${String(index + 1).padStart(width, "0")}`]));
}
