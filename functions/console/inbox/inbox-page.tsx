import { Button, Card, Drawer, Input, Select, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { useCaller, usePages } from "../api/hooks.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { InboxTable } from "./inbox-table.tsx";
import { ItemView } from "./item-view.tsx";
import { INBOX_KINDS, type InboxItem, type InboxKind } from "./items.ts";
import { isReplayable, useReplays } from "./replay.ts";
import { ReplayProgress } from "./replay-progress.tsx";
import { type Inbox, useInbox } from "./use-inbox.ts";

/** What the list shows; it stands in the address, so that one finds it again. */
interface Filters {
  readonly kind: string;
  readonly source: string;
  readonly search: string;
  readonly day: string;
  readonly done: boolean;
  readonly item: string;
}

/** Everything that sources said and that is no fact yet, over all sources. */
export default function InboxPage() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const sources = usePages("listSources", { query: { limit: 200 } }, { enabled: may("listSources") });
  const names = (sources.data?.pages ?? []).flatMap(({ items }) => items.map(({ source }) => source));
  const [pages, setPages] = useState(1);
  const [filters, setFilters] = useFilters();
  const inbox = useInbox(filters.source === "" ? names : [filters.source], pages);
  if (sources.error) return <ProblemView error={sources.error} onRetry={() => sources.refetch()} />;
  return (
    <div className="page">
      <h1>{t("inbox.title")}</h1>
      <p className="quiet">{t("inbox.text")}</p>
      <FilterRow filters={filters} setFilters={setFilters} sources={names} />
      {inbox.error && <ProblemView error={inbox.error} onRetry={inbox.retry} />}
      {inbox.isLoading && inbox.items.length === 0 ? (
        <Loading />
      ) : (
        <Items inbox={inbox} filters={filters} setFilters={setFilters} onMore={() => setPages(pages * 5)} />
      )}
    </div>
  );
}

function useFilters(): [Filters, (changes: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const text = (name: string) => params.get(name) ?? "";
  const filters = {
    kind: text("kind"),
    source: text("source"),
    search: text("search"),
    day: text("day"),
    item: text("item"),
    done: text("done") === "yes",
  };
  const set = (changes: Partial<Filters>) => {
    const { done, ...texts } = { ...filters, ...changes };
    const said = Object.entries({ ...texts, done: done ? "yes" : "" }).filter(([, value]) => value !== "");
    setParams(new URLSearchParams(said), { replace: true });
  };
  return [filters, set];
}

interface FilterProps {
  readonly filters: Filters;
  readonly setFilters: (changes: Partial<Filters>) => void;
}

function FilterRow({ filters, setFilters, sources }: FilterProps & { readonly sources: readonly string[] }) {
  const { t } = useLanguage();
  const all = { value: "", label: t("inbox.source.all") };
  return (
    <div className="row filters facts-filters">
      <Input.Search
        allowClear
        aria-label={t("inbox.search")}
        placeholder={t("inbox.search")}
        value={filters.search}
        onChange={({ target }) => setFilters({ search: target.value })}
      />
      <Select
        showSearch
        aria-label={t("inbox.source")}
        value={filters.source}
        onChange={(source) => setFilters({ source })}
        options={[all, ...sources.map((source) => ({ value: source, label: source }))]}
      />
      <Input
        type="date"
        aria-label={t("inbox.day")}
        value={filters.day}
        onChange={({ target }) => setFilters({ day: target.value })}
      />
      <Select
        aria-label={t("inbox.state")}
        value={filters.done}
        onChange={(done) => setFilters({ done })}
        options={[
          { value: false, label: t("inbox.open") },
          { value: true, label: t("inbox.done") },
        ]}
      />
    </div>
  );
}

/** The calendar day on which it came, by the reader's clock. */
function dayOf(at: string): string {
  const instant = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}

function Items({
  inbox,
  filters,
  setFilters,
  onMore,
}: FilterProps & { readonly inbox: Inbox; readonly onMore: () => void }) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { progress, start, stop, close } = useReplays();
  const { source, search, day, done, kind } = filters;
  const fits = (item: InboxItem) =>
    item.isDone === done &&
    (source === "" || item.source === source) &&
    (day === "" || dayOf(item.at) === day) &&
    item.text.toLowerCase().includes(search.trim().toLowerCase());
  const found = inbox.items.filter(fits);
  const shown = found.filter((item) => kind === "" || item.kind === kind);
  const selected = shown.filter(({ key }) => chosen.includes(key)).filter(isReplayable);
  const opened = inbox.items.find(({ key }) => key === filters.item);
  return (
    <>
      <Kinds found={found} hasMore={inbox.hasMore} filters={filters} setFilters={setFilters} />
      {progress !== undefined && <ReplayProgress progress={progress} onStop={stop} onClose={close} />}
      <Card>
        {may("replayFact") && !done && shown.some(isReplayable) && (
          <div className="row">
            <Button
              type="primary"
              disabled={selected.length === 0 || progress?.isRunning === true}
              onClick={() => start(selected).then(() => setChosen([]))}
            >
              {t("inbox.replay.several", { count: count(selected.length, locale) })}
            </Button>
            <span className="quiet">{t("inbox.replay.hint")}</span>
          </div>
        )}
        {shown.length === 0 ? (
          <EmptyView
            title={t(inbox.items.length === 0 ? "inbox.none" : "inbox.none.here")}
            next={t(inbox.items.length === 0 ? "inbox.none.next" : "inbox.none.here.next")}
          />
        ) : (
          <InboxTable
            items={shown}
            chosen={chosen}
            {...(may("replayFact") && !done ? { onChoose: setChosen } : {})}
            onOpen={({ key }) => setFilters({ item: key })}
          />
        )}
        {inbox.hasMore.size > 0 && <Button onClick={onMore}>{t("page.more")}</Button>}
      </Card>
      <Drawer
        open={opened !== undefined}
        size="large"
        title={opened?.name}
        onClose={() => setFilters({ item: "" })}
        destroyOnHidden
      >
        {opened !== undefined && <ItemView item={opened} key={opened.key} />}
      </Drawer>
    </>
  );
}

interface KindsProps extends FilterProps {
  readonly found: readonly InboxItem[];
  readonly hasMore: ReadonlySet<InboxKind>;
}

/** How many there are of each kind; each is a filter. */
function Kinds({ found, hasMore, filters, setFilters }: KindsProps) {
  const { t, locale } = useLanguage();
  return (
    <ul className="facts-kinds">
      {INBOX_KINDS.map((kind) => {
        const number = found.filter((item) => item.kind === kind).length;
        const isOn = filters.kind === kind;
        return (
          <li key={kind}>
            <button
              type="button"
              className={isOn ? "facts-kind facts-kind-on" : "facts-kind"}
              aria-pressed={isOn}
              onClick={() => setFilters({ kind: isOn ? "" : kind })}
            >
              <span className="facts-count figure">
                {count(number, locale)}
                {hasMore.has(kind) ? "+" : ""}
              </span>
              <span>{t(`inbox.kind.${kind}`)}</span>
              <small className="quiet">{t(`inbox.kind.${kind}.text`)}</small>
            </button>
          </li>
        );
      })}
      {filters.kind !== "" && (
        <li className="facts-kind-all">
          <Tag closable onClose={() => setFilters({ kind: "" })}>
            {t("inbox.kind.only")}
          </Tag>
        </li>
      )}
    </ul>
  );
}
