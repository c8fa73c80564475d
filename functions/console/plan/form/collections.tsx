import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Dropdown, Select } from "antd";
import { type ReactNode, useState } from "react";
import { nameIn, useLanguage } from "../../i18n/language.ts";
import { blankItem, switched } from "../blanks.ts";
import { groupView } from "../form-model.ts";
import { FoundNotes } from "../found-notes.tsx";
import { fieldLabel } from "../labels.ts";
import { pointerOf } from "../plan-text.ts";
import { referencesAt } from "../references.ts";
import { branchOf, isFields, type Path, type Field as PlanPart, type Shape } from "../shape.ts";
import { type FieldProps, fieldId, useField, usePlanForm } from "./context.ts";
import { RemoveField, RequiredMark } from "./marks.tsx";
import { RawField } from "./values.tsx";

/** The fields of an object: those that it has and must have, and a menu of the others. */
export function GroupField({ path, shape, value, required }: FieldProps) {
  const { label, found, id } = useField(path, shape);
  return (
    <fieldset className="plan-group" id={id}>
      <legend>
        {label.name} {required ? <RequiredMark /> : <RemoveField path={path} name={label.name} />}
      </legend>
      {label.help !== "" && <p className="plan-help">{label.help}</p>}
      <FoundNotes found={found} />
      <Fields path={path} shape={shape} value={value} />
    </fieldset>
  );
}

export function Fields({ path, shape, value, without = [] }: FieldProps & { readonly without?: readonly string[] }) {
  const { found, Field } = usePlanForm();
  if (shape.kind !== "group") return null;
  const said = isFields(value) ? value : {};
  const hasFinding = ({ name }: { readonly name: string }) => found.has(pointerOf([...path, name]));
  const { shown, addable, unknown } = groupView(
    shape.fields.filter(({ name }) => !without.includes(name)),
    Object.fromEntries(Object.entries(said).filter(([name]) => !without.includes(name))),
  );
  const asked = [...shown, ...addable.filter(hasFinding)];
  return (
    <>
      <div className="plan-fields">
        {asked.map(({ name, required, shape: inner }) => (
          <Field key={name} path={[...path, name]} shape={inner} value={said[name]} required={required} />
        ))}
        {unknown.map((name) => (
          <Field key={name} path={[...path, name]} shape={{ kind: "any" }} value={said[name]} />
        ))}
      </div>
      <AddFields path={path} fields={addable.filter((field) => !hasFinding(field))} />
    </>
  );
}

/** What can be said besides. */
export function AddFields({ path, fields }: { readonly path: Path; readonly fields: readonly PlanPart[] }) {
  const { t, language } = useLanguage();
  const { isReadOnly, edit } = usePlanForm();
  if (isReadOnly || fields.length === 0) return null;
  return (
    <fieldset className="plan-add" aria-label={t("plan.more")}>
      {fields.map(({ name, shape }) => {
        const place = [...path, name];
        const label = fieldLabel(language, place, shape);
        return (
          <Button
            key={name}
            size="small"
            type="dashed"
            icon={<PlusOutlined />}
            title={label.help}
            onClick={() => edit({ do: "set", path: place, value: blankItem(shape, []) })}
          >
            {label.name}
          </Button>
        );
      })}
    </fieldset>
  );
}

/** Things in order: add, take out, move. */
export function ListField({ path, shape, value, required }: FieldProps) {
  const { t } = useLanguage();
  const { isReadOnly, edit } = usePlanForm();
  const { label, found, id } = useField(path, shape);
  const items = Array.isArray(value) ? value : [];
  const item = shape.kind === "list" ? shape.of : ({ kind: "any" } as const);
  return (
    <fieldset className="plan-group" id={id}>
      <legend>
        {label.name} {required ? <RequiredMark /> : <RemoveField path={path} name={label.name} />}
      </legend>
      {label.help !== "" && <p className="plan-help">{label.help}</p>}
      <FoundNotes found={found} />
      {items.map((one, at) => (
        <Item key={fieldId([...path, at])} path={[...path, at]} shape={item} value={one} of={items.length} />
      ))}
      {!isReadOnly && (
        <div className="plan-add">
          <AddItem
            shape={item}
            onAdd={(word) =>
              edit({ do: "insert", path, at: items.length, value: blankItem(item, items, String(path.at(-1)), word) })
            }
          >
            {t("plan.add", { name: label.name })}
          </AddItem>
        </div>
      )}
    </fieldset>
  );
}

/** A button; where there are several kinds of things, a menu of them. */
export function AddItem({
  shape,
  onAdd,
  children,
}: {
  readonly shape: Shape;
  readonly onAdd: (word?: string) => void;
  readonly children: ReactNode;
}) {
  const { choice } = useField(["rewards", 0], shape);
  const button = (
    <Button icon={<PlusOutlined />} {...(shape.kind === "union" ? {} : { onClick: () => onAdd() })}>
      {children}
    </Button>
  );
  if (shape.kind !== "union") return button;
  const items = shape.branches.map(({ word }) => {
    const { name, help } = choice(word);
    return {
      key: word,
      label: (
        <>
          <strong>{name}</strong> <span className="quiet">{help}</span>
        </>
      ),
      onClick: () => onAdd(word),
    };
  });
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      {button}
    </Dropdown>
  );
}

function Item({ path, shape, value, of }: FieldProps & { readonly of: number }) {
  const { Field } = usePlanForm();
  const { language } = useLanguage();
  const { found, id } = useField(path, shape);
  const at = Number(path.at(-1));
  const name = titleOf(value, at, language);
  return (
    <section className={isSmall(shape) ? "plan-item plan-item-small" : "plan-item"} id={id} aria-label={name}>
      <div className="plan-item-head">
        <strong>{name}</strong>
        <ItemButtons path={path} of={of} name={name} />
      </div>
      <FoundNotes found={found} />
      {shape.kind === "group" && (value === null || isFields(value)) ? (
        <Fields path={path} shape={shape} value={value} />
      ) : (
        <Field path={path} shape={shape} value={value} required bare />
      )}
    </section>
  );
}

/** A few figures in a row: a band, a prize. */
function isSmall(shape: Shape): boolean {
  const single = ({ name, shape: inner }: PlanPart) =>
    inner.kind === "number" || (inner.kind === "text" && name !== "id" && inner.most === undefined);
  return shape.kind === "group" && shape.fields.filter(({ required }) => required).every(single);
}

export function titleOf(value: unknown, at: number, language: "en" | "zh"): string {
  if (!isFields(value)) return String(at + 1);
  return nameIn(language, value.name, typeof value.id === "string" ? value.id : String(at + 1));
}

export function ItemButtons({ path, of, name }: { readonly path: Path; readonly of: number; readonly name: string }) {
  const { t } = useLanguage();
  const { isReadOnly, edit } = usePlanForm();
  const at = Number(path.at(-1));
  if (isReadOnly) return null;
  const list = path.slice(0, -1);
  const button = (text: string, icon: ReactNode, isOff: boolean, onClick: () => void) => (
    <Button type="text" size="small" icon={icon} aria-label={text} title={text} disabled={isOff} onClick={onClick} />
  );
  return (
    <span className="plan-item-buttons">
      {button(t("plan.up", { name }), <ArrowUpOutlined />, at === 0, () =>
        edit({ do: "move", path: list, from: at, to: at - 1 }),
      )}
      {button(t("plan.down", { name }), <ArrowDownOutlined />, at >= of - 1, () =>
        edit({ do: "move", path: list, from: at, to: at + 1 }),
      )}
      {button(t("plan.remove", { name }), <DeleteOutlined />, false, () => edit({ do: "remove", path }))}
    </span>
  );
}

/** Names of one's own, each with a value. */
export function TableField({ path, shape, value, required }: FieldProps) {
  const { t } = useLanguage();
  const { plan, isReadOnly, edit, Field } = usePlanForm();
  const { label, found, id } = useField(path, shape);
  const [fresh, setFresh] = useState("");
  const rows = isFields(value) ? Object.entries(value) : [];
  const inner = shape.kind === "table" ? shape.of : ({ kind: "any" } as const);
  const proposed = referencesAt(plan, path)?.options ?? [];
  const add = (name: string) => {
    if (name !== "") edit({ do: "set", path: [...path, name], value: blankItem(inner, []) });
    setFresh("");
  };
  return (
    <fieldset className="plan-group" id={id}>
      <legend>
        {label.name} {required ? <RequiredMark /> : <RemoveField path={path} name={label.name} />}
      </legend>
      {label.help !== "" && <p className="plan-help">{label.help}</p>}
      <FoundNotes found={found} />
      {rows.map(([name, one]) => (
        <div className="plan-row" key={name} id={fieldId([...path, name])}>
          <code className="plan-row-name">{name}</code>
          <Field path={[...path, name]} shape={inner} value={one} required bare />
          <RemoveField path={[...path, name]} name={name} />
        </div>
      ))}
      {!isReadOnly && (
        <div className="plan-row">
          <AutoComplete
            aria-label={t("plan.newName", { name: label.name })}
            placeholder={t("plan.newName", { name: label.name })}
            value={fresh}
            options={proposed.filter(({ id }) => !rows.some(([name]) => name === id)).map(({ id }) => ({ value: id }))}
            onChange={setFresh}
            className="plan-row-new"
          />
          <Button icon={<PlusOutlined />} disabled={fresh.trim() === ""} onClick={() => add(fresh.trim())}>
            {t("plan.addRow")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** It was chosen just before. */
const KIND = ["kind"];

/** One of several shapes: which one in words, then its fields. */
export function UnionField({ path, shape, value, required, bare = false }: FieldProps & { readonly bare?: boolean }) {
  const { t } = useLanguage();
  const { isReadOnly, edit } = usePlanForm();
  const { label, choice, found, id } = useField(path, shape);
  if (shape.kind !== "union") return null;
  const branch = branchOf(shape.branches, value);
  const chosen = branch && choice(branch.word);
  const options = shape.branches.map(({ word }) => ({ value: word, label: choice(word).name }));
  const choose = (word: string) => {
    const next = shape.branches.find((one) => one.word === word);
    if (next !== undefined) edit({ do: "set", path, value: switched(value, branch, next) });
  };
  const inner = branch === undefined || branch.shape.kind === "fixed" ? undefined : branch.shape;
  return (
    <div className={inner === undefined ? "plan-field" : "plan-field plan-field-wide"} id={id}>
      <div className="plan-label">
        {!bare && <label htmlFor={`${id}-input`}>{label.name}</label>}
        {!bare && (required ? <RequiredMark /> : <RemoveField path={path} name={label.name} />)}
      </div>
      <Select
        id={`${id}-input`}
        {...(bare ? { "aria-label": label.name } : {})}
        disabled={isReadOnly}
        value={branch?.word ?? null}
        placeholder={t("plan.choose")}
        options={options}
        onChange={(word) => word !== null && choose(word)}
      />
      {chosen !== undefined && chosen.help !== "" && <p className="plan-help">{chosen.help}</p>}
      {!bare && label.help !== "" && <p className="plan-help">{label.help}</p>}
      {branch === undefined && value !== undefined && <RawField path={path} shape={shape} value={value} />}
      <FoundNotes found={found} />
      {inner?.kind === "group" && (
        <div className={typeof path.at(-1) === "number" ? "plan-own" : "plan-inner"}>
          <Fields path={path} shape={inner} value={value} without={KIND} />
        </div>
      )}
    </div>
  );
}
