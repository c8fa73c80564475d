import { AutoComplete, Button, Card, Form, Segmented } from "antd";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { useUnits } from "../api/use-units.ts";
import { useLanguage } from "../i18n/language.ts";
import type { Payee } from "./types.ts";

type Kind = Payee["kind"];

interface Option {
  readonly value: string;
  readonly label: string;
}

const MOST_SHOWN = 50;
const TYPED_MS = 250;

/** Whose statement: people are looked for by name or id as one types, units likewise. */
export function ChoosePayee({ campaign }: { readonly campaign: string }) {
  const { t } = useLanguage();
  const [, go] = useLocation();
  const [kind, setKind] = useState<Kind>("participant");
  const [typed, setTyped] = useState("");
  const searched = useSettled(typed.trim());
  const people = usePeople(searched, kind === "participant");
  const units = useUnitOptions(searched, kind === "unit");
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
      <Form layout="inline" onFinish={() => open(typed)} className="choose">
        <Segmented<Kind> options={kinds} value={kind} onChange={setKind} aria-label={t("statement.choose")} />
        <AutoComplete
          options={kind === "participant" ? people : units}
          value={typed}
          onChange={setTyped}
          onSelect={open}
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

/** What was typed, once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function usePeople(searched: string, isAsked: boolean): Option[] {
  const { may } = useCaller();
  const query = { limit: MOST_SHOWN, ...(searched === "" ? {} : { q: searched }) };
  const found = useAnswer("listPeople", { query }, { enabled: isAsked && may("listPeople"), keeps: true });
  return (found.data?.items ?? []).map(({ participantId, memberships }) => {
    const last = memberships.at(-1);
    const said = [participantId, last?.name, last?.unit].filter((text) => text !== undefined);
    return { value: participantId, label: said.join(" · ") };
  });
}

function useUnitOptions(searched: string, isAsked: boolean): Option[] {
  const { may } = useCaller();
  const { units } = useUnits(undefined, isAsked && may("listOrgUnits"));
  const fits = (text: string) => text.toLowerCase().includes(searched.toLowerCase());
  return (units ?? [])
    .filter(({ unit, name }) => fits(`${unit} ${name}`))
    .map(({ unit, name }) => ({ value: unit, label: `${unit} · ${name}` }));
}
