import { AutoComplete, Button, Card, Form, Segmented } from "antd";
import { useState } from "react";
import { useLocation } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import type { TabProps } from "../campaign/tab-props.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { StatementView } from "./statement-view.tsx";

/** A seller's own statement; others choose whose. */
export function StatementTab({ campaign, words, rest: [payeeKind, payeeId, run] }: TabProps) {
  const { me } = useCaller();
  const isOwn = me.roles.every((role) => role === "seller");
  const id = payeeId ?? (isOwn ? me.subject : undefined);
  const kind = payeeKind === "unit" ? "unit" : "participant";
  return (
    <div className="stack">
      {!isOwn && <Choose campaign={campaign} words={words} />}
      {id !== undefined && (
        <StatementView
          key={`${kind} ${id}`}
          campaign={campaign}
          words={words}
          payee={{ kind, id }}
          isOwn={isOwn}
          run={run}
        />
      )}
    </div>
  );
}

type Kind = "participant" | "unit";

function Choose({ campaign, words }: { readonly campaign: string; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const [kind, setKind] = useState<Kind>("participant");
  const [id, setId] = useState("");
  const runs = useAnswer("listRuns", { params: { campaign }, query: { limit: 200 } }, { enabled: may("listRuns") });
  const run = runs.data?.items.findLast(({ lineCount = 0 }) => lineCount > 0);
  const lines = useAnswer(
    "listLines",
    { params: { campaign, runId: run?.runId ?? "" }, query: { limit: 200 } },
    { enabled: run !== undefined && may("listLines") },
  );
  const options = (lines.data?.items ?? [])
    .filter(({ payee }) => payee.kind === kind)
    .map(({ payee, reward, amount, currency }) => ({
      value: payee.id,
      label: `${payee.id} · ${words.reward(reward)} · ${money(amount, currency, locale)}`,
    }));
  const open = (chosen: string) => {
    if (chosen.trim() !== "") go(`/campaigns/${campaign}/statement/${kind}/${encodeURIComponent(chosen.trim())}`);
  };
  const kinds: { value: Kind; label: string }[] = [
    { value: "participant", label: t("statement.participant") },
    { value: "unit", label: t("statement.unit") },
  ];
  return (
    <Card size="small" className="no-print" title={<h2>{t("statement.choose")}</h2>}>
      <p className="quiet">{t("statement.choose.text")}</p>
      <Form layout="inline" onFinish={() => open(id)} className="choose">
        <Segmented options={kinds} value={kind} onChange={setKind} aria-label={t("statement.choose")} />
        <AutoComplete
          options={options.filter((option, at) => options.findIndex(({ value }) => value === option.value) === at)}
          value={id}
          onChange={setId}
          onSelect={open}
          showSearch={{
            filterOption: (typed, option) => option?.label.toLowerCase().includes(typed.toLowerCase()) ?? false,
          }}
          placeholder={t("statement.choose.placeholder")}
          aria-label={t("statement.choose.placeholder")}
          className="choose-id"
        />
        <Button htmlType="submit" type="primary">
          {t("home.open.button")}
        </Button>
      </Form>
    </Card>
  );
}
