import * as z from "zod";
import { limitRefSchema } from "#domain/reservation.ts";
import { RELEASERS, RESERVATION_READERS, RESERVERS } from "../access.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { campaignParam, externalIdParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import { claimViewSchema, limitViewSchema, reservationViewSchema } from "../views/reservation-views.ts";

const limitParams = z.strictObject({
  campaign: campaignParam,
  kind: limitRefSchema.shape.kind.describe("A stock of the plan, or a budget with the policy `firstCome`"),
  limit: limitRefSchema.shape.id.describe("The id that the plan gives it").meta({ examples: ["coffee"] }),
});
const reservationParams = limitParams.extend({ reservationId: externalIdParam });

const RESERVATIONS = "/v1/campaigns/{campaign}/limits/{kind}/{limit}/reservations";

export const reservationRoutes = {
  listLimits: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/limits",
    tag: "Stocks",
    summary: "List stocks and budgets, with what is left of each",
    access: RESERVATION_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(limitViewSchema, "LimitPage") },
    refusals: ["notFound"],
  }),

  reserve: route({
    method: "POST",
    path: RESERVATIONS,
    tag: "Stocks",
    summary: "Reserve a part of a stock or budget",
    description:
      "Of claims at the same time as many are accepted as there is room for, and not one more. `reservationId` is the caller's own: " +
      "the same claim sent again is answered with the reservation as it stands, and takes nothing more. What is not " +
      "committed within `holdSeconds` is free again. Refused with 409 when less is left, and the answer says how much.",
    access: RESERVERS,
    params: limitParams,
    query: none,
    body: {
      schema: claimViewSchema,
      media: ["application/json"],
      example: { reservationId: "order-7001", subject: "customer-42", quantity: 1, holdSeconds: 900 },
    },
    success: {
      status: 201,
      description: "The reservation; the same one when the claim was sent before",
      schema: reservationViewSchema,
      location: true,
    },
    refusals: ["notFound", "conflict"],
  }),

  listReservations: route({
    method: "GET",
    path: RESERVATIONS,
    tag: "Stocks",
    summary: "List reservations",
    description: "An integrator sees those it made.",
    access: RESERVATION_READERS,
    params: limitParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(reservationViewSchema, "ReservationPage") },
    refusals: ["notFound", "conflict"],
  }),

  getReservation: route({
    method: "GET",
    path: `${RESERVATIONS}/{reservationId}`,
    tag: "Stocks",
    summary: "Read a reservation",
    access: RESERVATION_READERS,
    params: reservationParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The reservation", schema: reservationViewSchema },
    refusals: ["notFound"],
  }),

  commitReservation: route({
    method: "POST",
    path: `${RESERVATIONS}/{reservationId}/commit`,
    tag: "Stocks",
    summary: "Commit a reservation: what was held is given",
    description: "Again: the same answer. Refused with 409 when it was released or its time is over.",
    access: RESERVERS,
    params: reservationParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The reservation as it is now", schema: reservationViewSchema },
    refusals: ["notFound", "conflict"],
  }),

  releaseReservation: route({
    method: "POST",
    path: `${RESERVATIONS}/{reservationId}/release`,
    tag: "Stocks",
    summary: "Release a reservation: what was held is free again",
    description: "Again, or after it expired: answered as it stands. Refused with 409 when it was committed.",
    access: RELEASERS,
    params: reservationParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The reservation as it is now", schema: reservationViewSchema },
    refusals: ["notFound", "conflict"],
  }),
};
