import { type ComponentType, createContext, useContext } from "react";
import { useLanguage } from "../../i18n/language.ts";
import type { Found } from "../findings.ts";
import { choiceLabel, fieldLabel, type Label } from "../labels.ts";
import type { Edit } from "../plan-edit.ts";
import { pointerOf } from "../plan-text.ts";
import { type Path, type Shape, valueAt } from "../shape.ts";

/** What every field of the form knows. */
export interface PlanForm {
  readonly plan: unknown;
  readonly isReadOnly: boolean;
  readonly edit: (edit: Edit) => void;
  /** What was found, by the pointer of the place where it is told. */
  readonly found: ReadonlyMap<string, readonly Found[]>;
  /** Any place: what is inside of a place is shown by it again. */
  readonly Field: ComponentType<FieldProps & { readonly bare?: boolean }>;
}

export const PlanFormContext = createContext<PlanForm>({
  plan: undefined,
  isReadOnly: true,
  edit: () => {},
  found: new Map(),
  Field: () => null,
});

export function usePlanForm() {
  return useContext(PlanFormContext);
}

export interface FieldProps {
  readonly path: Path;
  readonly shape: Shape;
  readonly value: unknown;
  readonly required?: boolean;
}

/** What a field is called, and what was found there. */
export function useField(path: Path, shape: Shape) {
  const { language } = useLanguage();
  const { plan, found } = usePlanForm();
  const kind = kindAround(plan, path);
  const label: Label = fieldLabel(language, path, shape, kind);
  const choice = (word: string) => choiceLabel(language, path, word, shape, kind);
  return { label, choice, found: found.get(pointerOf(path)) ?? [], id: fieldId(path) };
}

/** The kind of the reward that a place lies in. */
function kindAround(plan: unknown, path: Path): string | undefined {
  const kind = path[0] === "rewards" && path.length > 1 ? valueAt(plan, [...path.slice(0, 2), "kind"]) : undefined;
  return typeof kind === "string" ? kind : undefined;
}

/** The element of a field, to be jumped to. */
export function fieldId(path: Path): string {
  return `plan${pointerOf(path)}`;
}
