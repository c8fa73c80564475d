import { notifyDepsFromEnvironment } from "../_kit/notify-deps.ts";
import { createNotify } from "./app.ts";

/** The function ends after 55 seconds; the last message that is begun has ten of them. */
export const handler = createNotify(notifyDepsFromEnvironment(process.env), { sendForMs: 40_000 });
