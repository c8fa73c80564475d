import type { Answer } from "../api/client.ts";
import { date } from "../format/dates.ts";
import { isTextKey, type Translate } from "../i18n/language.ts";
import type { ServerWords } from "../i18n/server/use-server-words.ts";
import type { Request } from "./requests.tsx";

/** Something that happened in a campaign's life, or will. */
export interface Happened {
  /** An instant; a local text of the plan's zone where `isLocal`. */
  readonly at: string;
  /** Milliseconds, to order by. */
  readonly order: number;
  readonly what: string;
  readonly who?: string | undefined;
  /** It lies ahead. */
  readonly isAhead?: boolean;
}

export interface Sources {
  readonly campaign: Answer<"getCampaign">;
  readonly plan: Answer<"getVersion">["plan"];
  readonly versions: readonly Answer<"listVersions">["items"][number][];
  readonly runs: readonly Answer<"listRuns">["items"][number][];
  readonly requests: readonly Request[];
  /** Whether the period is over. */
  readonly isOver: boolean;
  /** The name of a request, as `requestText` says it. */
  readonly nameOf: (request: Request) => string;
}

/** What happened, the oldest first, from all that the API tells of it. */
export function historyOf(sources: Sources, t: Translate, locale: string, server: ServerWords): Happened[] {
  const { campaign, plan, versions, runs } = sources;
  const { zone } = plan.period;
  const found: Happened[] = [
    instant(campaign.createdAt, t("lifecycle.history.created"), campaign.createdBy),
    ...versions.map(({ version, publishedAt, publishedBy }) =>
      instant(publishedAt, t("lifecycle.history.published", { version }), publishedBy),
    ),
    ...sources.requests.flatMap((request) => requestEvents(sources, request, t)),
    local(plan.period.start, zone, t("lifecycle.history.start")),
    {
      ...local(campaign.conduct?.stop?.end ?? plan.period.end, zone, t("lifecycle.history.end")),
      isAhead: !sources.isOver,
    },
    ...conductEvents(campaign, zone, t, locale),
    ...runs.map(({ kind, state, startedAt, decidedAt, submittedBy, decidedBy }) =>
      instant(
        decidedAt ?? startedAt,
        t("lifecycle.history.run", { kind: t(`runs.kind.${kind}`), state: t(`runs.state.${state}`) }),
        decidedBy ?? submittedBy,
      ),
    ),
    ...(campaign.evaluations ?? []).map(({ of, at, notMade }) =>
      instant(
        at,
        notMade === undefined
          ? t(`lifecycle.history.evaluated.${of}`)
          : t("lifecycle.history.notMade", { why: server.say(notMade).text }),
      ),
    ),
  ];
  return found.filter(({ order }) => !Number.isNaN(order)).sort((a, b) => a.order - b.order);
}

function instant(at: string, what: string, who?: string): Happened {
  return { at, order: Date.parse(at), what, ...(who === undefined ? {} : { who }) };
}

/** Ordered among instants by what the clock of the zone is ahead of UTC then. */
function local(text: string, zone: string, what: string): Happened {
  const asUtc = Date.parse(`${text}Z`);
  return { at: text, order: asUtc - aheadMs(asUtc, zone), what };
}

function aheadMs(at: number, zone: string): number {
  if (Number.isNaN(at)) return 0;
  const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(
    at,
  );
  return Date.parse(`${shown.replace(" ", "T")}Z`) - at;
}

function requestEvents({ nameOf }: Sources, request: Request, t: Translate): Happened[] {
  const { content, requestedAt, requestedBy, decidedAt, decidedBy, state } = request;
  const told = `approval.state.${state}`;
  const what = nameOf(request);
  const asked = instant(
    requestedAt,
    content.kind === "activation"
      ? t("lifecycle.history.activation", { version: content.version })
      : t("lifecycle.history.refused", { what, state: t("approval.state.waiting") }),
    requestedBy,
  );
  if (decidedAt === undefined) return [asked];
  const isDone = state === "done" && content.kind === "activation";
  const decided = isDone
    ? t("lifecycle.history.inForce", { version: content.version })
    : t("lifecycle.history.refused", { what, state: isTextKey(told) ? t(told) : state });
  return [asked, instant(decidedAt, decided, decidedBy)];
}

function conductEvents({ conduct }: Sources["campaign"], zone: string, t: Translate, locale: string): Happened[] {
  const day = (text: string) => date(text, locale, "minute", zone);
  const { pilot, pauses = [], stop } = conduct ?? {};
  return [
    ...(pilot ? [instant(pilot.since, t("lifecycle.history.pilot", { until: day(pilot.until) }))] : []),
    ...(pilot?.rolledOut ? [instant(pilot.rolledOut.at, t("lifecycle.history.rolledOut"))] : []),
    ...pauses.flatMap(({ from, until, reason }) => [
      instant(from, t("lifecycle.history.paused", { reason })),
      ...(until === undefined ? [] : [instant(until, t("lifecycle.history.resumed"))]),
    ]),
    ...(stop
      ? [instant(stop.at, t("lifecycle.history.stopped", { end: date(stop.end, locale), reason: stop.reason }))]
      : []),
  ];
}
