import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import * as z from "zod";
import { readCampaignFiles } from "#adapters/files/campaign-files.ts";
import { grouped } from "#app/statements/explain-step.ts";
import { approvalViewSchema } from "#contracts/views/approval-views.ts";
import { postingViewSchema, type RunView, runViewSchema } from "#contracts/views/run-views.ts";
import { boardsSchema } from "#domain/board.ts";
import { campaignSchema, planVersionSchema } from "#domain/campaign.ts";
import { parseInstant } from "#domain/instant.ts";
import { lineSchema, notAwardedSchema, type Settlement } from "#domain/line.ts";
import { formatMoney } from "#domain/money.ts";
import { type PlanInstants, planInstants } from "#domain/plan/check.ts";
import type { Posting } from "#domain/run.ts";
import { formatInZone } from "#domain/time.ts";
import { settle } from "#engine/settle.ts";
import { awardsTable } from "../cli/awards-table.ts";
import { textTable } from "../cli/columns.ts";
import type { LocalCloud } from "../cloud.ts";
import { sourceSecretName } from "../source-secrets.ts";
import { ApiClient, ApiRefusal } from "./client.ts";
import { type Sale, salesOf, sendSales } from "./send-sales.ts";
import { standingsText } from "./standings.ts";
import type { StoryTerminal } from "./terminal.ts";

export const GALLERY = join(import.meta.dirname, "../../../shared/gallery/jiangxi-travel-2018");
const FILES = {
  plan: join(GALLERY, "plan.yaml"),
  orgs: join(GALLERY, "orgs.csv"),
  people: join(GALLERY, "people.csv"),
  targets: join(GALLERY, "targets.csv"),
  facts: join(GALLERY, "facts.csv"),
};

/** Columns of facts.csv that are not attributes of the sale. */
const FACT_COLUMNS = new Set(
  "kind source external_id version status participant_id occurred_at recorded_at amount currency quantity product channel".split(
    " ",
  ),
);

/** Whose statement the story shows in full: the winner of the personal award. */
const STATEMENT_REWARD = "personal-award";

interface Story {
  readonly cloud: LocalCloud;
  readonly terminal: StoryTerminal;
  readonly campaign: string;
  readonly zone: string;
  readonly instants: PlanInstants;
  readonly sales: readonly Sale[];
  readonly as: (who: "sun.hao" | "mei.lin" | "fang.wei") => ApiClient;
}

export interface StoryResult {
  readonly campaign: string;
  /** Runs that were posted, whose payout files can be fetched. */
  readonly posted: readonly RunView[];
  /** What was found different from what the same files give without any cloud; empty when all agrees. */
  readonly disagreements: readonly string[];
}

/** The Jiangxi campaign from its plan to its payout file and one adjustment, every step by HTTP as its people would. */
export async function playJiangxi(cloud: LocalCloud, terminal: StoryTerminal): Promise<StoryResult> {
  const inputs = readCampaignFiles(FILES);
  const clients = new Map<string, ApiClient>();
  const as: Story["as"] = (who) => {
    const client = clients.get(who) ?? new ApiClient(cloud.url, () => cloud.tokenFor(who));
    clients.set(who, client);
    return client;
  };
  const rows = z
    .array(z.record(z.string(), z.string()))
    .parse(parse(readFileSync(FILES.facts), { columns: true, bom: true }));
  const sales = salesOf(rows, FACT_COLUMNS).sort((a, b) => a.recordedAt - b.recordedAt);
  const instants = planInstants(inputs.plan);
  const story: Story = {
    cloud,
    terminal,
    campaign: inputs.plan.id,
    zone: inputs.plan.period.zone,
    instants,
    sales,
    as,
  };

  await launch(story);
  await sellUntilCutOff(story);
  const final = await settleFinal(story);
  const settlement = await settlementOf(story, final);
  terminal.heading("Awards");
  terminal.text(awardsTable(settlement, instants.cutOff, inputs));
  await showStatement(story, final, settlement);
  const adjustment = await adjust(story);
  const disagreements = [
    ...compare("final run", settlement, settle({ ...inputs, asOf: instants.cutOff })),
    ...compare(
      "adjustment run",
      await settlementOf(story, adjustment),
      settle({ ...inputs, asOf: parseInstant(adjustment.asOf) ?? Number.NaN }),
    ),
  ];
  terminal.heading("Proof");
  terminal.text(
    disagreements.length === 0
      ? `Both runs have the hashes that \`laurel settle\` computes from the same files without any database.`
      : disagreements.join("\n"),
  );
  return { campaign: story.campaign, posted: [final, adjustment], disagreements };
}

async function launch({ terminal, campaign, sales, as }: Story): Promise<void> {
  terminal.heading("Before the campaign: sources, organisation, people, plan, targets");
  const admin = as("sun.hao");
  const marketing = as("mei.lin");
  for (const source of new Set(sales.map((sale) => sale.source))) {
    await admin.send(`/v1/sources/${source}`, {
      method: "PUT",
      json: { name: source, secretNames: [sourceSecretName(source)] },
    });
  }
  const csv = (path: string) =>
    ({ method: "POST", text: { body: readFileSync(path, "utf8"), type: "text/csv" } }) as const;
  await admin.send("/v1/org-units:import", csv(FILES.orgs));
  await admin.send("/v1/people:import", csv(FILES.people));
  const plan = { method: "POST", text: { body: readFileSync(FILES.plan, "utf8"), type: "application/yaml" } } as const;
  const report = await marketing.ask(
    "/v1/plans:validate",
    z.object({ valid: z.boolean(), maximumLiability: z.object({ bounded: z.string() }) }),
    plan,
  );
  terminal.text(
    `plan valid: ${report.valid}; prizes can cost at most ${grouped(report.maximumLiability.bounded)} CNY, commission has no bound`,
  );
  const created = await marketing.ask("/v1/campaigns", campaignSchema, plan);
  await marketing.send(`/v1/campaigns/${campaign}/targets:import`, csv(FILES.targets));
  const version = await marketing.ask(`/v1/campaigns/${campaign}/versions`, planVersionSchema, {
    method: "POST",
    headers: { "if-match": `"${created.revision}"` },
  });
  const request = await marketing.ask(`/v1/campaigns/${campaign}/activate`, approvalViewSchema, {
    method: "POST",
    json: { version: version.version },
  });
  await as("fang.wei").send(`/v1/approvals/${request.id}/approve`, { method: "POST", json: { hash: request.hash } });
  terminal.text(
    `mei.lin published version ${version.version} (plan hash ${version.planHash.slice(0, 16)}…) and asked for it; fang.wei put it in force`,
  );
}

/** Month by month, with the standing that the work group gets at each month's end. */
async function sellUntilCutOff(story: Story): Promise<void> {
  const { cloud, terminal, campaign, instants, sales, as, zone } = story;
  const months = Map.groupBy(
    sales.filter(({ recordedAt }) => recordedAt <= instants.cutOff),
    ({ recordedAt }) => formatInZone(Math.min(recordedAt, instants.end - 1), zone).slice(0, 7),
  );
  for (const [month, told] of months) {
    terminal.heading(`${month}: ${told.length} signed webhooks`);
    const bar = terminal.progress("sales", told.length);
    const answers = await sendSales(cloud, told, (count) => bar.add(count));
    await cloud.idle();
    terminal.text(`answers: ${[...answers].map(([status, count]) => `${count} × ${status}`).join(", ")}\n`);
    if ((told.at(-1)?.recordedAt ?? 0) < instants.start) continue;
    const boards = await as("mei.lin").ask(`/v1/campaigns/${campaign}/boards`, boardsSchema);
    terminal.text(standingsText(boards));
  }
}

async function settleFinal(story: Story): Promise<RunView> {
  const { cloud, terminal, instants, zone, as } = story;
  terminal.heading(`Settlement: the late-facts window ended on ${formatInZone(instants.cutOff, zone)}`);
  await cloud.advanceTo(instants.cutOff + 2 * MINUTE_MS);
  const waiting = await newestRun(story, "final");
  terminal.text(
    `the scheduler started ${waiting.runId}; it is ${waiting.state}, ${waiting.lineCount} lines, ${grouped(waiting.totals?.all ?? "")} CNY`,
  );
  try {
    await decide(story, "mei.lin", waiting);
    throw new Error("a run was approved by the person who submitted it");
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status !== 403) throw error;
    terminal.text(`mei.lin tries to approve her own campaign: refused (${error.status})`);
  }
  await decide(story, "fang.wei", waiting);
  await cloud.idle();
  const posted = await as("fang.wei").ask(runPath(story, waiting), runViewSchema);
  terminal.text(
    `fang.wei approved result ${waiting.resultHash?.slice(0, 16)}…; the run is ${posted.state}: ${grouped(posted.postedTotal ?? "")} CNY`,
  );
  return posted;
}

/** Cancellations that became known after the final run: a further run posts only the differences. */
async function adjust(story: Story): Promise<RunView> {
  const { cloud, terminal, campaign, instants, sales, as, zone } = story;
  const late = sales.filter(({ recordedAt }) => recordedAt > instants.cutOff);
  terminal.heading(`Adjustment: ${late.length} messages came after the final run`);
  const bar = terminal.progress("late messages", late.length);
  await sendSales(cloud, late, (count) => bar.add(count));
  await cloud.idle();
  await cloud.advanceTo((late.at(-1)?.recordedAt ?? instants.cutOff) + DAY_MS);
  const waiting = await newestRun(story, "adjustment");
  await decide(story, "fang.wei", waiting);
  await cloud.idle();
  const posted = await as("fang.wei").ask(runPath(story, waiting), runViewSchema);
  const postings = await as("fang.wei").all(
    `/v1/campaigns/${campaign}/postings?run=${waiting.runId}&limit=200`,
    postingViewSchema,
  );
  terminal.text(
    `${posted.runId}, as of ${formatInZone(parseInstant(posted.asOf) ?? 0, zone)}, posted ${postings.length} differences, ${grouped(posted.postedTotal ?? "")} CNY in all:`,
  );
  terminal.text(differencesTable(postings));
  return posted;
}

function differencesTable(postings: readonly Posting[]): string {
  return textTable(
    [
      { title: "line", align: "left" },
      { title: "difference", align: "right" },
      { title: "now", align: "right" },
    ],
    postings.map(({ lineId, amountMinor, balanceMinor, currency }) => [
      lineId,
      grouped(formatMoney(amountMinor, currency)),
      grouped(formatMoney(balanceMinor, currency)),
    ]),
  );
}

async function showStatement({ terminal, campaign, as }: Story, run: RunView, settlement: Settlement): Promise<void> {
  const winner = settlement.lines.find(({ reward, rank }) => reward === STATEMENT_REWARD && rank === 1);
  if (!winner) return;
  terminal.heading(`One statement in full: ${winner.payee.id}`);
  const path = `/v1/campaigns/${campaign}/statements/${winner.payee.kind}/${encodeURIComponent(winner.payee.id)}?run=${run.runId}&format=text`;
  terminal.text(await (await as("fang.wei").send(path)).text());
}

async function newestRun({ campaign, as }: Story, kind: RunView["kind"]): Promise<RunView> {
  const runs = await as("mei.lin").all(`/v1/campaigns/${campaign}/runs`, runViewSchema);
  const run = runs.filter((candidate) => candidate.kind === kind).at(-1);
  if (run?.state !== "awaitingApproval")
    throw new Error(
      `no ${kind} run waits for approval: ${run ? `${run.runId} is ${run.state}: ${run.reason ?? ""}` : "none was started"}`,
    );
  return run;
}

async function decide(story: Story, who: "mei.lin" | "fang.wei", run: RunView): Promise<void> {
  await story.as(who).send(`${runPath(story, run)}/approve`, { method: "POST", json: { resultHash: run.resultHash } });
}

function runPath({ campaign }: Story, { runId }: RunView): string {
  return `/v1/campaigns/${campaign}/runs/${runId}`;
}

/** A run as the API tells it, in the shape that the engine gives it. */
async function settlementOf(story: Story, run: RunView): Promise<Settlement> {
  const auditor = story.as("fang.wei");
  const [lines, notAwarded] = await Promise.all([
    auditor.all(`${runPath(story, run)}/lines?limit=200`, lineSchema),
    auditor.all(`${runPath(story, run)}/not-awarded?limit=200`, notAwardedSchema),
  ]);
  const { inputHash = "", resultHash = "", asOf, totals, warnings } = run;
  if (!totals) throw new Error(`${run.runId} has no totals`);
  return { inputHash, resultHash, asOf, lines, notAwarded, totals, warnings };
}

function compare(what: string, ours: Settlement, theirs: Settlement): string[] {
  return (["inputHash", "resultHash"] as const)
    .filter((hash) => ours[hash] !== theirs[hash])
    .map((hash) => `${what}: the ${hash} is ${ours[hash]}, but ${theirs[hash]} from the files alone`);
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
