import { Badge, Button } from "antd";
import { useEffect, useMemo } from "react";
import { useLanguage } from "../../i18n/language.ts";
import { blankItem } from "../blanks.ts";
import { byPlace, countsBelow, type Found } from "../findings.ts";
import { FoundNotes } from "../found-notes.tsx";
import { fieldLabel, kindLabel } from "../labels.ts";
import type { Edit } from "../plan-edit.ts";
import { pointerOf } from "../plan-text.ts";
import { openSection, SECTION_LISTS, type Section, sectionsOf } from "../sections.ts";
import { isFields, type Path, type Shape, shapeAt } from "../shape.ts";
import { AddFields, AddItem, Fields, ItemButtons, titleOf } from "./collections.tsx";
import { fieldId, PlanFormContext, usePlanForm } from "./context.ts";
import { PlanField } from "./field.tsx";

interface Props {
  readonly shape: Shape;
  readonly plan: unknown;
  readonly found: readonly Found[];
  readonly isReadOnly: boolean;
  readonly edit: (edit: Edit) => void;
  /** What is looked at: a field of the plan, or one of a list. */
  readonly at: Path;
  readonly onGo: (path: Path) => void;
}

/** The plan as a form, a section at a time, with an outline to jump by. */
export function PlanForm({ shape, plan, found, isReadOnly, edit, at, onGo }: Props) {
  const form = useMemo(() => {
    const shown = new Set(
      found
        .flatMap(({ at: place }) =>
          place.map((_, end) => place.slice(0, end + 1)).filter((path) => shapeAt(shape, plan, path) !== undefined),
        )
        .map(pointerOf),
    );
    return { plan, isReadOnly, edit, found: byPlace(found, shown), Field: PlanField };
  }, [shape, plan, found, isReadOnly, edit]);
  const sections = useMemo(() => sectionsOf(shape), [shape]);
  const open = openSection(sections, at);
  useEffect(() => {
    // What the outline opens is at the top anyway.
    const element = at.length > 2 ? document.getElementById(nearestId(at)) : null;
    element?.scrollIntoView({ block: "center" });
    element?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
  }, [at]);
  return (
    <PlanFormContext value={form}>
      <div className="plan-form">
        <Outline sections={sections} open={open} at={at} plan={plan} found={found} onGo={onGo} />
        <div className="plan-section">
          <SectionView section={open} shape={shape} at={at} onGo={onGo} />
        </div>
      </div>
    </PlanFormContext>
  );
}

/** The element of a place, or of the nearest one around it that is shown. */
function nearestId(path: Path): string {
  const ids = path.map((_, shorter) => fieldId(path.slice(0, path.length - shorter)));
  return ids.find((id) => document.getElementById(id) !== null) ?? "";
}

function Outline({
  sections,
  open,
  at,
  plan,
  found,
  onGo,
}: Pick<Props, "plan" | "found" | "at" | "onGo"> & { readonly sections: readonly Section[]; readonly open: Section }) {
  const { t, language } = useLanguage();
  const values = isFields(plan) ? plan : {};
  return (
    <nav className="plan-outline" aria-label={t("plan.outline")}>
      {sections.map((section) => {
        const list = SECTION_LISTS.find((name) => name === section.key);
        const items = list === undefined ? undefined : values[list];
        const isOpen = section.key === open.key;
        const first = section.fields[0]?.name ?? "";
        return (
          <div key={section.key}>
            <Entry
              name={t(`plan.section.${section.key}`)}
              isOpen={isOpen && (list === undefined || at.length < 2)}
              found={section.fields.flatMap(({ name }) => found.filter((one) => one.at[0] === name))}
              onClick={() => onGo([first])}
            />
            {Array.isArray(items) &&
              list !== undefined &&
              items.map((item, index) => (
                <Entry
                  key={fieldId([list, index])}
                  isInner
                  name={titleOf(item, index, language)}
                  isOpen={isOpen && at[1] === index}
                  found={found.filter((one) => one.at[0] === list && one.at[1] === index)}
                  onClick={() => onGo([list, index])}
                />
              ))}
          </div>
        );
      })}
    </nav>
  );
}

function Entry({
  name,
  isOpen,
  isInner = false,
  found,
  onClick,
}: {
  readonly name: string;
  readonly isOpen: boolean;
  readonly isInner?: boolean;
  readonly found: readonly Found[];
  readonly onClick: () => void;
}) {
  const { t } = useLanguage();
  const { wrong, blocks, warns } = countsBelow(found, []);
  const count = wrong + blocks + warns;
  return (
    <Button
      type="text"
      block
      className={isInner ? "plan-entry plan-entry-inner" : "plan-entry"}
      {...(isOpen ? { "aria-current": "true" as const } : {})}
      onClick={onClick}
    >
      <span className="plan-entry-name">{name}</span>
      {count > 0 && (
        <Badge
          count={count}
          color={wrong + blocks > 0 ? "#b3261e" : "#8a5a00"}
          title={t("plan.found.count", { count })}
        />
      )}
    </Button>
  );
}

function SectionView({
  section,
  shape,
  at,
  onGo,
}: {
  readonly section: Section;
  readonly shape: Shape;
  readonly at: Path;
  readonly onGo: (path: Path) => void;
}) {
  const { t } = useLanguage();
  const { plan, found } = usePlanForm();
  const values = isFields(plan) ? plan : {};
  const list = SECTION_LISTS.find((name) => name === section.key);
  if (list !== undefined) return <ListSection list={list} shape={shape} at={at} onGo={onGo} />;
  const isSaid = ({ name, required }: Section["fields"][number]) =>
    required || Object.hasOwn(values, name) || found.has(`/${name}`) || at[0] === name;
  return (
    <section aria-label={t(`plan.section.${section.key}`)}>
      <h2>{t(`plan.section.${section.key}`)}</h2>
      <div className="plan-fields">
        {section.fields.filter(isSaid).map(({ name, shape: inner, required }) => (
          <PlanField key={name} path={[name]} shape={inner} value={values[name]} required={required} />
        ))}
        {section.unknown(values).map((name) => (
          <PlanField key={name} path={[name]} shape={{ kind: "any" }} value={values[name]} />
        ))}
      </div>
      <AddFields path={[]} fields={section.fields.filter((field) => !isSaid(field))} />
    </section>
  );
}

/** Measures, rewards: one of them at a time, or a list of all. */
function ListSection({
  list,
  shape,
  at,
  onGo,
}: {
  readonly list: (typeof SECTION_LISTS)[number];
  readonly shape: Shape;
  readonly at: Path;
  readonly onGo: (path: Path) => void;
}) {
  const { t, language } = useLanguage();
  const { plan, found, isReadOnly, edit } = usePlanForm();
  const listShape = shapeAt(shape, plan, [list]);
  const values = isFields(plan) ? plan[list] : undefined;
  const items: readonly unknown[] = Array.isArray(values) ? values : [];
  const item = listShape?.kind === "list" ? listShape.of : undefined;
  const index = Number(at[1]);
  if (item === undefined) return null;
  const add = (word?: string) => {
    edit({ do: "insert", path: [list], at: items.length, value: blankItem(item, items, list, word) });
    onGo([list, items.length]);
  };
  const heading = t(`plan.section.${list}`);
  const help = listShape === undefined ? "" : fieldLabel(language, [list], listShape).help;
  return (
    <section aria-label={heading}>
      {at.length > 1 && index < items.length ? (
        <OneItem path={[list, index]} shape={item} value={items[index]} of={items.length} />
      ) : (
        <>
          <h2>{heading}</h2>
          {help !== "" && <p className="plan-help">{help}</p>}
          <FoundNotes found={found.get(`/${list}`) ?? []} />
          <ul className="plan-list">
            {items.map((one, place) => (
              <li key={fieldId([list, place])}>
                <Button type="link" onClick={() => onGo([list, place])}>
                  {titleOf(one, place, language)}
                </Button>
                <ItemSummary value={one} list={list} />
                <ItemButtons path={[list, place]} of={items.length} name={titleOf(one, place, language)} />
              </li>
            ))}
          </ul>
        </>
      )}
      {!isReadOnly && (
        <div className="plan-add">
          <AddItem shape={item} onAdd={add}>
            {t(`plan.add.${list}`)}
          </AddItem>
        </div>
      )}
    </section>
  );
}

function ItemSummary({ value, list }: { readonly value: unknown; readonly list: string }) {
  const { language } = useLanguage();
  const said = isFields(value) ? value : {};
  const kind = typeof said.kind === "string" ? said.kind : undefined;
  if (list !== "rewards" || kind === undefined) return null;
  return <span className="quiet">{kindLabel(language, kind).name}</span>;
}

function OneItem({
  path,
  shape,
  value,
  of,
}: {
  readonly path: Path;
  readonly shape: Shape;
  readonly value: unknown;
  readonly of: number;
}) {
  const { language } = useLanguage();
  const { found } = usePlanForm();
  const name = titleOf(value, Number(path.at(-1)), language);
  return (
    <>
      <div className="plan-item-head">
        <h2>{name}</h2>
        <ItemButtons path={path} of={of} name={name} />
      </div>
      {shape.kind === "group" ? (
        <>
          <FoundNotes found={found.get(pointerOf(path)) ?? []} />
          <Fields path={path} shape={shape} value={value} />
        </>
      ) : (
        <PlanField path={path} shape={shape} value={value} required />
      )}
    </>
  );
}
