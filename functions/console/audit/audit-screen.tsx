import { Button, Card, Checkbox, Input, Select } from "antd";
import { useState } from "react";
import { useAnswer, usePages } from "../api/hooks.ts";
import { count } from "../format/numbers.ts";
import { en } from "../i18n/en.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { ChainState } from "./chain-state.tsx";
import { EntryView } from "./entry-view.tsx";
import { foldedTogether, useTold } from "./told.ts";
import { ALL, COMPANY, queryOf, useFilter } from "./use-filter.ts";

/** Every deed that has a sentence of its own. */
const ACTIONS = Object.keys(en)
  .filter((key) => key.startsWith("audit.action."))
  .map((key) => key.slice("audit.action.".length));

/** Who did what, when, and what came of it; and whether the chains are whole. */
export default function AuditScreen() {
  const { t } = useLanguage();
  const { filter } = useFilter();
  const [apart, setApart] = useState(false);
  const found = usePages("listAudit", { query: queryOf(filter) }, { keeps: true });
  return (
    <div className="page">
      <h1>{t("audit.title")}</h1>
      <p className="quiet">{t("audit.text")}</p>
      <ChainState filter={filter} />
      <Filter />
      <Card title={<h2>{t("audit.entries")}</h2>}>
        <Checkbox checked={apart} onChange={({ target }) => setApart(target.checked)}>
          {t("audit.apart")}
        </Checkbox>
        <Listed query={found}>
          {(entries) =>
            entries.length === 0 && !found.hasNextPage ? (
              <EmptyView title={t("audit.none")} next={t("audit.none.next")} />
            ) : (
              <ol className="audit-list">
                {foldedTogether(entries, apart).map((told) => (
                  <EntryView key={told.entry.hash} told={told} />
                ))}
              </ol>
            )
          }
        </Listed>
      </Card>
    </div>
  );
}

function Filter() {
  const { t, locale } = useLanguage();
  const told = useTold();
  const { filter, set, clear } = useFilter();
  const anchor = useAnswer("getAuditAnchor");
  const chains = (anchor.data?.heads ?? []).map(({ chain, seq }) => ({
    value: chain,
    label: `${told.chain(chain)} · ${count(seq, locale)}`,
  }));
  const actions = ACTIONS.map((action) => ({ value: action, label: told.action(action) }));
  return (
    <div className="row audit-filter">
      <Select
        aria-label={t("audit.chain")}
        showSearch={{ optionFilterProp: "label" }}
        value={filter.chain ?? COMPANY}
        options={[...chains, { value: ALL, label: t("audit.chain.all") }]}
        onChange={(chain: string) => set("chain", chain)}
      />
      <Select
        aria-label={t("audit.what")}
        showSearch={{ optionFilterProp: "label" }}
        value={filter.action ?? ""}
        options={[{ value: "", label: t("audit.what.all") }, ...actions]}
        onChange={(action: string) => set("action", action)}
      />
      <Text name="actor" label={t("audit.who")} key={`actor ${filter.actor ?? ""}`} />
      <Text name="subject" label={t("audit.subject")} key={`subject ${filter.subject ?? ""}`} />
      <Input
        type="date"
        aria-label={t("audit.day")}
        title={t("audit.day")}
        value={filter.day ?? ""}
        onChange={({ target }) => set("day", target.value)}
      />
      {Object.keys(filter).length > 0 && <Button onClick={clear}>{t("audit.clear")}</Button>}
    </div>
  );
}

/** Looked for when it is written whole: the audit finds exact names, not parts of them. */
function Text({ name, label }: { readonly name: "actor" | "subject"; readonly label: string }) {
  const { filter, set } = useFilter();
  return (
    <Input.Search
      allowClear
      aria-label={label}
      placeholder={label}
      defaultValue={filter[name] ?? ""}
      onSearch={(text) => set(name, text.trim())}
    />
  );
}
