import { Alert, Button, Progress, Segmented, Select } from "antd";
import { useMemo, useState } from "react";
import type { PlanWords } from "../api/plan-names.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { DifferenceRows, DifferencesDownload } from "./difference-rows.tsx";
import { DifferenceTotals } from "./difference-totals.tsx";
import { PayeeLines } from "./payee-lines.tsx";
import { usePayeeNames } from "./payee-names.ts";
import { PayeeSearch } from "./payee-search.tsx";
import type { SectionContent } from "./section-content.ts";
import type { Run } from "./types.ts";
import { type Compared, useComparison, type Wanted } from "./use-comparison.ts";

const DIRECTIONS = ["all", "more", "less"] as const;
const KINDS = ["participant", "unit"] as const;

/** Who gets more or less than was posted last, and why: both runs side by side, as the API compares them. */
export function Differences(props: SectionContent) {
  const { t } = useLanguage();
  const { run, before } = props;
  const [wanted, setWanted] = useState<Wanted>({ direction: "all", reward: undefined });
  const compared = useComparison(run, before, wanted);
  if (run.state === "computing" || run.state === "failed")
    return <EmptyView title={t("differences.notYet")} next={t("differences.notYet.next")} />;
  const changed = compared.totals.reduce((sum, total) => sum + total.changed, 0);
  return (
    <div className="stack">
      <p className="quiet">{before ? t("differences.text", { run: before.runId }) : t("differences.text.first")}</p>
      {before && before.planVersion !== run.planVersion && (
        <Alert
          type="info"
          showIcon
          title={t("differences.plan", { before: before.planVersion, after: run.planVersion })}
        />
      )}
      <Reading compared={compared} />
      {compared.totals.length > 0 && <DifferenceTotals totals={compared.totals} />}
      {changed > 0 && <Payees {...props} compared={compared} wanted={wanted} setWanted={setWanted} changed={changed} />}
      {compared.isDone && changed === 0 && (
        <EmptyView title={t("differences.none")} next={t("differences.none.next")} />
      )}
    </div>
  );
}

/** How far the comparison is; of runs of usual size one answer tells all. */
function Reading({ compared: { isDone, percent, error, retry } }: { readonly compared: Compared }) {
  const { t } = useLanguage();
  if (error) return <ProblemView error={error} onRetry={retry} />;
  if (isDone) return null;
  const label = t("differences.reading", { percent: percent ?? 0 });
  return (
    <div className="row" role="status">
      <Progress className="reading" percent={percent ?? 0} showInfo={false} aria-label={label} />
      <span>{label}</span>
    </div>
  );
}

interface PayeesProps extends SectionContent {
  readonly compared: Compared;
  readonly wanted: Wanted;
  readonly setWanted: (wanted: Wanted) => void;
  readonly changed: number;
}

/** The largest differences; of very many payees the others are counted, and found by their id. */
function Payees({ run, before, words, compared, wanted, setWanted, changed }: PayeesProps) {
  const { t, locale } = useLanguage();
  const nameOf = usePayeeNames();
  const [text, setText] = useState("");
  const typed = text.trim();
  const rows = useMemo(
    () =>
      compared.payees.filter(({ payee }) => `${nameOf(payee)} ${payee.id}`.toLowerCase().includes(typed.toLowerCase())),
    [compared.payees, nameOf, typed],
  );
  const matching = compared.totals.reduce((sum, total) => sum + total.matching, 0);
  const left = matching - compared.payees.length;
  return (
    <>
      <div className="row table-tools">
        <PayeeSearch text={text} onType={setText} />
        <Filters run={run} before={before} words={words} wanted={wanted} setWanted={setWanted} />
        <DifferencesDownload run={run} rows={rows} words={words} nameOf={nameOf} />
      </div>
      <p className="quiet" role="status">
        {t("differences.shown", { shown: count(rows.length, locale), of: count(changed, locale) })}
      </p>
      {left > 0 && <p className="quiet">{t("differences.cut", { left: count(left, locale) })}</p>}
      {left > 0 && rows.length === 0 && typed !== "" ? (
        <LookedUp id={typed} run={run} before={before} words={words} />
      ) : (
        <DifferenceRows rows={rows} run={run} before={before} words={words} nameOf={nameOf} />
      )}
    </>
  );
}

interface FilterProps {
  readonly run: Run;
  readonly before: Run | undefined;
  readonly words: PlanWords;
  readonly wanted: Wanted;
  readonly setWanted: (wanted: Wanted) => void;
}

function Filters({ run, before, words, wanted, setWanted }: FilterProps) {
  const { t } = useLanguage();
  const rewards = [run, before].flatMap((one) => Object.keys(one?.totals?.byReward ?? {}));
  return (
    <>
      <Segmented
        options={DIRECTIONS.map((value) => ({ value, label: t(`differences.${value}`) }))}
        value={wanted.direction}
        onChange={(direction) => setWanted({ ...wanted, direction })}
        aria-label={t("differences.direction")}
      />
      <Select
        allowClear
        placeholder={t("differences.everyReward")}
        aria-label={t("runs.reward")}
        options={[...new Set(rewards)].sort().map((value) => ({ value, label: words.reward(value) }))}
        value={wanted.reward}
        onChange={(reward) => setWanted({ ...wanted, reward })}
        className="tool-select"
      />
    </>
  );
}

/** Whoever has this very id, and is not among those who are listed. */
function LookedUp({ id, ...props }: SectionContent & { readonly id: string }) {
  const { t } = useLanguage();
  const [asked, setAsked] = useState<string>();
  if (asked !== id) return <Button onClick={() => setAsked(id)}>{t("differences.lookUp", { id })}</Button>;
  return KINDS.map((kind) => (
    <section key={kind} className="stack">
      <h3>
        {t(`statement.${kind}`)} {id}
      </h3>
      <PayeeLines {...props} payee={{ kind, id }} />
    </section>
  ));
}
