import { Checkbox, Input, Select, Switch } from "antd";
import { useId } from "react";
import { useLanguage } from "../i18n/language.ts";
import { LayoutCells, Part } from "./layout-cells.tsx";
import {
  DELIMITERS,
  ENCODINGS,
  FORMATS,
  FORMULAS,
  inFormat,
  type LayoutBody,
  LINE_ENDS,
  newCell,
  PAYEE_KINDS,
  PAYEES,
  QUOTES,
  WIDTHS_IN,
  withCells,
} from "./layout-model.ts";

interface Props {
  readonly body: LayoutBody;
  readonly readOnly: boolean;
  readonly onChange: (body: LayoutBody) => void;
}

/** A layout as a form: the file as a whole, its columns, and the rows before and after all others. */
export function LayoutFields(props: Props) {
  const { body, readOnly, onChange } = props;
  const { t } = useLanguage();
  const isFixed = body.format.kind === "fixed";
  return (
    <>
      <OfFile {...props} />
      <h3>{t("settings.columns")}</h3>
      {!readOnly && <p className="quiet">{t("settings.columns.keys")}</p>}
      <LayoutCells
        list="columns"
        cells={body.columns}
        isFixed={isFixed}
        readOnly={readOnly}
        onChange={(cells) => onChange(withCells(body, "columns", cells))}
      />
      <SumRow {...props} list="before" />
      <SumRow {...props} list="after" />
    </>
  );
}

function OfFile({ body, readOnly, onChange }: Props) {
  const { t } = useLanguage();
  const base = useId();
  const choice = <K extends string>(
    name: string,
    label: string,
    value: K,
    options: readonly { readonly value: K; readonly label: string }[],
    set: (chosen: K) => void,
  ) => (
    <Part id={`${base}-${name}`} label={label}>
      <Select<K>
        id={`${base}-${name}`}
        disabled={readOnly}
        popupMatchSelectWidth={false}
        value={value}
        options={[...options]}
        onChange={set}
      />
    </Part>
  );
  const { format } = body;
  return (
    <div className="layout-file">
      <Part id={`${base}-name`} label={t("settings.layout.name")}>
        <Input
          id={`${base}-name`}
          autoComplete="off"
          maxLength={128}
          readOnly={readOnly}
          value={body.name}
          onChange={({ target }) => onChange({ ...body, name: target.value })}
        />
      </Part>
      {choice(
        "kind",
        t("settings.layout.kind"),
        format.kind,
        FORMATS.map((value) => ({ value, label: t(`settings.kind.${value}`) })),
        (kind) => onChange(inFormat(body, kind)),
      )}
      {format.kind === "delimited" ? (
        <>
          {choice(
            "delimiter",
            t("settings.delimiter"),
            format.delimiter,
            DELIMITERS.map((value) => ({ value, label: t(`settings.delimiter.${DELIMITER_NAMES[value]}`) })),
            (delimiter) => onChange({ ...body, format: { ...format, delimiter } }),
          )}
          {choice(
            "quotes",
            t("settings.quotes"),
            format.quotes,
            QUOTES.map((value) => ({ value, label: t(`settings.quotes.${value}`) })),
            (quotes) => onChange({ ...body, format: { ...format, quotes } }),
          )}
          {choice(
            "formulas",
            t("settings.formulas"),
            format.formulas,
            FORMULAS.map((value) => ({ value, label: t(`settings.formulas.${value}`) })),
            (formulas) => onChange({ ...body, format: { ...format, formulas } }),
          )}
        </>
      ) : (
        choice(
          "widthIn",
          t("settings.widthIn"),
          format.widthIn,
          WIDTHS_IN.map((value) => ({ value, label: t(`settings.widthIn.${value}`) })),
          (widthIn) => onChange({ ...body, format: { ...format, widthIn } }),
        )
      )}
      {choice(
        "encoding",
        t("settings.layout.encoding"),
        body.encoding,
        ENCODINGS.map((value) => ({ value, label: t(`settings.encoding.${value}`) })),
        (encoding) => onChange({ ...body, encoding }),
      )}
      {choice(
        "lineEnd",
        t("settings.lineEnd"),
        body.lineEnd,
        LINE_ENDS.map((value) => ({ value, label: t(`settings.lineEnd.${value}`) })),
        (lineEnd) => onChange({ ...body, lineEnd }),
      )}
      {choice(
        "payees",
        t("settings.payees"),
        body.payees,
        PAYEES.map((value) => ({ value, label: t(`settings.payees.${value}`) })),
        (payees) => onChange({ ...body, payees }),
      )}
      <fieldset className="layout-part">
        <legend>{t("settings.kinds")}</legend>
        <Checkbox.Group
          disabled={readOnly}
          value={[...body.kinds]}
          options={PAYEE_KINDS.map((value) => ({ value, label: t(`settings.kinds.${value}`) }))}
          onChange={(kinds) => onChange({ ...body, kinds })}
        />
      </fieldset>
      <span className="layout-switch">
        <Switch
          id={`${base}-header`}
          disabled={readOnly}
          checked={body.header}
          onChange={(header) => onChange({ ...body, header })}
        />
        <label htmlFor={`${base}-header`}>{t("settings.header")}</label>
      </span>
    </div>
  );
}

const DELIMITER_NAMES = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as const;

/** The row that banks want before or after all others: how many, and how much. */
function SumRow({ body, readOnly, onChange, list }: Props & { readonly list: "before" | "after" }) {
  const { t } = useLanguage();
  const id = useId();
  const cells = body[list];
  const { kind } = body.format;
  if (cells === undefined && readOnly) return null;
  return (
    <>
      <span className="layout-switch">
        <Switch
          id={id}
          disabled={readOnly}
          checked={cells !== undefined}
          onChange={(isThere) => onChange(withCells(body, list, isThere ? [newCell(list, kind)] : []))}
        />
        <label htmlFor={id}>{t(`settings.${list}`)}</label>
      </span>
      {cells !== undefined && (
        <LayoutCells
          list={list}
          cells={cells}
          isFixed={kind === "fixed"}
          readOnly={readOnly}
          onChange={(next) => onChange(withCells(body, list, next))}
        />
      )}
    </>
  );
}
