import { Card, Segmented } from "antd";
import { Link, useLocation, useRoute } from "wouter";
import { usePages } from "../api/hooks.ts";
import { useAllPages } from "../api/use-all-pages.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { ApprovalState } from "./approval-card.tsx";
import { ApprovalPage } from "./approval-page.tsx";
import { type Approval, hrefOf, reasonOf, useCampaignNames, useZoneOf, whatOf } from "./what-of.ts";

const EVERY_MS = 15_000;
const PAGE = 200;
/** The listing is in no order of time: it is read whole and put in order here. */
const MOST_PAGES = 10;

const LISTS = ["waiting", "requested", "decided", "all"] as const;
type List = (typeof LISTS)[number];

/** What the API is asked for each of them. */
const WHOSE = { waiting: "toDecide", requested: "requested", decided: "all", all: "all" } as const;
const OPEN = ["waiting", "awaitingApproval"];

/** What waits for a second person: `/approvals/<list>`, or one request, whose id has a dot in it. */
export default function ApprovalsScreen() {
  const [, params] = useRoute("/approvals/:shown");
  const shown = params?.shown;
  if (shown?.includes(".")) return <ApprovalPage key={shown} id={shown} />;
  return <Lists list={LISTS.find((one) => one === shown) ?? "waiting"} />;
}

function Lists({ list }: { readonly list: List }) {
  const { t } = useLanguage();
  const [, go] = useLocation();
  const options = LISTS.map((value) => ({ value, label: t(`approvals.${value}`) }));
  return (
    <div className="page">
      <h1>{t("approvals.title")}</h1>
      <p className="quiet">{t("approvals.text")}</p>
      <div className="scrolls">
        <Segmented
          options={options}
          value={list}
          onChange={(chosen) => go(`/approvals/${chosen}`)}
          aria-label={t("approvals.title")}
        />
      </div>
      <OneList key={list} list={list} />
    </div>
  );
}

function OneList({ list }: { readonly list: List }) {
  const { t } = useLanguage();
  const approvals = usePages("listApprovals", { query: { whose: WHOSE[list], limit: PAGE } }, { every: EVERY_MS });
  useAllPages(approvals, MOST_PAGES);
  return (
    <Listed query={approvals}>
      {(items) => {
        const shown = list === "decided" ? items.filter(({ state }) => !OPEN.includes(state)) : items;
        return shown.length === 0 ? (
          <Card>
            <EmptyView title={t(`approvals.${list}.none`)} next={t(`approvals.${list}.next`)} />
          </Card>
        ) : (
          <ul className="plain-list stack">
            {[...shown].sort(newestFirst).map((approval) => (
              <Row key={approval.id} approval={approval} />
            ))}
          </ul>
        );
      }}
    </Listed>
  );
}

function newestFirst(a: Approval, b: Approval): number {
  return Date.parse(b.requestedAt) - Date.parse(a.requestedAt) || (a.id < b.id ? -1 : 1);
}

function Row({ approval }: { readonly approval: Approval }) {
  const { t, locale } = useLanguage();
  const nameOf = useCampaignNames();
  const zone = useZoneOf(approval);
  const server = useServerWords(zone);
  const reason = reasonOf(approval, t);
  const { requestedBy, requestedAt, why, decidedBy, decidedAt, expiresAt, state } = approval;
  return (
    <li>
      <Card size="small">
        <div className="run-line">
          <h2 className="run-title">
            <Link href={hrefOf(approval)}>{whatOf(approval, t, nameOf)}</Link>
          </h2>
          <ApprovalState approval={approval} />
        </div>
        {reason !== "" && <p>{reason}</p>}
        <p className="quiet">
          {t("approval.by", { who: requestedBy, at: date(requestedAt, locale, "minute", zone) })}
          {state === "waiting" &&
            expiresAt !== undefined &&
            ` · ${t("approval.expires", { at: date(expiresAt, locale, "minute", zone) })}`}
          {decidedBy !== undefined &&
            ` · ${t("approval.decided", { who: decidedBy, at: decidedAt ? date(decidedAt, locale, "minute", zone) : "–" })}`}
        </p>
        {why !== undefined && <p>{t("approval.why", { why: server.say(why).text })}</p>}
      </Card>
    </li>
  );
}
