import { openApiDocument } from "#contracts/openapi.ts";
import { withoutTexts } from "./api-changes.ts";
import type { Json } from "./schema-changes.ts";

/** The API that programs out there were written for, without texts and examples. */
export const PUBLISHED = "shared/contracts/published.generated.json";

export function presentApi(): Json {
  return withoutTexts(JSON.parse(JSON.stringify(openApiDocument())));
}
