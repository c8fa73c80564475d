import type { Problem } from "../../problem.ts";
import type { Plan } from "../plan.ts";

/** A name for an id that the plan does not use is a misspelt one: the id would still be told as it is. */
export function nameProblems({ names, ...plan }: Plan): Problem[] {
  if (names === undefined) return [];
  const used = idsIn(plan);
  return Object.keys(names)
    .filter((id) => !used.has(id))
    .map((id) => ({
      code: "unused-name",
      path: `/names/${id}`,
      message: `nothing in the plan is called ${id}`,
      seen: id,
      mend: "write the id as it stands elsewhere in the plan, or remove the name",
    }));
}

/** Every text and every key: ids stand in both, and a text that is no id is nobody's name by chance only. */
function idsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "string") found.add(value);
  else if (Array.isArray(value)) for (const item of value) idsIn(item, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      found.add(key);
      idsIn(inner, found);
    }
  }
  return found;
}
