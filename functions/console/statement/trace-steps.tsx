import { CheckCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import { Pagination } from "antd";
import { useState } from "react";
import { useLanguage } from "../i18n/language.ts";
import {
  type FieldKind,
  fieldLabel,
  fieldsOf,
  LISTS,
  listsOf,
  type ShownList,
  shownValue,
  type TraceWords,
} from "./fields.ts";
import { type Step, stepTitle } from "./trace.ts";
import type { Told } from "./types.ts";

const ROWS = 20;

interface Props {
  readonly trace: readonly Step[];
  readonly told: Told | undefined;
  readonly words: TraceWords;
  /** Whether every step is open to begin with. */
  readonly isOpen: boolean;
}

/** The steps that made an amount, in their order, each to be opened: its sentence, its figures, and what stands behind them. */
export function TraceSteps({ trace, told = [], words, isOpen }: Props) {
  return (
    <ol className="steps">
      {numbered(trace).map(({ id, item }) => (
        <li key={id}>
          <OneStep step={item} told={told[id]} words={words} isOpen={isOpen} />
        </li>
      ))}
    </ol>
  );
}

function OneStep({
  step,
  told,
  words,
  isOpen,
}: {
  readonly step: Step;
  readonly told: Told[number] | undefined;
  readonly words: TraceWords;
  readonly isOpen: boolean;
}) {
  const { title, outcome } = stepTitle(step, words, told?.sentence);
  return (
    <details open={isOpen}>
      <summary>
        {outcome === "good" && <CheckCircleOutlined className="good" aria-hidden />}
        {outcome === "bad" && <CloseCircleOutlined className="bad" aria-hidden />} {title}
      </summary>
      {told !== undefined && told.sentence !== title && <p>{told.sentence}</p>}
      {told?.details?.map((detail) => (
        <p key={detail} className="quiet">
          {detail}
        </p>
      ))}
      <Fields step={step} words={words} />
      {listsOf(step).map((list) => (
        <Behind key={list.name} list={list} step={step.step} words={words} />
      ))}
    </details>
  );
}

function Fields({ step, words }: { readonly step: Step; readonly words: TraceWords }) {
  const fields = fieldsOf(step, words);
  if (fields.length === 0) return null;
  return (
    <dl className="step-fields">
      {fields.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The sales, or the people, behind a number: a page of them at a time. */
function Behind({
  list: { name, items },
  step,
  words,
}: {
  readonly list: ShownList;
  readonly step: string;
  readonly words: TraceWords;
}) {
  const { t } = useLanguage();
  const [page, setPage] = useState(1);
  const said = items.map((item) => new Map<string, unknown>(Object.entries(item)));
  const columns = (LISTS[name] ?? []).filter(
    ([field, kind]) => kind !== "told" && said.some((item) => item.has(field)),
  );
  if (items.length === 0 || columns.length === 0) return null;
  const label = fieldLabel(step, name, t);
  const first = (page - 1) * ROWS;
  return (
    <div className="behind">
      <section aria-label={label}>
        <table>
          <caption>{`${label} (${items.length})`}</caption>
          <thead>
            <tr>
              {columns.map(([field]) => (
                <th key={field} scope="col">
                  {fieldLabel(name, field, t)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered(said.slice(first, first + ROWS)).map(({ id, item }) => (
              <tr key={id}>
                {columns.map(([field, kind]) => (
                  <td key={field} data-label={fieldLabel(name, field, t)} className={columnClass(kind)}>
                    {shownValue(item.get(field), kind, words)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {items.length > ROWS && (
        <Pagination
          size="small"
          simple
          current={page}
          pageSize={ROWS}
          total={items.length}
          onChange={setPage}
          showSizeChanger={false}
        />
      )}
    </div>
  );
}

/** Ids may break anywhere; numbers and dates stay whole. */
function columnClass(kind: FieldKind): string {
  return kind === "text" || kind === "subject" ? "id" : "figure";
}

/** With their places: what never changes and has no id of its own is known by where it stands. */
function numbered<T>(items: readonly T[]): { readonly id: number; readonly item: T }[] {
  return items.map((item, id) => ({ id, item }));
}
