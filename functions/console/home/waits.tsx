import { Card } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { ApprovalCard } from "../approvals/approval-card.tsx";
import { count } from "../format/numbers.ts";
import type { TextKey } from "../i18n/en.ts";
import { useLanguage } from "../i18n/language.ts";
import { useInbox } from "../inbox/use-inbox.ts";
import { Answered } from "../parts/answered.tsx";
import { Section } from "./section.tsx";

const EVERY_MS = 30_000;
/** More than a page are told as so many and more. */
const PAGE = 200;

/** What was asked for and is not over. */
const OPEN = ["waiting", "awaitingApproval", "approved"];

/** Approvals that wait for the caller's decision, or that the caller has asked for and that are not over. */
export function Waiting({ whose }: { readonly whose: "toDecide" | "requested" }) {
  const { t } = useLanguage();
  const approvals = useAnswer("listApprovals", { query: { whose } }, { every: 15_000 });
  const asked = approvals.data?.items.filter(({ state }) => OPEN.includes(state)) ?? [];
  if (whose === "requested") {
    if (asked.length === 0) return null;
    return (
      <Section title={t("home.requested")}>
        <Approvals items={asked} />
      </Section>
    );
  }
  return (
    <Section title={t("home.waits")}>
      <Answered query={approvals}>
        {({ items }) =>
          items.length === 0 ? (
            <Card size="small">
              <strong>{t("home.waits.none")}</strong> <span className="quiet">{t("home.waits.none.next")}</span>
            </Card>
          ) : (
            <Approvals items={items} />
          )
        }
      </Answered>
    </Section>
  );
}

function Approvals({ items }: { readonly items: Answer<"listApprovals">["items"] }) {
  return (
    <div className="cards">
      {items.map((item) => (
        <ApprovalCard key={item.id} approval={item} />
      ))}
    </div>
  );
}

/** What else somebody has to do: counts, with the way there. Nothing where there is nothing. */
export function ToDo() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const every = { every: EVERY_MS };
  const answers = may("answerDispute");
  const listsDisputes = { ...every, enabled: may("listAllDisputes") && answers };
  const assigned = useAnswer("listAllDisputes", { query: { whose: "assigned", limit: PAGE } }, listsDisputes);
  const overdue = useAnswer("listAllDisputes", { query: { overdue: "true", limit: PAGE } }, listsDisputes);
  const inbox = useInboxCount();
  const undecided = assigned.data?.items.filter(({ state }) => UNDECIDED.some((one) => one === state));
  const items = [
    {
      text: "home.todo.disputes",
      href: "/disputes",
      count: undecided?.length,
      hasMore: assigned.data?.nextCursor !== undefined,
    },
    {
      text: "home.todo.overdue",
      href: "/disputes",
      count: overdue.data?.items.length,
      hasMore: overdue.data?.nextCursor !== undefined,
    },
    { text: inbox.isWhole ? "home.todo.inbox" : "home.todo.held", href: "/inbox", ...inbox },
  ] as const satisfies readonly Counted[];
  const open = items.filter((item) => (item.count ?? 0) > 0);
  if (open.length === 0) return null;
  return (
    <Section title={t("home.todo")}>
      <Counts items={open} />
    </Section>
  );
}

const UNDECIDED = ["open", "assigned", "answered"] as const;

interface Counted {
  readonly text: TextKey;
  readonly href: string;
  readonly count: number | undefined;
  readonly hasMore: boolean;
}

/** Each source is three questions: of very many sources only what is held is counted here, and the inbox tells the rest. */
const SOURCES_MOST = 10;
const SELDOM_MS = 300_000;

/** What the inbox lists as needing somebody, over all sources; mended and settled items are kept there, and not counted. */
function useInboxCount() {
  const { may } = useCaller();
  const enabled = may("listHeldFacts") && may("replayFact");
  const sources = useAnswer(
    "listSources",
    { query: { limit: SOURCES_MOST } },
    { enabled: enabled && may("listSources") },
  );
  const isWhole = sources.data !== undefined && sources.data.nextCursor === undefined;
  const names = isWhole ? sources.data.items.map(({ source }) => source) : [];
  const isKnown = !sources.isLoading;
  const inbox = useInbox(names, 1, { every: SELDOM_MS, enabled: enabled && isKnown });
  return {
    isWhole,
    count: inbox.isLoading ? undefined : inbox.items.filter(({ isDone }) => !isDone).length,
    hasMore: inbox.hasMore.size > 0,
  };
}

function Counts({ items }: { readonly items: readonly Counted[] }) {
  const { t, locale } = useLanguage();
  return (
    <ul className="counts">
      {items.map(({ text, href, count: known = 0, hasMore }) => (
        <li key={text}>
          <Link href={href} className="count-link">
            <strong className="figure">
              {count(known, locale)}
              {hasMore ? "+" : ""}
            </strong>{" "}
            {t(text)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
