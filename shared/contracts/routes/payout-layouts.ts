import * as z from "zod";
import { slugSchema } from "#domain/ids.ts";
import { payoutLayoutBodySchema, payoutLayoutSchema } from "#domain/payout-layout.ts";
import { LAYOUT_EDITORS, LAYOUT_READERS } from "../access.ts";
import { bankLayout, payrollLayout } from "../examples/layouts.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { noBody, none, route } from "../route.ts";

const layoutParams = z.strictObject({ layout: slugSchema.describe("The layout's id") });
const layoutViewSchema = payoutLayoutSchema.meta({ id: "PayoutLayout" });

/** How payout files look that payrolls and banks read; the file itself is `…/payout-file?layout=…`. */
export const payoutLayoutRoutes = {
  setPayoutLayout: route({
    method: "PUT",
    path: "/v1/payout-layouts/{layout}",
    tag: "Runs",
    summary: "Say how a payout file looks that another system reads",
    description:
      "In place of the layout of the same id. What a layout cannot write as it says is refused when the file is fetched: a name that the encoding lacks, a text wider than its column.",
    access: LAYOUT_EDITORS,
    params: layoutParams,
    query: none,
    body: { schema: payoutLayoutBodySchema, media: ["application/json"], example: payrollLayout },
    success: { status: 200, description: "The layout", schema: layoutViewSchema },
    refusals: ["conflict"],
  }),

  listPayoutLayouts: route({
    method: "GET",
    path: "/v1/payout-layouts",
    tag: "Runs",
    summary: "List the layouts of payout files",
    access: LAYOUT_READERS,
    params: none,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(layoutViewSchema, "PayoutLayoutPage") },
    refusals: [],
  }),

  getPayoutLayout: route({
    method: "GET",
    path: "/v1/payout-layouts/{layout}",
    tag: "Runs",
    summary: "Read a layout of payout files",
    access: LAYOUT_READERS,
    params: layoutParams,
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "The layout",
      schema: layoutViewSchema,
      example: {
        id: "bank-batch",
        revision: 1,
        changedBy: "sun.hao",
        changedAt: "2026-06-20T00:00:00.000Z",
        layout: bankLayout,
      },
    },
    refusals: ["notFound"],
  }),
};
