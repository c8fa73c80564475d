import { Checkbox, Input } from "antd";
import { useId } from "react";
import { useLanguage } from "../i18n/language.ts";
import { LayoutCells } from "./layout-cells.tsx";
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
import { Choice, Part, Toggle } from "./layout-part.tsx";

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
      <Choice
        id={`${base}-kind`}
        label={t("settings.layout.kind")}
        value={format.kind}
        choices={FORMATS}
        nameOf={(one) => t(`settings.kind.${one}`)}
        readOnly={readOnly}
        onChange={(kind) => onChange(inFormat(body, kind))}
      />
      {format.kind === "delimited" ? (
        <>
          <Choice
            id={`${base}-delimiter`}
            label={t("settings.delimiter")}
            value={format.delimiter}
            choices={DELIMITERS}
            nameOf={(one) => t(`settings.delimiter.${DELIMITER_NAMES[one]}`)}
            readOnly={readOnly}
            onChange={(delimiter) => onChange({ ...body, format: { ...format, delimiter } })}
          />
          <Choice
            id={`${base}-quotes`}
            label={t("settings.quotes")}
            value={format.quotes}
            choices={QUOTES}
            nameOf={(one) => t(`settings.quotes.${one}`)}
            readOnly={readOnly}
            onChange={(quotes) => onChange({ ...body, format: { ...format, quotes } })}
          />
          <Choice
            id={`${base}-formulas`}
            label={t("settings.formulas")}
            value={format.formulas}
            choices={FORMULAS}
            nameOf={(one) => t(`settings.formulas.${one}`)}
            readOnly={readOnly}
            onChange={(formulas) => onChange({ ...body, format: { ...format, formulas } })}
          />
        </>
      ) : (
        <Choice
          id={`${base}-widthIn`}
          label={t("settings.widthIn")}
          value={format.widthIn}
          choices={WIDTHS_IN}
          nameOf={(one) => t(`settings.widthIn.${one}`)}
          readOnly={readOnly}
          onChange={(widthIn) => onChange({ ...body, format: { ...format, widthIn } })}
        />
      )}
      <Choice
        id={`${base}-encoding`}
        label={t("settings.layout.encoding")}
        value={body.encoding}
        choices={ENCODINGS}
        nameOf={(one) => t(`settings.encoding.${one}`)}
        readOnly={readOnly}
        onChange={(encoding) => onChange({ ...body, encoding })}
      />
      <Choice
        id={`${base}-lineEnd`}
        label={t("settings.lineEnd")}
        value={body.lineEnd}
        choices={LINE_ENDS}
        nameOf={(one) => t(`settings.lineEnd.${one}`)}
        readOnly={readOnly}
        onChange={(lineEnd) => onChange({ ...body, lineEnd })}
      />
      <Choice
        id={`${base}-payees`}
        label={t("settings.payees")}
        value={body.payees}
        choices={PAYEES}
        nameOf={(one) => t(`settings.payees.${one}`)}
        readOnly={readOnly}
        onChange={(payees) => onChange({ ...body, payees })}
      />
      <fieldset className="layout-part">
        <legend>{t("settings.kinds")}</legend>
        <Checkbox.Group
          disabled={readOnly}
          value={[...body.kinds]}
          options={PAYEE_KINDS.map((value) => ({ value, label: t(`settings.kinds.${value}`) }))}
          onChange={(kinds) => onChange({ ...body, kinds })}
        />
      </fieldset>
      <Toggle
        id={`${base}-header`}
        label={t("settings.header")}
        isOn={body.header}
        readOnly={readOnly}
        onChange={(header) => onChange({ ...body, header })}
      />
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
      <Toggle
        id={id}
        label={t(`settings.${list}`)}
        isOn={cells !== undefined}
        readOnly={readOnly}
        onChange={(isThere) => onChange(withCells(body, list, isThere ? [newCell(list, kind)] : []))}
      />
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
