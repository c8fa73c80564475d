/** A field of a change: JSON texts taken apart to what a person compares. */
export interface FieldChange {
  readonly path: readonly string[];
  readonly before?: string;
  readonly after?: string;
}

interface Change {
  readonly path: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** Where the two sides of a change differ, leaf by leaf. What is no JSON is one leaf. */
export function changedFields({ path, before, after }: Change): FieldChange[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const base = pathParts(path);
  return names
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => {
      const [was, is] = [old.get(name), now.get(name)];
      return {
        path: [...base, ...(name === "" ? [] : name.split("\u0000"))],
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      };
    });
}

/** The parts of a JSON pointer; a row's key is one part. */
export function pathParts(path: string): string[] {
  if (!path.startsWith("/")) return path === "" ? [] : [path];
  return path
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function leavesOf(text: string | undefined): Map<string, string> {
  const leaves = new Map<string, string>();
  if (text === undefined) return leaves;
  collect(parsed(text), [], leaves);
  return leaves;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function collect(value: unknown, path: readonly string[], leaves: Map<string, string>): void {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const [index, item] of items.entries()) collect(item, [...path, nameOf(item) ?? String(index + 1)], leaves);
    return;
  }
  if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) collect(item, [...path, name], leaves);
    return;
  }
  leaves.set(path.join("\u0000"), typeof value === "string" ? value : JSON.stringify(value));
}

/** Entries of lists that have an id are compared by it. */
function nameOf(item: unknown): string | undefined {
  const id: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "id") : undefined;
  return typeof id === "string" ? id : undefined;
}
