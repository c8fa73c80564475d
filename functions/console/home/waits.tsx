import { Card } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller } from "../api/hooks.ts";
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
  const held = useAnswer(
    "listHeldFacts",
    { query: { limit: PAGE } },
    { ...every, enabled: may("listHeldFacts") && may("replayFact") },
  );
  const undecided = assigned.data?.items.filter(({ state }) => UNDECIDED.some((one) => one === state));
  const items = [
    { text: "home.todo.disputes", href: "/disputes", count: undecided?.length, more: assigned.data?.nextCursor },
    { text: "home.todo.overdue", href: "/disputes", count: overdue.data?.items.length, more: overdue.data?.nextCursor },
    { text: "home.todo.held", href: "/inbox", count: held.data?.items.length, more: held.data?.nextCursor },
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
  readonly more: string | undefined;
}

function Counts({ items }: { readonly items: readonly Counted[] }) {
  const { t, locale } = useLanguage();
  return (
    <ul className="counts">
      {items.map(({ text, href, count: known = 0, more }) => (
        <li key={text}>
          <Link href={href} className="count-link">
            <strong className="figure">
              {count(known, locale)}
              {more === undefined ? "" : "+"}
            </strong>{" "}
            {t(text)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
