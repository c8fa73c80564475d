import * as z from "zod";

/** How listings are paged: at most `limit` items, and `nextCursor` while there is more. */

export const PAGE_LIMIT_MAX = 200;

export const pageQueryShape = {
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(50).describe("At most so many items"),
  cursor: z.string().min(1).max(2048).optional().describe("`nextCursor` of the page before; opaque"),
};
export const pageQuerySchema = z.strictObject(pageQueryShape);

/** @param id the component's name in the OpenAPI document, such as `CampaignPage` */
export function pageSchema<I extends z.ZodType>(item: I, id: string) {
  return z
    .strictObject({
      items: z
        .array(item)
        .describe("Can be fewer than `limit` while more follow: items that the caller may not see are left out"),
      nextCursor: z.string().optional().describe("Absent on the last page"),
    })
    .meta({ id });
}
