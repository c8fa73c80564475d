import * as z from "zod";
import { type Actor, ROLES } from "./actor.ts";

/** Somebody who signed in and can be given work, as their last token told. It decides nothing: what somebody may do, their next token says. */
export const accountSchema = z.strictObject({
  subject: z.string().min(1),
  name: z.string().exactOptional(),
  roles: z.array(z.enum(ROLES)),
  units: z.array(z.string()).describe("Whose people and figures they may see, with all below"),
  seenOn: z.iso.date().describe("The day on which they signed in last, in UTC"),
});
export type Account = z.infer<typeof accountSchema>;

export function accountOf({ subject, name, roles, units }: Actor, seenOn: string): Account {
  return { subject, ...(name === undefined ? {} : { name }), roles: [...roles], units: [...units], seenOn };
}

/** Who they are when they ask, as far as it is known. */
export function actorOfAccount({ subject, name, roles, units }: Account): Actor {
  return { subject, ...(name === undefined ? {} : { name }), roles, units, sources: [] };
}
