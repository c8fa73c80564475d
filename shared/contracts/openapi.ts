import * as z from "zod";
import {
  type CreateDocumentOptions,
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from "zod-openapi";
import {
  PROBLEM_KINDS,
  PROBLEM_MEDIA,
  type ProblemKind,
  problemDetailsSchema,
  problemType,
} from "./problem-details.ts";
import { acceptsIdempotencyKey, type Route, type RouteBody, type RouteSuccess, TAGS } from "./route.ts";
import { signatureHeadersSchema } from "./routes/webhook.ts";
import { routes } from "./routes.ts";
import { nameSchemas } from "./schema-names.ts";

export type OpenApiDocument = ReturnType<typeof createDocument>;

let document: OpenApiDocument | undefined;

/** The OpenAPI 3.1 document of every operation; built once, since it says the same for the life of the process. */
export function openApiDocument(): OpenApiDocument {
  nameSchemas();
  document ??= createDocument(
    {
      openapi: "3.1.1",
      info: {
        title: "Laurel",
        version: "1",
        summary: "Sales campaigns, contests and payouts",
        description:
          "Campaigns are defined as data, every amount is explained, money is posted as differences and approved by a second person. " +
          "Errors are `application/problem+json` (RFC 9457) with every problem found. Listings have `items` and `nextCursor`.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/", description: "The server that serves this document" }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: pathsOf(routes),
      components: {
        securitySchemes: {
          bearer: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "JWT",
            description: "A token of the configured issuer, with the claims sub, roles, units and sources",
          },
          signature: {
            type: "apiKey",
            in: "header",
            name: "webhook-signature",
            description: "Standard Webhooks: HMAC-SHA256 over the delivery's id, timestamp and bytes",
          },
        },
      },
    },
    { override: withoutMachineBounds },
  );
  return document;
}

/** Every integer is within what a double holds exactly. Said at each field it tells nothing, and reference pages take it for an example. */
const withoutMachineBounds: NonNullable<CreateDocumentOptions["override"]> = ({ jsonSchema }) => {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
};

function pathsOf(table: Readonly<Record<string, Route>>): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [operationId, route] of Object.entries(table)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(operationId, route) };
  }
  return paths;
}

function operationOf(operationId: string, route: Route): ZodOpenApiOperationObject {
  const description = [route.description, endText(route), accessText(route)]
    .filter((text) => text !== undefined)
    .join("\n\n");
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    description,
    ...(route.deprecated ? { deprecated: true } : {}),
    security: securityOf(route),
    requestParams: {
      ...(isObject(route.params) ? { path: route.params } : {}),
      ...(isObject(route.query) ? { query: route.query } : {}),
      ...headersOf(route),
    },
    ...(hasBody(route) ? { requestBody: requestBodyOf(route.body) } : {}),
    responses: {
      [String(route.success.status)]: responseOf(route.success),
      ...Object.fromEntries(refusalsOf(route).map(refusalOf)),
    },
  };
}

/** Every way a call of this route can fail; those that follow from its shape need no mention in the table. */
export function refusalsOf(route: Route): ProblemKind[] {
  const kinds = new Set<ProblemKind>(route.refusals);
  if (route.access !== "public") kinds.add("unauthenticated");
  if (Array.isArray(route.access)) for (const kind of ["forbidden", "tooMany", "unavailable"] as const) kinds.add(kind);
  if (hasBody(route))
    for (const kind of ["malformed", "tooLarge", "unsupportedMedia", "invalid"] as const) kinds.add(kind);
  if (acceptsIdempotencyKey(route)) kinds.add("conflict");
  if (route.ifMatch) kinds.add("stale");
  if (route.ifMatch === true) kinds.add("preconditionRequired");
  for (const kind of ["invalid", "internal"] as const) kinds.add(kind);
  return [...kinds].sort((a, b) => PROBLEM_KINDS[a].status - PROBLEM_KINDS[b].status);
}

function hasBody({ body }: Route): boolean {
  return body.media.length > 0;
}

function endText({ deprecated }: Route): string | undefined {
  return (
    deprecated &&
    `Deprecated since ${deprecated.since}, gone from ${deprecated.sunset} on. Instead: ${deprecated.instead}.`
  );
}

function accessText({ access }: Route): string | undefined {
  if (access === "public") return undefined;
  return access === "signature" ? "Called by a registered source, by its signature." : `Roles: ${access.join(", ")}.`;
}

function securityOf({ access }: Route): Record<string, string[]>[] {
  if (access === "public") return [];
  return access === "signature" ? [{ signature: [] }] : [{ bearer: [] }];
}

function headersOf(route: Route): { header?: z.ZodObject } {
  if (route.access === "signature") return { header: signatureHeadersSchema };
  const shape = {
    ...(route.ifMatch ? { "If-Match": route.ifMatch === true ? ifMatchSchema : revisionSchema } : {}),
    ...(acceptsIdempotencyKey(route) ? { "Idempotency-Key": idempotencyKeySchema } : {}),
  };
  return Object.keys(shape).length === 0 ? {} : { header: z.object(shape) };
}

const ifMatchSchema = z.string().describe('The ETag that was read, such as `"3"`');
const revisionSchema = z
  .string()
  .optional()
  .describe('The `revision` that was read, in quotes, such as `"4"`: refused when it is not the newest');

const idempotencyKeySchema = z
  .string()
  .max(255)
  .optional()
  .describe(
    "A name of your own for this call, such as a UUID: repeated under it within 24 hours, it does nothing twice",
  );

function requestBodyOf({ schema, documented, media, example, csvExample }: RouteBody) {
  return {
    required: true,
    content: Object.fromEntries(
      media.map((type) =>
        type === "text/csv"
          ? [type, { schema: z.string(), example: csvExample }]
          : [type, { schema: documented ?? schema, example }],
      ),
    ),
  };
}

function responseOf({ description, schema, example, etag, location, otherMedia }: RouteSuccess) {
  const headers = z.object({
    ...(etag ? { ETag: z.string().describe("Send it back as `If-Match` to edit what you read") } : {}),
    ...(location ? { Location: z.string().describe("Where what was made can be read") } : {}),
  });
  return {
    description,
    ...(etag || location ? { headers } : {}),
    content: {
      ...(schema instanceof z.ZodNever
        ? {}
        : { "application/json": { schema, ...(example === undefined ? {} : { example }) } }),
      ...Object.fromEntries(
        Object.entries(otherMedia ?? {}).map(([type, about]) => [type, { schema: z.string().describe(about) }]),
      ),
    },
  };
}

function refusalOf(kind: ProblemKind) {
  const { status, title } = PROBLEM_KINDS[kind];
  return [
    String(status),
    {
      description: title,
      content: { [PROBLEM_MEDIA]: { schema: problemDetailsSchema, example: exampleOf(kind) } },
    },
  ] as const;
}

const EXAMPLE_PROBLEM = {
  code: "invalid-value",
  path: "/recovery",
  message: "Invalid option",
  seen: "never",
  allowed: "nextPayout, receivable",
};

function exampleOf(kind: ProblemKind) {
  const { status, title } = PROBLEM_KINDS[kind];
  const problems = kind === "invalid" ? [EXAMPLE_PROBLEM] : [];
  return { type: problemType(kind), title, status, detail: title, problems };
}

function isObject(schema: z.ZodType): schema is z.ZodObject {
  return schema instanceof z.ZodObject && Object.keys(schema.shape).length > 0;
}
