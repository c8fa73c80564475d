import { reconcileDepsFromEnvironment } from "../_kit/deps.ts";
import { createReconcile } from "./app.ts";

export const handler = createReconcile(reconcileDepsFromEnvironment(process.env));
