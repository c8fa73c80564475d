import { widgetOf } from "../form-model.ts";
import { FoundNotes } from "../found-notes.tsx";
import { GroupField, ListField, TableField, UnionField } from "./collections.tsx";
import { type FieldProps, useField } from "./context.ts";
import { RemoveField, RequiredMark } from "./marks.tsx";
import {
  ChoiceField,
  FixedField,
  FlagField,
  NamesField,
  NumberField,
  RawField,
  TagsField,
  TextField,
} from "./values.tsx";

/** One place of the plan, asked for in the way that its shape allows. */
export function PlanField(props: FieldProps & { readonly bare?: boolean }) {
  const widget = widgetOf(props.shape, props.value);
  switch (widget) {
    case "group":
      return <GroupField {...props} />;
    case "list":
      return <ListField {...props} />;
    case "table":
      return <TableField {...props} />;
    case "union":
      return <UnionField {...props} />;
    default:
      return props.bare ? <Control {...props} widget={widget} /> : <Labelled {...props} widget={widget} />;
  }
}

type Single = Exclude<ReturnType<typeof widgetOf>, "group" | "list" | "table" | "union">;

function Control({ widget, ...props }: FieldProps & { readonly widget: Single }) {
  switch (widget) {
    case "names":
      return <NamesField {...props} />;
    case "tags":
      return <TagsField {...props} />;
    case "choice":
      return <ChoiceField {...props} />;
    case "fixed":
    case "yes":
      return <FixedField {...props} />;
    case "text":
      return <TextField {...props} />;
    case "number":
      return <NumberField {...props} />;
    case "flag":
      return <FlagField {...props} />;
    case "raw":
      return <RawField {...props} />;
  }
}

function Labelled(props: FieldProps & { readonly widget: Single }) {
  const { path, shape, widget, required = false } = props;
  const { label, found, id } = useField(path, shape);
  const isWide = widget === "choice" || widget === "names" || widget === "raw" || (widget === "text" && isLong(props));
  const isGrouped = widget === "choice" || widget === "names";
  return (
    <div className={isWide ? "plan-field plan-field-wide" : "plan-field"} id={id} data-found={found.length > 0}>
      <div className="plan-label">
        {isGrouped ? (
          <span id={`${id}-label`}>{label.name}</span>
        ) : (
          <label htmlFor={`${id}-input`} id={`${id}-label`}>
            {label.name}
          </label>
        )}
        {required && <RequiredMark />}
        {!required && <RemoveField path={path} name={label.name} />}
      </div>
      {label.help !== "" && widget === "choice" && <p className="plan-help">{label.help}</p>}
      <Control {...props} />
      {label.help !== "" && widget !== "choice" && <p className="plan-help">{label.help}</p>}
      <FoundNotes found={found} />
    </div>
  );
}

function isLong({ shape }: FieldProps): boolean {
  return shape.kind === "text" && (shape.most ?? 0) > 500;
}
