import type { OutwardTexts } from "./words.ts";

const RUN_KINDS = {
  provisional: "provisional run",
  interim: "interim run",
  final: "final run",
  adjustment: "adjustment run",
} as const;
const APPROVAL_KINDS = {
  activation: "putting a plan in force",
  people: "a change of people",
  targets: "a change of targets",
  "manual-adjustment": "an adjustment by hand",
  run: "the result of a run",
} as const;

const of = (campaign: string) => (campaign === "" ? "" : `: ${campaign}`);
const why = (reason: string | undefined) => (reason === undefined ? [] : [`Reason: ${reason}`]);
const kindName = (names: Readonly<Record<string, string>>, kind: string) => names[kind] ?? kind;

export const en: OutwardTexts = {
  name: (name) => (typeof name === "string" ? name : name.en),
  events: {
    "campaign.activated": ({ data }, campaign) => ({
      title: `Campaign in force${of(campaign)}`,
      lines: [`Version ${data.version} counts from now on. ${data.by} asked for it.`],
    }),
    "campaign.final": (_event, campaign) => ({
      title: `Final result${of(campaign)}`,
      lines: ["The final run is posted. What becomes known later is adjusted."],
    }),
    "target.reached": ({ data }, campaign) => ({
      title: `Target reached${of(campaign)}`,
      lines: [
        `${data.unitName} has reached its ${en.name(data.targetName ?? data.target)} target: ${en.name(data.measureName)} of ${data.threshold}, now ${data.value}.`,
        "Provisional until the campaign is settled.",
      ],
    }),
    "approval.requested": ({ data }, campaign) => ({
      title: `Waiting for approval${of(campaign)}`,
      lines: [
        `${data.by} asks for approval of ${kindName(APPROVAL_KINDS, data.kind)} (${data.approval}).`,
        ...why(data.reason),
      ],
    }),
    "run.approved": ({ data }, campaign) => ({
      title: `Run approved${of(campaign)}`,
      lines: [
        `The ${RUN_KINDS[data.kind]} ${data.runId} was approved by ${data.by ?? "an approver"} and is being posted.`,
      ],
    }),
    "run.rejected": ({ data }, campaign) => ({
      title: `Run rejected${of(campaign)}`,
      lines: [
        `The ${RUN_KINDS[data.kind]} ${data.runId} was rejected by ${data.by ?? "an approver"}.`,
        ...why(data.reason),
      ],
    }),
    "run.failed": ({ data }, campaign) => ({
      title: `Run failed${of(campaign)}`,
      lines: [
        `The ${RUN_KINDS[data.kind]} ${data.runId} has failed and is not tried again by itself.`,
        ...why(data.reason),
      ],
    }),
    "run.paid": ({ data }, campaign) => ({
      title: `Run posted${of(campaign)}`,
      lines: [`The ${RUN_KINDS[data.kind]} ${data.runId} is posted. The payout file and the statements are there.`],
    }),
    "dispute.opened": ({ data }, campaign) => ({
      title: `Dispute opened${of(campaign)}`,
      lines: [`The dispute ${data.dispute} waits for an answer.`],
    }),
    "dispute.answered": ({ data }, campaign) => ({
      title: `Dispute answered${of(campaign)}`,
      lines: [`The dispute ${data.dispute} has an answer.`],
    }),
    "dispute.closed": ({ data }, campaign) => ({
      title: `Dispute closed${of(campaign)}`,
      lines: [`The dispute ${data.dispute} was ${data.state}.`],
    }),
    "reconciliation.differs": ({ data }, campaign) => ({
      title: `Reconciliation found differences${of(campaign)}`,
      lines: [
        `The look ${data.report} found ${data.differences} differences. Boards may be wrong; payouts are computed from the sales.`,
      ],
    }),
    "source.silent": ({ data }) => ({
      title: `Source is silent: ${data.source}`,
      lines: [
        data.lastHeardAt === undefined
          ? `${data.source} is expected every ${data.everyMinutes} minutes and was never heard.`
          : `${data.source} is expected every ${data.everyMinutes} minutes and was last heard at ${data.lastHeardAt}.`,
      ],
    }),
  },
  bulletin: {
    title: (campaign, day) => `${campaign}: progress on ${day}`,
    intro: (at, from, until) =>
      `The campaign runs from ${from} to ${until}; these are its figures of ${at}. Provisional until it is settled.`,
    since: (previousAt) => `“Change” is since ${previousAt}.`,
    progress: (measure) => `Progress: ${measure}`,
    board: (reward) => reward,
    columns: {
      unit: "Unit",
      place: "Place",
      name: "Name",
      value: "Value",
      change: "Change",
      targets: "Targets",
      prize: "Prize",
    },
    reached: (target, at) => (at === undefined ? `${target} reached` : `${target} reached (${at})`),
    notReached: (target, percent) => `${target} ${percent}%`,
    targetsBetween: ", ",
    others: (count) => `${count} more are not listed.`,
    budgets: "Prize budgets",
    budget: (name, used, amount) =>
      used === undefined ? `${name}: budget ${amount}.` : `${name}: if it ended now, ${used} of ${amount}.`,
    nothing: "There is nothing to tell yet.",
  },
};
