import { Select, Switch } from "antd";
import type { ReactNode } from "react";

interface PartProps {
  readonly id: string;
  readonly label: string;
  readonly isNarrow?: boolean;
  readonly children: ReactNode;
}

/** A field under its label. */
export function Part({ id, label, isNarrow = false, children }: PartProps) {
  return (
    <div className={isNarrow ? "layout-part layout-part-narrow" : "layout-part"}>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

interface ChoiceProps<K extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: K | undefined;
  readonly choices: readonly K[];
  readonly nameOf: (choice: K) => string;
  /** Where there are many choices. */
  readonly canSearch?: boolean;
  readonly readOnly: boolean;
  readonly onChange: (chosen: K) => void;
}

/** One of a few, under a label. */
export function Choice<K extends string>(props: ChoiceProps<K>) {
  const { id, label, value, choices, nameOf, canSearch = false, readOnly, onChange } = props;
  return (
    <Part id={id} label={label}>
      <Select<K>
        id={id}
        disabled={readOnly}
        popupMatchSelectWidth={false}
        value={value ?? null}
        {...(canSearch ? { showSearch: { optionFilterProp: "label" } } : {})}
        options={choices.map((choice) => ({ value: choice, label: nameOf(choice) }))}
        onChange={(chosen) => onChange(chosen)}
      />
    </Part>
  );
}

interface ToggleProps {
  readonly id: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly readOnly: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A switch before its label. */
export function Toggle({ id, label, isOn, readOnly, onChange }: ToggleProps) {
  return (
    <span className="layout-switch">
      <Switch id={id} disabled={readOnly} checked={isOn} onChange={onChange} />
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
