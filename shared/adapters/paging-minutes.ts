import * as z from "zod";

/** A position in a listing of minutes, newest first: before which minute and instance it goes on. */
export const minuteCursorSchema = z.strictObject({ before: z.string().regex(/^[\d:TZ.-]{24}#[0-9a-f]{8}$/) });
