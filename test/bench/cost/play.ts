import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { TableDescription } from "#adapters/dynamodb/table.ts";
import type { Units } from "#adapters/dynamodb/units.ts";
import { activateCampaign } from "#app/campaigns/activate-campaign.ts";
import { createCampaign } from "#app/campaigns/create-campaign.ts";
import { publishVersion } from "#app/campaigns/publish-version.ts";
import { creditFacts } from "#app/crediting/credit-facts.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import { finishRebuild } from "#app/crediting/rebuild.ts";
import { type DirtyProgress, rollUp } from "#app/crediting/roll-up.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import type { Fact, FactMessage } from "#domain/fact.ts";
import { MAKER } from "#test/fixtures/memory-cloud.ts";
import { type SalesWorld, salesWorld } from "../sales-world.ts";
import { type CostStep, MeteredWorld, STEPS } from "./metered.ts";

/** How sales arrive in one line of the cost sheet. */
export interface Scenario {
  readonly name: string;
  readonly campaigns: number;
  readonly sales: number;
  readonly sellers: number;
  /** Sales that are rolled up together: those of five seconds (`infra/lib/jobs-stack.ts`), so 250 is fifty a second. */
  readonly batch: number;
  /** What is metered: new sales, or what is said of all of them afterwards. */
  readonly afterwards?: "corrected" | "cancelled" | "corrected after the cut-off";
}

export interface Costs {
  readonly scenario: Scenario;
  /** Messages that were metered. */
  readonly messages: number;
  readonly steps: ReadonlyMap<CostStep, Units>;
}

const AFTER_THE_CUT_OFF = "2018-11-20T00:00:00Z";

/** Plays a scenario through the real use cases and counts the units of each step. */
export async function play(
  client: DynamoDBDocumentClient,
  tables: Record<TableDescription["name"], string>,
  scenario: Scenario,
): Promise<Costs> {
  const world = new MeteredWorld(client, tables);
  const sales = salesWorld({ facts: scenario.sales, agents: scenario.sellers });
  const first = sales.facts.filter(({ version }) => version === 1);
  await launch(world, sales, scenario.campaigns);
  // A worker that has been running for a while holds its rules.
  const liveRules = new LiveRules();
  world.cloud.clock.set(Date.parse("2018-10-31T00:00:00Z"));
  world.take();
  await deliver(world, first.map(messageOf), scenario.batch, liveRules);
  if (scenario.afterwards === undefined) return { scenario, messages: first.length, steps: world.take() };
  world.take();
  const { afterwards } = scenario;
  if (afterwards === "corrected after the cut-off") world.cloud.clock.set(Date.parse(AFTER_THE_CUT_OFF));
  const next = first.map((fact) => nextVersion(messageOf(fact), afterwards === "cancelled"));
  await deliver(world, next, scenario.batch, liveRules);
  return { scenario, messages: next.length, steps: world.take() };
}

async function launch({ deps }: MeteredWorld, sales: SalesWorld, campaigns: number): Promise<void> {
  await deps.plans.putUnits(sales.units);
  const people = Map.groupBy(sales.memberships, ({ participantId }) => participantId);
  await deps.plans.putPeople([...people].map(([participantId, memberships]) => ({ participantId, memberships })));
  await deps.plans.setDirectoryRevision(1);
  for (let index = 0; index < campaigns; index += 1) {
    const campaign = await createCampaign(deps, MAKER, { ...sales.plan, id: `campaign-${index}` });
    await deps.plans.putTargets(campaign.id, sales.targets);
    const version = await publishVersion(deps, MAKER, campaign.id, campaign.revision);
    await activateCampaign(deps, MAKER, campaign.id, version.version);
    const { epoch } = (await deps.plans.campaign(campaign.id)) ?? { epoch: 0 };
    await finishRebuild(deps, campaign.id, epoch);
  }
}

/** Batch after batch: stored, credited, rolled up, as the streams would have it. */
async function deliver(
  { deps }: MeteredWorld,
  messages: readonly FactMessage[],
  batch: number,
  liveRules: LiveRules,
): Promise<void> {
  const dirty: DirtyProgress[] = [];
  const derived: typeof deps.derived = Object.create(deps.derived, {
    setCredit: {
      value: async (credit: Parameters<typeof deps.derived.setCredit>[0]) => {
        const isWritten = await deps.derived.setCredit(credit);
        const { campaign, place, participantId } = credit;
        if (isWritten) dirty.push({ campaign, place, participantId });
        return isWritten;
      },
    },
  });
  for (let from = 0; from < messages.length; from += batch) {
    const some = messages.slice(from, from + batch);
    await recordFacts(deps, some);
    const [failure] = await creditFacts({ ...deps, derived }, some, { liveRules });
    if (failure) throw failure.error;
    await rollUp(deps, dirty.splice(0), liveRules);
  }
}

function messageOf({ recordedAt: _, ...message }: Fact): FactMessage {
  return message;
}

function nextVersion(message: FactMessage, isCancelled: boolean): FactMessage {
  if (message.kind !== "sale") throw new TypeError("only sales are played");
  return isCancelled
    ? { ...message, version: 2, status: "cancelled" }
    : { ...message, version: 2, amount: `${Number.parseInt(message.amount, 10) + 1}.00` };
}

/** Units a message, over all steps. */
export function perMessage({ messages, steps }: Costs): Units {
  const all = STEPS.map((step) => steps.get(step) ?? { writes: 0, reads: 0 });
  return {
    writes: all.reduce((sum, { writes }) => sum + writes, 0) / messages,
    reads: all.reduce((sum, { reads }) => sum + reads, 0) / messages,
  };
}
