import { type Branch, blankOf, type Fields, isFields, type Shape } from "./shape.ts";

/** What is put where something new is asked for: nothing that somebody has to decide. */

export function blankBranch({ word, shape }: Branch): unknown {
  const blank = blankOf(shape);
  if (shape.kind !== "group" || !isFields(blank) || Object.hasOwn(blank, word)) return blank;
  const field = shape.fields.find(({ name }) => name === word);
  return field === undefined ? blank : { ...blank, [word]: emptyOf(field.shape) };
}

/** Something of a shape that says nothing yet. */
function emptyOf(shape: Shape): unknown {
  const blank = blankOf(shape);
  if (blank !== undefined) return blank;
  return shape.kind === "text" ? "" : null;
}

/** One more of a list, with an id that no other has. */
export function blankItem(shape: Shape, others: readonly unknown[], list = "", word?: string): unknown {
  if (shape.kind === "union" && word !== undefined) {
    const branch = shape.branches.find((one) => one.word === word);
    if (branch !== undefined) return withId(branch.shape, blankBranch(branch), others, dashed(word));
  }
  return withId(shape, emptyOf(shape), others, dashed(list).replace(/ies$/, "y").replace(/s$/, ""));
}

function withId(shape: Shape, blank: unknown, others: readonly unknown[], stem: string): unknown {
  const hasId = shape.kind === "group" && shape.fields.some(({ name, required }) => name === "id" && required);
  if (!hasId || !isFields(blank)) return blank;
  const taken = new Set(others.map((other) => (isFields(other) ? other.id : undefined)));
  const id = Array.from({ length: others.length + 1 }, (_, at) => `${stem}-${at + 1}`).find((one) => !taken.has(one));
  const { kind, ...rest } = blank;
  return { id, ...(kind === undefined ? {} : { kind }), ...rest };
}

function dashed(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
}

/** Another shape keeps what both have: a reward of another kind is still called the same and measures the same. */
export function switched(value: unknown, before: Branch | undefined, next: Branch): unknown {
  const blank = blankBranch(next);
  if (!isFields(value) || !isFields(blank) || next.shape.kind !== "group" || before?.shape.kind !== "group")
    return blank;
  const own = new Set(next.shape.fields.map(({ name }) => name));
  const kept: Fields = Object.fromEntries(
    Object.entries(value).filter(([name, inner]) => own.has(name) && name !== "kind" && fits(next.shape, name, inner)),
  );
  return value.kind === undefined ? { ...blank, ...kept } : { ...kept, ...blank, ...kept };
}

function fits(shape: Shape, name: string, value: unknown): boolean {
  const field = shape.kind === "group" ? shape.fields.find((one) => one.name === name) : undefined;
  if (field?.shape.kind === "choice") return typeof value === "string" && field.shape.options.includes(value);
  return field !== undefined;
}
