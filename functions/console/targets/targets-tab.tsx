import { Card } from "antd";
import { useMemo, useState } from "react";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import type { TabProps } from "../parts/tab-props.ts";
import type { Pasted, Place } from "./clipboard.ts";
import { Conflicts, PasteReport, Problems, SaveReport } from "./notices.tsx";
import { SaveBar } from "./save-bar.tsx";
import { type Cell, type Column, cellOf, deleted, type Found, insisted, type Row, reverted, written } from "./sheet.ts";
import { SheetFilter } from "./sheet-filter.tsx";
import { TargetGrid } from "./target-grid.tsx";
import { useDraft } from "./use-draft.ts";
import { useSaving } from "./use-saving.ts";
import { type Sheet, useSheet } from "./use-sheet.ts";

/** What everybody is to reach: looked at, written, pasted, checked by the server and saved. */
export default function TargetsTab({ campaign, words }: TabProps) {
  const { t } = useLanguage();
  const sheet = useSheet(campaign, words.plan);
  return (
    <Answered query={sheet.targets}>
      {() => (
        <Answered query={sheet.asked}>
          {() =>
            sheet.columns.length === 0 ? (
              <Card>
                <EmptyView title={t("targets.none")} next={t("targets.none.next")} />
              </Card>
            ) : (
              <Targets campaign={campaign} words={words} sheet={sheet} />
            )
          }
        </Answered>
      )}
    </Answered>
  );
}

interface Props extends Pick<TabProps, "campaign" | "words"> {
  readonly sheet: Sheet;
}

function Targets({ campaign, words, sheet }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const draft = useDraft(campaign);
  const saving = useSaving(campaign, sheet, draft);
  const [pasted, setPasted] = useState<Pasted>();
  const [goTo, setGoTo] = useState<Place>();
  const isArchived = words.campaign?.state === "archived";
  const readOnly = !may("importTargets") || isArchived;
  const headOf = (column: Column) => ({ measure: words.measure(column.measure), label: words.label(column.label) });
  const seen = (row: Row, column: Column) => cellOf(row, column, sheet.stored, draft.edits, sheet.asks(row, column));
  const rowOf = useNames(sheet.rows);
  const write = (cells: readonly { readonly cell: Cell; readonly column: Column; readonly text: string }[]) => {
    const texts = cells.map(({ cell, column, text }) => ({ key: cell.key, text, digits: column.digits }));
    draft.set(written(draft.edits, sheet.stored, texts));
  };
  const found = placesOf(sheet, seen, saving.findings);
  return (
    <div className="stack">
      <SheetFilter sheet={sheet} words={words} />
      <SaveBar
        campaign={campaign}
        sheet={sheet}
        draft={draft}
        saving={saving}
        readOnly={readOnly}
        headOf={headOf}
        missing={found.missing}
        wrong={found.wrong.length}
        conflicts={found.conflicts.length}
        onGoTo={setGoTo}
      />
      {readOnly && <p className="quiet">{t(isArchived ? "targets.archived" : "targets.readOnly")}</p>}
      <SaveReport saving={saving} />
      <PasteReport pasted={pasted} onClose={() => setPasted(undefined)} />
      <Conflicts
        conflicts={found.conflicts}
        headOf={headOf}
        before={(key) => draft.edits.get(key)?.was}
        onMine={(key) => draft.set(insisted(draft.edits, sheet.stored, key))}
        onTheirs={(key) => draft.set(reverted(draft.edits, [key]))}
      />
      <Problems wrong={found.wrong} headOf={headOf} onGoTo={setGoTo} />
      {sheet.rows.length === 0 ? (
        <Card loading={sheet.people.isLoading || sheet.units.isLoading}>
          <EmptyView title={t("targets.noRows")} next={t("targets.noRows.next")} />
        </Card>
      ) : (
        <TargetGrid
          rows={sheet.rows}
          columns={sheet.shownColumns}
          cellOf={seen}
          headOf={headOf}
          findings={saving.findings}
          readOnly={readOnly}
          rowOf={rowOf}
          onWrite={write}
          onDelete={(cells) =>
            draft.set(
              deleted(
                draft.edits,
                sheet.stored,
                cells.map(({ key }) => key),
              ),
            )
          }
          onPasted={setPasted}
          onUndo={draft.undo}
          goTo={goTo}
        />
      )}
      {sheet.filter.kind === "people" && sheet.people.data?.more && (
        <p className="quiet">{t("targets.more", { count: sheet.allRows.length })}</p>
      )}
      <details className="targets-help">
        <summary>{t("targets.keys.title")}</summary>
        <p id="targets-keys">{t("targets.keys")}</p>
        <p>{t("targets.keys.paste")}</p>
      </details>
    </div>
  );
}

function placesOf(sheet: Sheet, seen: (row: Row, column: Column) => Cell, findings: ReadonlyMap<string, string>) {
  const [missing, wrong, conflicts]: [Found[], Found[], Found[]] = [[], [], []];
  sheet.rows.forEach((row, index) => {
    sheet.shownColumns.forEach((column, right) => {
      const cell = seen(row, column);
      const message = findings.get(cell.key);
      const found = { place: { row: index, column: right }, row, column, cell, message };
      if (cell.missing) missing.push(found);
      if (cell.problem !== undefined || message !== undefined) wrong.push(found);
      if (cell.conflict) conflicts.push(found);
    });
  });
  return { missing, wrong, conflicts };
}

/** The row of a name or an id; of a name that several have none. */
function useNames(rows: readonly Row[]): (name: string) => number | undefined {
  const byName = useMemo(() => {
    const found = new Map<string, number | undefined>();
    rows.forEach(({ name }, index) => {
      found.set(plain(name), found.has(plain(name)) ? undefined : index);
    });
    rows.forEach(({ subject }, index) => {
      found.set(plain(subject), index);
    });
    return found;
  }, [rows]);
  return (name) => (name === "" ? undefined : byName.get(plain(name)));
}

function plain(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
