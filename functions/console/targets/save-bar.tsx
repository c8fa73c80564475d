import { DownloadOutlined, SaveOutlined, UndoOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { csvFile } from "../format/csv.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { saveFile } from "../parts/save-file.ts";
import { StateMark } from "../parts/state-mark.tsx";
import { type Place, type Table, tsvOf } from "./clipboard.ts";
import { type Column, cellKey, type Found } from "./sheet.ts";
import type { Draft } from "./use-draft.ts";
import type { useSaving } from "./use-saving.ts";
import type { Sheet } from "./use-sheet.ts";

interface Props {
  readonly campaign: string;
  readonly sheet: Sheet;
  readonly draft: Draft;
  readonly saving: ReturnType<typeof useSaving>;
  readonly readOnly: boolean;
  readonly headOf: (column: Column) => { readonly measure: string; readonly label: string };
  readonly missing: readonly Found[];
  readonly wrong: number;
  readonly conflicts: number;
  readonly onGoTo: (place: Place) => void;
}

export function SaveBar(props: Props) {
  const { sheet, draft, saving, readOnly, missing, wrong, conflicts, onGoTo } = props;
  const { t, locale } = useLanguage();
  const { modal } = App.useApp();
  const { sendable, removals, checked, save } = saving;
  const changed = draft.edits.size;
  // Every edit can be read, none is found fault with, and nobody else's is overwritten unasked.
  const isReady = checked !== undefined && sendable === changed && checked.found.size === 0 && conflicts === 0;
  const discard = () =>
    modal.confirm({
      title: t("targets.discard.title"),
      content: t("targets.discard.text", { count: changed }),
      okText: t("targets.discard.ok"),
      cancelText: t("targets.cancel"),
      onOk: () => draft.set(new Map()),
    });
  const send = () => save.mutate(draft.edits);
  const namesOf = useNamesOf(sheet);
  const askToRemove = () =>
    modal.confirm({
      title: t("targets.remove.title", { count: count(removals.length, locale) }),
      content: t("targets.remove.text", { who: namesOf(removals.map(({ place }) => place.subject)) }),
      okText: t("targets.remove.ok"),
      okButtonProps: { danger: true },
      cancelText: t("targets.cancel"),
      onOk: send,
    });
  return (
    <div className="row targets-bar">
      {!readOnly && (
        <>
          <Button
            type="primary"
            icon={<SaveOutlined />}
            disabled={!isReady}
            loading={save.isPending}
            onClick={removals.length > 0 ? askToRemove : send}
          >
            {t(checked?.needsApproval ? "targets.save.ask" : "targets.save", { count: count(changed, locale) })}
          </Button>
          <Button icon={<UndoOutlined />} disabled={!draft.canUndo} onClick={draft.undo}>
            {t("targets.undo")}
          </Button>
          {changed > 0 && <Button onClick={discard}>{t("targets.discard")}</Button>}
        </>
      )}
      <Export {...props} />
      <span className="targets-state" role="status">
        {!readOnly && <Told {...props} changed={changed} wrong={wrong} isReady={isReady} />}
      </span>
      {missing[0] && (
        <Button type="link" onClick={() => onGoTo({ ...(missing[0]?.place ?? { row: 0, column: 0 }) })}>
          {t("targets.missingCount", { count: count(missing.length, locale) })} · {t("targets.next")}
        </Button>
      )}
    </div>
  );
}

const NAMES_SHOWN = 8;

/** Whose targets go, each once; of very many the first. */
function useNamesOf(sheet: Sheet): (subjects: readonly string[]) => string {
  return (subjects) => {
    const names = new Map(sheet.allRows.map(({ subject, name }) => [subject, name]));
    const all = [...new Set(subjects)].map((subject) => names.get(subject) ?? subject);
    return `${all.slice(0, NAMES_SHOWN).join(", ")}${all.length > NAMES_SHOWN ? " …" : ""}`;
  };
}

function Told({ saving, changed, wrong, isReady }: Props & { readonly changed: number; readonly isReady: boolean }) {
  const { t, locale } = useLanguage();
  if (changed === 0) return <StateMark tone="quiet">{t("targets.unchanged")}</StateMark>;
  const going = saving.removals.length;
  const changes = [
    ...(changed > going ? [t("targets.changed", { count: count(changed - going, locale) })] : []),
    ...(going > 0 ? [t("targets.removed.count", { count: count(going, locale) })] : []),
  ].join(" · ");
  if (wrong > 0)
    return (
      <StateMark tone="bad">
        {changes} · {t("targets.toMend", { count: count(wrong, locale) })}
      </StateMark>
    );
  if (saving.isChecking)
    return (
      <StateMark tone="busy">
        {changes} · {t("targets.checking")}
      </StateMark>
    );
  return (
    <StateMark tone={isReady ? "good" : "waiting"}>
      {isReady ? `${changes} · ${t("targets.checked")}` : changes}
    </StateMark>
  );
}

function Export({ campaign, sheet, headOf, draft }: Props) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const done = () => {
    if (draft.edits.size > 0) message.info(t("targets.export.ofUnsaved"));
  };
  const shown = (): Table => {
    const heads = sheet.shownColumns.map((column) => {
      const { measure, label } = headOf(column);
      return [measure, label, column.slice].filter((part) => part !== "").join(" ");
    });
    const rows = sheet.rows.map((row) => [
      row.subject,
      row.name,
      ...sheet.shownColumns.map((column) => sheet.stored.get(cellKey(row.subject, column)) ?? ""),
    ]);
    return [["", t("targets.who"), ...heads], ...rows];
  };
  const items = [
    {
      key: "csv",
      label: t("targets.export.csv"),
      onClick: () => {
        const rows = (sheet.targets.data?.pages ?? []).flatMap(({ items: targets }) =>
          targets.map(({ subject, measure, label, slice, value }) => [subject, measure, label, slice, value]),
        );
        const table = [["subject", "measure", "label", "slice", "value"], ...rows];
        saveFile(`${campaign}-targets.csv`, csvFile(table));
        done();
      },
    },
    {
      key: "table",
      label: t("targets.export.table"),
      onClick: () => {
        saveFile(`${campaign}-targets-table.csv`, csvFile(shown()));
        done();
      },
    },
    {
      key: "copy",
      label: t("targets.export.copy"),
      onClick: async () => {
        await navigator.clipboard.writeText(tsvOf(shown()));
        message.success(t("targets.export.copied"));
      },
    },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button icon={<DownloadOutlined />}>{t("targets.export")}</Button>
    </Dropdown>
  );
}
