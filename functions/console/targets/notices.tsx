import { Alert, Button } from "antd";
import { Link } from "wouter";
import { ApiProblem } from "../api/client.ts";
import { count, decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import type { Pasted, Place } from "./clipboard.ts";
import type { Column, Found } from "./sheet.ts";
import type { useSaving } from "./use-saving.ts";

type HeadOf = (column: Column) => { readonly measure: string; readonly label: string };
const SHOWN = 8;

function useWhat(headOf: HeadOf) {
  return ({ column }: Found) => {
    const { measure, label } = headOf(column);
    return [measure, label, column.slice].filter((part) => part !== "").join(" ");
  };
}

/** What came of saving. */
export function SaveReport({ saving }: { readonly saving: ReturnType<typeof useSaving> }) {
  const { t, locale } = useLanguage();
  const { save, checked, failure } = saving;
  const told = save.data;
  return (
    <>
      {told?.approval !== undefined && (
        <Alert
          type="info"
          showIcon
          closable
          title={t("targets.waiting", { count: count(told.waiting ?? 0, locale) })}
          description={<Link href={`/approvals/${told.approval}`}>{t("targets.waiting.link")}</Link>}
        />
      )}
      {told !== undefined && told.approval === undefined && (
        <Alert
          type="success"
          showIcon
          closable
          title={[
            ...(told.taken > 0 || told.removed === undefined
              ? [t("targets.saved", { count: count(told.taken, locale) })]
              : []),
            ...(told.removed === undefined ? [] : [t("targets.saved.removed", { count: count(told.removed, locale) })]),
          ].join(" ")}
          {...(told.rebuilding.length > 0 ? { description: t("targets.saved.rebuilding") } : {})}
        />
      )}
      {save.error && <SaveFailure error={save.error} />}
      {failure && <ProblemView error={failure} />}
      {checked?.needsApproval && <Alert type="info" showIcon title={t("targets.needsApproval")} />}
    </>
  );
}

function SaveFailure({ error }: { readonly error: Error }) {
  const { t } = useLanguage();
  const isOvertaken = error instanceof ApiProblem && (error.status === 412 || error.status === 409);
  return isOvertaken ? <Alert type="warning" showIcon title={t("targets.overtaken")} /> : <ProblemView error={error} />;
}

export function PasteReport({
  pasted,
  onClose,
}: {
  readonly pasted: Pasted | undefined;
  readonly onClose: () => void;
}) {
  const { t, locale } = useLanguage();
  if (pasted === undefined) return null;
  const { cells, outside, byName } = pasted;
  const unknown = byName?.unknown ?? [];
  const names = `${unknown.slice(0, SHOWN).join(", ")}${unknown.length > SHOWN ? " …" : ""}`;
  const isWhole = outside === 0 && unknown.length === 0;
  return (
    <Alert
      type={isWhole ? "success" : "warning"}
      showIcon
      closable={{ onClose }}
      title={[
        t("targets.pasted", { count: count(cells.length, locale) }),
        ...(byName ? [t("targets.pasted.byName", { rows: count(byName.rows, locale) })] : []),
        ...(outside > 0 ? [t("targets.pasted.outside", { count: count(outside, locale) })] : []),
        ...(unknown.length > 0 ? [t("targets.pasted.unknown", { names })] : []),
      ].join(" ")}
    />
  );
}

interface ProblemsProps {
  readonly wrong: readonly Found[];
  readonly headOf: HeadOf;
  readonly onGoTo: (place: Place) => void;
}

/** What stands in the way of saving, each with the way to it. */
export function Problems({ wrong, headOf, onGoTo }: ProblemsProps) {
  const { t } = useLanguage();
  const what = useWhat(headOf);
  const server = useServerWords();
  if (wrong.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={t("targets.problems")}
      description={
        <ul className="targets-notes">
          {wrong.slice(0, SHOWN).map((found) => (
            <li key={found.cell.key}>
              <Button type="link" size="small" onClick={() => onGoTo({ ...found.place })}>
                {found.row.name}, {what(found)}
              </Button>
              {found.cell.problem === undefined
                ? server.say(found.message ?? "").text
                : t(`targets.problem.${found.cell.problem}`, { text: found.cell.text })}
            </li>
          ))}
          {wrong.length > SHOWN && <li>{"…"}</li>}
        </ul>
      }
    />
  );
}

interface ConflictsProps {
  readonly conflicts: readonly Found[];
  readonly headOf: HeadOf;
  /** What stood there when somebody began to write. */
  readonly before: (key: string) => string | undefined;
  readonly onMine: (key: string) => void;
  readonly onTheirs: (key: string) => void;
}

/** Two changed the same: the second decides, cell by cell. */
export function Conflicts({ conflicts, headOf, before, onMine, onTheirs }: ConflictsProps) {
  const { t, locale } = useLanguage();
  const what = useWhat(headOf);
  if (conflicts.length === 0) return null;
  const shown = (value: string | undefined) => (value === undefined ? "–" : decimal(value, locale));
  return (
    <Alert
      type="warning"
      showIcon
      title={t("targets.conflicts")}
      description={
        <>
          <p>{t("targets.conflicts.next")}</p>
          <ul className="targets-notes">
            {conflicts.slice(0, SHOWN).map((found) => {
              const { cell, row } = found;
              return (
                <li key={cell.key}>
                  {t("targets.conflict.values", {
                    who: row.name,
                    what: what(found),
                    now: shown(cell.stored),
                    before: shown(before(cell.key)),
                    mine: cell.removed
                      ? t("targets.removed")
                      : cell.value === undefined
                        ? cell.text
                        : shown(cell.value),
                  })}{" "}
                  <Button size="small" onClick={() => onMine(cell.key)}>
                    {t("targets.conflict.mine")}
                  </Button>{" "}
                  <Button size="small" onClick={() => onTheirs(cell.key)}>
                    {t("targets.conflict.theirs")}
                  </Button>
                </li>
              );
            })}
          </ul>
        </>
      }
    />
  );
}
