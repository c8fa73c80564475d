import { CheckCircleFilled } from "@ant-design/icons";
import { Button, Collapse, Spin } from "antd";
import { money } from "../format/numbers.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { countsBelow, type Found } from "./findings.ts";
import { FoundText, SeverityIcon } from "./found-notes.tsx";
import { type Path, valueAt } from "./shape.ts";
import type { PlanEditorState, PlanReport } from "./use-plan-editor.ts";

interface Props {
  readonly editor: PlanEditorState;
  readonly onForm: (path: Path) => void;
  readonly onLine: (from: number, to: number) => void;
}

/** All that was found, worst first; each leads to its field and to its line. */
export function FindingsList({ editor, onForm, onLine }: Props) {
  const { t } = useLanguage();
  const { found, isChecking, report } = editor;
  const { wrong, blocks, warns } = countsBelow(found, []);
  const isGood = found.length === 0;
  const heading = (
    <span className="found-heading">
      {isGood && report !== undefined && <CheckCircleFilled className="good" aria-hidden="true" />}
      <span>{isGood && report !== undefined ? t("plan.found.none") : t("plan.found")}</span>
      {wrong > 0 && <Count severity="wrong" count={wrong} />}
      {blocks > 0 && <Count severity="blocks" count={blocks} />}
      {warns > 0 && <Count severity="warns" count={warns} />}
      {isChecking && <Spin size="small" aria-label={t("plan.found.checking")} />}
      {report?.maximumLiability !== undefined && <Liability liability={report.maximumLiability} plan={editor.plan} />}
    </span>
  );
  // Who may not have a plan checked is told nothing of it.
  if (isGood && report === undefined && !isChecking) return null;
  if (isGood) return <div className="found-good">{heading}</div>;
  const list = (
    <ul className="found-list">
      {found.map((one) => (
        <li key={`${one.severity} ${one.code} ${one.path} ${one.message}`}>
          <SeverityIcon severity={one.severity} />
          <FoundText found={one} />
          <span className="found-jumps">
            <Jumps found={one} onForm={onForm} onLine={onLine} />
          </span>
        </li>
      ))}
    </ul>
  );
  return <Collapse size="small" items={[{ key: "found", label: heading, children: list }]} />;
}

function Jumps({ found, onForm, onLine }: { readonly found: Found } & Pick<Props, "onForm" | "onLine">) {
  const { t } = useLanguage();
  return (
    <>
      {found.at.length > 0 && (
        <Button size="small" type="link" onClick={() => onForm(found.at)}>
          {t("plan.found.form")}
        </Button>
      )}
      <Button size="small" type="link" onClick={() => onLine(found.from, found.to)}>
        {t("plan.found.line", { line: found.line })}
      </Button>
    </>
  );
}

function Count({ severity, count }: { readonly severity: Found["severity"]; readonly count: number }) {
  const { t } = useLanguage();
  return (
    <span className={`found-count found-${severity}`}>
      {count} {t(`plan.found.${severity}`)}
    </span>
  );
}

function Liability({
  liability,
  plan,
}: {
  readonly liability: NonNullable<PlanReport["maximumLiability"]>;
  readonly plan: unknown;
}) {
  const { t, locale, language } = useLanguage();
  const rewards = valueAt(plan, ["rewards"]);
  const named = (id: string) => {
    const found = Array.isArray(rewards) ? rewards.find((reward) => valueAt(reward, ["id"]) === id) : undefined;
    return nameIn(language, valueAt(found, ["name"]), id);
  };
  const open = liability.byReward.filter(({ amount }) => amount === undefined).map(({ reward }) => named(reward));
  const text =
    liability.total === undefined
      ? t("plan.liability.open", { rewards: new Intl.ListFormat(locale).format(open) })
      : t("plan.liability", { amount: money(liability.total, liability.currency, locale) });
  return <span className="quiet">{text}</span>;
}
