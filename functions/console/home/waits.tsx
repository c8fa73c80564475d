import { Card } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller, usePages } from "../api/hooks.ts";
import { useAllPages } from "../api/use-all-pages.ts";
import { ApprovalCard } from "../approvals/approval-card.tsx";
import { count } from "../format/numbers.ts";
import type { TextKey } from "../i18n/en.ts";
import { useLanguage } from "../i18n/language.ts";
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
    { text: "home.todo.inbox", href: "/inbox", ...inbox },
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

const SELDOM_MS = 300_000;
/** Fifty sources each: more than a company has. */
const MOST_PAGES = 100;

/** What the inbox lists as needing somebody, over all sources; mended and settled items are kept there, and not counted. */
function useInboxCount() {
  const { may } = useCaller();
  const options = { every: SELDOM_MS, enabled: may("listHeldFacts") && may("replayFact") };
  const held = useAnswer("listHeldFacts", { query: { limit: PAGE } }, options);
  const counts = usePages(
    "listInboxCounts",
    { query: { limit: 50 } },
    { ...options, enabled: options.enabled && may("listInboxCounts") },
  );
  useAllPages(counts, MOST_PAGES);
  const sources = counts.data?.pages.flatMap(({ items }) => items) ?? [];
  return {
    count: held.isLoading || counts.isLoading ? undefined : waiting(held.data?.items.length ?? 0, sources),
    hasMore:
      held.data?.nextCursor !== undefined ||
      counts.isError ||
      counts.hasNextPage ||
      sources.some(({ hasMore }) => hasMore),
  };
}

function waiting(held: number, sources: Answer<"listInboxCounts">["items"]): number {
  return sources.reduce((sum, { conflicts, rejected, unreadable }) => sum + conflicts + rejected + unreadable, held);
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
