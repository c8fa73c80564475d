import * as z from "zod";
import { claimSchema, limitRefSchema, reservationSchema } from "#domain/reservation.ts";

export const limitViewSchema = z
  .strictObject({
    ...limitRefSchema.shape,
    unit: z.enum(["pieces", "minorUnits"]),
    capacity: z.int().min(0).describe("What the plan in force has"),
    reserved: z.int().min(0).describe("Held for somebody, not yet certain"),
    committed: z.int().min(0),
    left: z
      .int()
      .min(0)
      .describe("What can still be reserved; 0, too, when the plan in force has less than is taken already"),
  })
  .meta({ id: "Limit" });

export const claimViewSchema = claimSchema.meta({ id: "Claim" });

export const reservationViewSchema = reservationSchema.meta({ id: "Reservation" });
