import { useMemo } from "react";
import { useLanguage } from "../i18n/language.ts";
import { type DiffLine, diffLines, nearChanges } from "./diff.ts";

const SIGNS = { same: " ", gone: "−", new: "+" } as const;

/** Two texts, line by line; what is the same far from any change is left out. */
export function DiffView({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useLanguage();
  const lines = useMemo(() => nearChanges(diffLines(before, after)), [before, after]);
  if (lines.every((line) => line === "gap")) return <p>{t("plan.versions.same")}</p>;
  return (
    <section className="plan-diff" aria-label={t("plan.versions.lines")}>
      {lines.map((line, at) =>
        line === "gap" ? <p key={`gap ${keyOf(lines[at + 1])}`}>⋯</p> : <Line key={keyOf(line)} line={line} />,
      )}
    </section>
  );
}

function keyOf(line: DiffLine | "gap" | undefined): string {
  return line === undefined || line === "gap" ? "end" : `${line.kind} ${line.before} ${line.after}`;
}

function Line({ line: { kind, text, before, after } }: { readonly line: DiffLine }) {
  const { t } = useLanguage();
  return (
    <p className={`diff-${kind}`}>
      <span className="diff-line">{before ?? ""}</span>
      <span className="diff-line">{after ?? ""}</span>
      <span aria-hidden="true">{SIGNS[kind]}</span>
      {kind !== "same" && <span className="hidden">{t(`plan.diff.${kind}`)}</span>}
      <code>{text === "" ? " " : text}</code>
    </p>
  );
}
