import { AutoComplete, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import type { Answer, Call } from "../api/client.ts";
import { useAnswer } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import type { ShownDispute } from "./types.ts";

type Remedy = NonNullable<Call<"acceptDispute">["body"]>["remedy"];
type Fact = Extract<Remedy, { kind: "fact-correction" }>["fact"];
type Recorded = Answer<"getFact">["versions"][number];

interface Named {
  readonly source: string;
  readonly externalId: string;
}

interface Props {
  readonly dispute: ShownDispute;
  readonly onChange: (fact: Fact | undefined) => void;
}

/** Which sale was reported wrongly, and how it should have been: its next version. */
export function CorrectFact({ dispute, onChange }: Props) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState("");
  const [named, setNamed] = useState<Named>();
  const options = factsOf(dispute).map((value) => ({ value }));
  const open = (text: string) => {
    onChange(undefined);
    setNamed(namedBy(text));
  };
  return (
    <>
      <Form.Item label={t("disputes.fact.which")} htmlFor="remedy-fact" extra={t("disputes.fact.which.hint")}>
        <div className="row">
          <AutoComplete
            id="remedy-fact"
            className="fact-key"
            options={options}
            value={typed}
            onChange={setTyped}
            onSelect={open}
            showSearch={{ filterOption: (text, option) => option?.value.includes(text) ?? false }}
          />
          <Button disabled={namedBy(typed) === undefined} onClick={() => open(typed)}>
            {t("disputes.fact.read")}
          </Button>
        </div>
      </Form.Item>
      {named && <Newest key={`${named.source}#${named.externalId}`} named={named} onChange={onChange} />}
    </>
  );
}

function Newest({ named, onChange }: { readonly named: Named; readonly onChange: Props["onChange"] }) {
  const { source, externalId } = named;
  const read = useAnswer("getFact", { params: { source, externalId } });
  return (
    <Answered query={read}>
      {({ versions }) => {
        const newest = versions.at(-1);
        return newest === undefined ? null : <Edit recorded={newest} onChange={onChange} />;
      }}
    </Answered>
  );
}

/** The fields by which sales are reported wrongly; the rest stays as it is. */
const EDITED = ["participantId", "amount", "value", "quantity", "occurredAt", "product", "channel"] as const;
type Edited = (typeof EDITED)[number] | "status";

function Edit({ recorded, onChange }: { readonly recorded: Recorded; readonly onChange: Props["onChange"] }) {
  const { t } = useLanguage();
  const [changes, setChanges] = useState<Readonly<Partial<Record<Edited, string>>>>({});
  const before = new Map<string, unknown>(Object.entries(recorded));
  const fields = EDITED.filter((field) => before.has(field));
  const set = (field: Edited, value: string) => {
    const { [field]: _old, ...others } = changes;
    const next = value === String(before.get(field)) ? others : { ...others, [field]: value };
    setChanges(next);
    onChange(Object.keys(next).length === 0 ? undefined : corrected(recorded, next));
  };
  const statuses = [
    { value: "active", label: t("disputes.fact.active") },
    { value: "cancelled", label: t("disputes.fact.cancelled") },
  ];
  return (
    <div className="fact-edit">
      {fields.map((field) => (
        <Form.Item key={field} label={t(`disputes.fact.${field}`)} htmlFor={`fact-${field}`}>
          <Input
            id={`fact-${field}`}
            autoComplete="off"
            value={changes[field] ?? String(before.get(field))}
            onChange={({ target }) => set(field, target.value)}
          />
          <Was before={String(before.get(field))} now={changes[field]} />
        </Form.Item>
      ))}
      <Form.Item label={t("disputes.fact.status")} htmlFor="fact-status">
        <Select
          id="fact-status"
          value={changes.status ?? recorded.status}
          options={statuses}
          onChange={(value: string) => set("status", value)}
        />
        <Was before={t(`disputes.fact.${recorded.status}`)} now={changes.status} />
      </Form.Item>
    </div>
  );
}

function Was({ before, now }: { readonly before: string; readonly now: string | undefined }) {
  const { t } = useLanguage();
  return now === undefined ? null : <small className="quiet">{t("disputes.fact.was", { before })}</small>;
}

/** The next version of it, as its source would have reported it. */
function corrected(
  { recordedAt: _known, ...recorded }: Recorded,
  changes: Readonly<Partial<Record<Edited, string>>>,
): Fact {
  const { status, ...texts } = changes;
  const next = { ...recorded, ...texts, version: recorded.version + 1 };
  return status === "active" || status === "cancelled" ? { ...next, status } : next;
}

/** Keys of the sales behind the line. */
function factsOf({ line, notAwarded }: ShownDispute): string[] {
  const trace = line?.trace ?? notAwarded?.trace ?? [];
  const keys = trace.flatMap((step) => {
    if (step.step === "measure") return step.contributions?.map(({ fact }) => fact) ?? [];
    return step.step === "cancelled" ? [step.fact] : [];
  });
  return [...new Set(keys)];
}

/** `pos#4471`: a source, and the fact's id there. */
function namedBy(text: string): Named | undefined {
  const at = text.trim().indexOf("#");
  const [source, externalId] = [text.trim().slice(0, at), text.trim().slice(at + 1)];
  return at > 0 && externalId !== "" ? { source, externalId } : undefined;
}
