/** A message as fields with dots, each with what it says: `attributes.entry` → `app`. */
export type Flat = ReadonlyMap<string, string>;

export function flat(message: object): Flat {
  const fields = new Map<string, string>();
  put(fields, "", message);
  return fields;
}

function put(fields: Map<string, string>, path: string, value: unknown): void {
  if (typeof value !== "object" || value === null) {
    fields.set(path, typeof value === "string" ? value : JSON.stringify(value));
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    // What is null is not said: a column that was left empty.
    if (inner !== undefined && inner !== null) put(fields, path === "" ? name : `${path}.${name}`, inner);
  }
}

/** What every version has of its own: it tells nothing that the version itself does not. */
const OF_EACH = new Set(["recordedAt", "version"]);

/** Fields in which versions say different things, in the order in which they stand. */
export function differingFields(versions: readonly Flat[]): string[] {
  const names = [...new Set(versions.flatMap((fields) => [...fields.keys()]))];
  return names.filter((name) => {
    if (OF_EACH.has(name)) return false;
    return new Set(versions.map((fields) => fields.get(name))).size > 1;
  });
}
