import * as z from "zod";

/** The steps of honours and penalties. */
export const HONOUR_STEPS = [
  z.strictObject({
    step: z.literal("honour"),
    badge: z.string(),
    value: z.string().optional().describe("What it was earned with; absent where it is kept"),
    threshold: z.string().optional(),
    ranking: z.string().optional().describe("The ranking whose winners hold it"),
    of: z.int().describe("How many took part"),
    how: z.enum(["new", "again", "kept"]).describe("`kept`: nobody earned it, so who held it before holds it"),
    before: z.array(z.string()).describe("Who held it in the slice before"),
    thenId: z.literal(true).optional().describe("Others reached the same value at the same instant; the id decided"),
  }),
  z.strictObject({
    step: z.literal("penalty"),
    card: z.string(),
    because: z.enum(["below", "last"]),
    value: z.string(),
    threshold: z.string().optional(),
    missing: z.string().optional(),
    rank: z.int().optional().describe("From the best; equal values have the same"),
    of: z.int().optional(),
    cards: z.int().describe("How many cards count, this one included"),
    insteadOf: z.string().optional().describe("The card that it would have been without those before"),
    fine: z.string().optional(),
  }),
] as const;
