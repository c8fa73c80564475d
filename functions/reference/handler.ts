import { fileURLToPath } from "node:url";
import { createReference } from "./app.ts";

/** In a bundle, Swagger UI's files lie in `assets` beside the code. */
export const handler = createReference(fileURLToPath(new URL("./assets", import.meta.url)));
