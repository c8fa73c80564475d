import type { Actor } from "#domain/actor.ts";
import { seesWholeCompany } from "#domain/actor.ts";
import type { UnitStanding } from "#domain/board.ts";
import type { OrgUnit } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import type { Rules } from "#engine/rules.ts";
import type { Standings } from "#engine/standings.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { campaignSight, requireSight } from "../access.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, requireNotArchived } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { unitRows } from "./progress-rows.ts";
import { unitStandings } from "./progress-standings.ts";

/**
 * How units stand, one level of the organisation at a time: from the totals of places, whatever the number of people. Without a parent
 * the top of the tree; of a branch manager that is their own units.
 *
 * @throws Refusal `notFound` (no such campaign or parent), `forbidden`
 */
export async function listUnitStandings(
  deps: Pick<Deps, "derived" | "plans" | "clock">,
  actor: Actor,
  campaignId: string,
  { parent, ...request }: PageRequest & { readonly parent?: string | undefined },
  liveRules = new LiveRules(),
): Promise<Page<UnitStanding>> {
  const sight = campaignSight(deps, actor, await findCampaign(deps, campaignId));
  if (parent !== undefined) await requireSight(sight, { kind: "unit", id: parent });
  const { campaign, rules } = await liveRules.one(deps, campaignId);
  requireNotArchived(campaign);
  if (parent !== undefined && !rules.directory.unit(parent))
    throw new Refusal("notFound", `there is no unit ${parent}`);
  const page = listPage(unitsBelow(rules, actor, parent), ({ unit }) => unit, request);
  const [totals, reaches] = await Promise.all([deps.derived.totals(campaignId), deps.derived.reaches(campaignId)]);
  const standings = unitStandings(rules, totals, reaches);
  const counts = Map.groupBy(rules.directory.units(), (unit) => unit.parent);
  return {
    ...page,
    items: page.items.map((unit) => standingOf(rules, standings, unit, counts.get(unit.unit)?.length ?? 0)),
  };
}

/** Of own units of which one lies below the other, the upper one is enough. */
function unitsBelow({ directory }: Rules, actor: Actor, parent: string | undefined): OrgUnit[] {
  const units = directory.units();
  if (parent !== undefined) return units.filter((unit) => unit.parent === parent);
  if (seesWholeCompany(actor)) return units.filter((unit) => unit.parent === null);
  const isOwn = (unit: string) => actor.units.includes(unit);
  return units.filter(
    ({ unit }) =>
      isOwn(unit) &&
      !directory
        .lineage(unit)
        .slice(1)
        .some((above) => isOwn(above.unit)),
  );
}

function standingOf(rules: Rules, standings: Standings, unit: OrgUnit, below: number): UnitStanding {
  const { rows, notShown } = unitRows(rules, standings, unit);
  return {
    unit: unit.unit,
    name: unit.name,
    level: unit.level,
    ...(unit.parent === null ? {} : { parent: unit.parent }),
    below,
    measures: rows.map(({ measure, value, facts, targets }) => ({ measure, value, facts, targets })),
    notShown: notShown.flatMap((one) => ("measure" in one ? [{ measure: one.measure, why: one.why }] : [])),
  };
}
