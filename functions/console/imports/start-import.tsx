import { useMutation } from "@tanstack/react-query";
import { Button, Card, Progress, Tag } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { count, percent } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { Choices, type Chosen, isComplete, startOf } from "./choices.tsx";
import { COLUMNS, type ImportKind } from "./kinds.ts";
import { type Peek, peekAt } from "./peek.ts";
import { sendFile } from "./send-file.ts";

/** What the API takes at most; of more it says so itself, after the file was sent. */
const MOST_BYTES = 32 * 1024 * 1024;

interface Props {
  readonly kinds: readonly ImportKind[];
  readonly first: ImportKind;
}

/** Choose what it is, drop the file, and look what it would change. */
export function StartImport({ kinds, first }: Props) {
  const { t, locale } = useLanguage();
  const { api, me } = useCaller();
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<Chosen>(() => firstChoice(first, me.sources));
  const [file, setFile] = useState<File>();
  const [peek, setPeek] = useState<Peek>();
  const [sent, setSent] = useState(0);
  const send = useMutation({
    mutationFn: (one: File) =>
      sendFile(api, { kind: chosen.kind, file: one, start: startOf(chosen), onProgress: setSent }),
    onSuccess: ({ id }) => go(`/imports/${id}`),
  });
  const look = (one: File | undefined, kind: ImportKind) => {
    send.reset();
    setFile(one);
    setPeek(undefined);
    if (one) peekAt(one, kind).then(setPeek, () => setPeek(undefined));
  };
  const change = (changes: Partial<Chosen>) => {
    const next = { ...chosen, ...changes };
    setChosen(next);
    if (changes.kind !== undefined) look(file, next.kind);
  };
  const isTooLarge = file !== undefined && file.size > MOST_BYTES;
  return (
    <Card title={<h2>{t("imports.new")}</h2>}>
      <div className="stack">
        <Choices kinds={kinds} chosen={chosen} onChange={change} />
        <Drop file={file} onFile={(one) => look(one, chosen.kind)} />
        {isTooLarge && (
          <p className="bad">{t("imports.tooLarge", { size: count(MOST_BYTES / 1024 / 1024, locale) })}</p>
        )}
        {peek !== undefined && <Found peek={peek} kind={chosen.kind} />}
        {send.isPending && <Progress percent={Math.round(sent * 100)} aria-label={t("imports.sending")} />}
        {send.error && <ProblemView error={send.error} />}
        <div className="row">
          <Button
            type="primary"
            disabled={file === undefined || isTooLarge || !isComplete(chosen)}
            loading={send.isPending}
            onClick={() => file && send.mutate(file)}
          >
            {send.isPending ? t("imports.sent", { part: percent(sent * 100, locale) }) : t("imports.check")}
          </Button>
          <span className="quiet">{t("imports.check.text")}</span>
        </div>
      </div>
    </Card>
  );
}

function firstChoice(kind: ImportKind, sources: readonly string[]): Chosen {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { kind, mode: "allOrNothing", campaign: "", source: sources[0] ?? "", zone, sheet: "", encoding: "" };
}

/** Dropping is for the mouse, and beside the field that is for everybody: it is heard, and adds nothing to what is read out. */
function useDrop(onFile: (file: File) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const place = ref.current;
    if (place === null) return;
    const stops = new AbortController();
    const on = (name: "dragover" | "dragleave" | "drop", does: (event: DragEvent) => void) =>
      place.addEventListener(name, does, { signal: stops.signal });
    on("dragover", (event) => {
      event.preventDefault();
      setOver(true);
    });
    on("dragleave", () => setOver(false));
    on("drop", (event) => {
      event.preventDefault();
      setOver(false);
      const [first] = event.dataTransfer?.files ?? [];
      if (first) onFile(first);
    });
    return () => stops.abort();
  }, [onFile]);
  return { ref, isOver };
}

/** A file by drag and drop, or by the browser's own choice. */
function Drop({ file, onFile }: { readonly file: File | undefined; readonly onFile: (file: File) => void }) {
  const { t, locale } = useLanguage();
  const id = useId();
  const { ref, isOver } = useDrop(onFile);
  return (
    <div ref={ref} className={isOver ? "facts-drop facts-drop-over" : "facts-drop"}>
      <label htmlFor={id}>{t("imports.drop")}</label>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx"
        onChange={({ target }) => {
          const [first] = target.files ?? [];
          if (first) onFile(first);
        }}
      />
      {file !== undefined && (
        <strong>
          {file.name} · {t("imports.size", { size: count(Math.ceil(file.size / 1024), locale) })}
        </strong>
      )}
      <small className="quiet">{t("imports.formats")}</small>
    </div>
  );
}

/** Columns as they were found, and which are expected and not there. */
function Found({ peek: { encoding, columns }, kind }: { readonly peek: Peek; readonly kind: ImportKind }) {
  const { t } = useLanguage();
  const unknown = columns.filter(({ known }) => !known);
  return (
    <div className="stack-tight">
      <p>{t("imports.found", { count: columns.length, encoding: encoding.toUpperCase() })}</p>
      <p>
        {columns.map(({ heading, known }) => (
          <Tag key={heading}>
            {heading} {!known && <small>({t("imports.column.other")})</small>}
          </Tag>
        ))}
      </p>
      {unknown.length > 0 && (
        <p className="quiet">{t("imports.expected", { columns: COLUMNS[kind].map(([name]) => name).join(", ") })}</p>
      )}
    </div>
  );
}
