import { AutoComplete, Checkbox, Input, InputNumber, Radio, Select, Space } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { nameIn, useLanguage } from "../../i18n/language.ts";
import { policyText } from "../form-model.ts";
import { referencesAt } from "../references.ts";
import { isFields, valueAt } from "../shape.ts";
import { type FieldProps, useField, usePlanForm } from "./context.ts";

/** The single texts, numbers and choices. What is typed goes into the plan when the field is left, or after Enter. */

function useSet({ path }: FieldProps) {
  const { edit } = usePlanForm();
  return (value: unknown) => edit({ do: "set", path, value });
}

/** What stands in a field until it is left. */
function useTyped(value: string, commit: (text: string) => void) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const leave = () => typed !== value && commit(typed);
  return { typed, setTyped, leave };
}

const MONEY = new Set([
  "amount",
  "pays",
  "flat",
  "perUnit",
  "fine",
  "minimumPayout",
  "unitValue",
  "minimum",
  "maximum",
]);

export function TextField(props: FieldProps) {
  const { path, shape, value } = props;
  const { plan } = usePlanForm();
  const name = String(path.at(-1));
  const references = referencesAt(plan, path);
  if (references?.isClosed) return <ReferenceField {...props} />;
  if (name === "zone") return <ListedField {...props} options={Intl.supportedValuesOf("timeZone")} />;
  if (name === "currency") return <ListedField {...props} options={Intl.supportedValuesOf("currency")} />;
  if (/ISO 8601 duration/.test(shape.help ?? "")) return <DurationField {...props} />;
  if (isLocalTime(name, value)) return <PlainField {...props} type="datetime-local" />;
  if (shape.kind === "text" && (shape.most ?? 0) > 500) return <LongField {...props} />;
  if (references !== undefined) return <ProposedField {...props} options={references.options.map(({ id }) => id)} />;
  return <PlainField {...props} />;
}

/** `2018-05-01T00:00`, on the plan's own clock; a date alone or anything else stays a text. */
function isLocalTime(name: string, value: unknown): boolean {
  if (name !== "start" && name !== "end") return false;
  return value === undefined || value === "" || /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(String(value));
}

function textIn(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function PlainField(props: FieldProps & { readonly type?: string }) {
  const { plan, isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  const { typed, setTyped, leave } = useTyped(textIn(props.value), set);
  const currency = valueAt(plan, ["currency"]);
  const isMoney = MONEY.has(String(props.path.at(-1))) && typeof currency === "string";
  const example = props.shape.kind === "text" ? props.shape.example : undefined;
  return (
    <Input
      id={`${id}-input`}
      disabled={isReadOnly}
      value={typed}
      type={props.type ?? "text"}
      {...(isMoney ? { suffix: <span className="quiet">{currency}</span>, inputMode: "decimal" } : {})}
      {...(example === undefined || !isMoney ? {} : { placeholder: example })}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={leave}
      onPressEnter={leave}
    />
  );
}

function LongField(props: FieldProps) {
  const { isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  const { typed, setTyped, leave } = useTyped(textIn(props.value), set);
  return (
    <Input.TextArea
      id={`${id}-input`}
      className="plan-code"
      spellCheck={false}
      rows={1}
      disabled={isReadOnly}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={leave}
    />
  );
}

/** Only what the plan itself has; what stands there all the same is shown. */
function ReferenceField(props: FieldProps) {
  const { t, language } = useLanguage();
  const { plan, isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  const options = referencesAt(plan, props.path)?.options ?? [];
  const chosen = textIn(props.value);
  const all = chosen === "" || options.some((one) => one.id === chosen) ? options : [...options, { id: chosen }];
  return (
    <Select
      id={`${id}-input`}
      showSearch={{ optionFilterProp: "label" }}
      disabled={isReadOnly}
      placeholder={t("plan.choose")}
      value={chosen === "" ? null : chosen}
      options={all.map((one) => ({ value: one.id, label: named(one, language) }))}
      onChange={(next) => next !== null && set(next)}
    />
  );
}

function named({ id, name }: { readonly id: string; readonly name?: unknown }, language: "en" | "zh"): string {
  const shown = nameIn(language, name, "");
  return shown === "" ? id : `${shown} (${id})`;
}

function ListedField({ options, ...props }: FieldProps & { readonly options: readonly string[] }) {
  const { isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  const chosen = textIn(props.value);
  const all = chosen === "" || options.includes(chosen) ? options : [chosen, ...options];
  return (
    <Select
      id={`${id}-input`}
      showSearch
      disabled={isReadOnly}
      value={chosen === "" ? null : chosen}
      options={all.map((one) => ({ value: one, label: one }))}
      onChange={(next) => next !== null && set(next)}
    />
  );
}

/** A text of one's own, with what the plan names elsewhere proposed. */
function ProposedField({ options, ...props }: FieldProps & { readonly options: readonly string[] }) {
  const { isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  const { typed, setTyped, leave } = useTyped(textIn(props.value), set);
  return (
    <AutoComplete
      id={`${id}-input`}
      disabled={isReadOnly}
      value={typed}
      options={options.map((value) => ({ value }))}
      onChange={(next) => setTyped(next ?? "")}
      onSelect={(next: string) => set(next)}
      onBlur={leave}
    />
  );
}

const UNITS = ["D", "W", "M", "Y"] as const;

/** `P15D` as 15 days. Anything finer is written as it is. */
function DurationField(props: FieldProps) {
  const { t } = useLanguage();
  const { isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  const text = textIn(props.value);
  const [, count, unit] = /^P(\d{1,5})([DWMY])$/.exec(text) ?? [];
  const [freshUnit, setFreshUnit] = useState("D");
  if (text !== "" && count === undefined) return <PlainField {...props} />;
  const chosen = unit ?? freshUnit;
  return (
    <Space.Compact block>
      <InputNumber
        id={`${id}-input`}
        min={0}
        max={99999}
        precision={0}
        disabled={isReadOnly}
        value={count === undefined ? null : Number(count)}
        onChange={(next) => next !== null && set(`P${next}${chosen}`)}
      />
      <Select
        aria-label={t("plan.unit")}
        disabled={isReadOnly}
        value={chosen}
        options={UNITS.map((one) => ({ value: one, label: t(`plan.unit.${one}`) }))}
        onChange={(next: string) => (count === undefined ? setFreshUnit(next) : set(`P${count}${next}`))}
      />
    </Space.Compact>
  );
}

export function NumberField(props: FieldProps) {
  const { isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  const least = props.shape.kind === "number" ? props.shape.least : undefined;
  return (
    <InputNumber
      id={`${id}-input`}
      precision={0}
      disabled={isReadOnly}
      {...(least === undefined ? {} : { min: least })}
      value={typeof props.value === "number" ? props.value : null}
      onChange={(next) => next !== null && set(next)}
    />
  );
}

export function FlagField(props: FieldProps) {
  const { isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  return (
    <Checkbox
      id={`${id}-input`}
      disabled={isReadOnly}
      checked={props.value === true}
      onChange={({ target }) => set(target.checked)}
    />
  );
}

/** What can only be so, and is said by being there. */
export function FixedField({ path, shape, value }: FieldProps) {
  const { choice, id } = useField(path, shape);
  const { t } = useLanguage();
  const shown = value ?? (shape.kind === "fixed" ? shape.value : "");
  const isWord = typeof shown === "string" && /^[a-zA-Z]+$/.test(shown);
  const text = shown === true ? t("plan.yes") : isWord ? choice(shown).name : String(shown);
  return (
    <output id={`${id}-input`} className="plan-fixed">
      {text}
    </output>
  );
}

/** A policy: each choice with what it pays. */
export function ChoiceField(props: FieldProps) {
  const { path, shape, value } = props;
  const { isReadOnly } = usePlanForm();
  const { choice, id } = useField(path, shape);
  const set = useSet(props);
  const options = shape.kind === "choice" ? shape.options : [];
  const chosen = typeof value === "string" ? value : undefined;
  const all = chosen === undefined || options.includes(chosen) ? options : [...options, chosen];
  const labels = all.map((word) => ({ word, ...choice(word) }));
  const tells = policyText(shape.help).answers.size > 0 || labels.some(({ help }) => help !== "");
  return (
    <Radio.Group
      aria-labelledby={`${id}-label`}
      className={tells ? "plan-policy" : "plan-choices"}
      disabled={isReadOnly}
      value={chosen ?? null}
      onChange={({ target }) => set(target.value)}
    >
      {labels.map(({ word, name, help }) => (
        <Radio key={word} value={word}>
          {name}
          {help !== "" && <span className="plan-answer">{help}</span>}
        </Radio>
      ))}
    </Radio.Group>
  );
}

export function TagsField(props: FieldProps) {
  const { language } = useLanguage();
  const { plan, isReadOnly } = usePlanForm();
  const set = useSet(props);
  const { id } = useField(props.path, props.shape);
  const references = referencesAt(plan, props.path);
  const options = (references?.options ?? []).map((one) => ({ value: one.id, label: named(one, language) }));
  return (
    <Select
      id={`${id}-input`}
      mode={references?.isClosed ? "multiple" : "tags"}
      disabled={isReadOnly}
      value={Array.isArray(props.value) ? props.value.map(String) : []}
      options={options}
      onChange={(next: string[]) => set(next)}
    />
  );
}

/** A name in each language. */
export function NamesField({ path, shape, value }: FieldProps) {
  const said = isFields(value) ? value : {};
  const { id } = useField(path, shape);
  const fields = shape.kind === "group" ? shape.fields : [];
  const { label } = useField(path, shape);
  return (
    <div className="plan-names">
      {fields.map(({ name }) => (
        <NameInput key={name} id={`${id}-${name}`} path={path} said={said} language={name} of={label.name} />
      ))}
    </div>
  );
}

function NameInput({
  path,
  said,
  language,
  id,
  of,
}: {
  readonly path: FieldProps["path"];
  readonly said: Readonly<Record<string, unknown>>;
  readonly language: string;
  readonly id: string;
  readonly of: string;
}): ReactNode {
  const { isReadOnly, edit } = usePlanForm();
  const { label } = useField([...path, language], { kind: "text" });
  const { typed, setTyped, leave } = useTyped(textIn(said[language]), (text) =>
    text === "" && language !== "en"
      ? edit({ do: "remove", path: [...path, language] })
      : edit({ do: "set", path: [...path, language], value: text }),
  );
  return (
    <Input
      id={id}
      lang={language}
      aria-label={`${of}: ${label.name}`}
      prefix={<span className="quiet">{language}</span>}
      disabled={isReadOnly}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={leave}
      onPressEnter={leave}
    />
  );
}

/** Something that no shape allows: as it stands in the YAML, where it can be mended. */
export function RawField({ value }: FieldProps) {
  const { t } = useLanguage();
  return (
    <div>
      <code className="plan-raw">{JSON.stringify(value)}</code>
      <p className="plan-help">{t("plan.raw")}</p>
    </div>
  );
}
