import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { RequestMedia, RouteBody } from "#contracts/route.ts";
import { Refusal } from "#domain/problem.ts";
import { bodyBytes } from "./body-bytes.ts";
import { HttpProblem } from "./http-problem.ts";

/** How deep a body's objects and lists may lie in each other; a plan needs eight. */
export const BODY_DEPTH_MAX = 32;

/** The body as plain values: of JSON and YAML what they say, of CSV `{csv}`; undefined for a route without a body. */
export async function bodyDocument(event: APIGatewayProxyEventV2, { media }: RouteBody): Promise<unknown> {
  if (media.length === 0) return undefined;
  const bytes = bodyBytes(event);
  if (bytes.length === 0) throw new HttpProblem("malformed", "a body is needed");
  const type = mediaOf(event.headers["content-type"], media);
  const text = decode(bytes);
  switch (type) {
    case "application/json":
      return parseJson(text);
    case "application/yaml":
      return parseYaml(text);
    case "text/csv":
      return { csv: text };
  }
}

/** A YAML body as it was written; undefined of any other. */
export function yamlText(event: APIGatewayProxyEventV2, { media }: RouteBody): string | undefined {
  if (!media.includes("application/yaml")) return undefined;
  if (mediaOf(event.headers["content-type"], media) !== "application/yaml") return undefined;
  return decode(bodyBytes(event));
}

function mediaOf(header: string | undefined, allowed: readonly RequestMedia[]): RequestMedia {
  const [type = "", ...parameters] = (header ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith("charset="))
    ?.replace(/^charset="?([^"]*)"?$/, "$1");
  const media = allowed.find((one) => one === type);
  if (media !== undefined && (charset === undefined || charset === "utf-8")) return media;
  const problem = {
    code: "content-type",
    path: "content-type",
    message: "the body is of a type that is not taken here",
    seen: header ?? "none",
    allowed: `${allowed.join(" or ")}, in UTF-8`,
  };
  throw new HttpProblem("unsupportedMedia", problem.message, { problems: [problem] });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem("malformed", "the body is not UTF-8");
  }
}

function parseJson(text: string): unknown {
  requireShallow(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const problem = { code: "not-json", path: "", message };
    throw new HttpProblem("malformed", "the body is not JSON", { problems: [problem] });
  }
}

async function parseYaml(text: string): Promise<unknown> {
  // YAML's own brackets are counted before it is read; block nesting costs a line a level and is bounded by the size.
  requireShallow(text);
  // Few calls send YAML, and its reader is as large as all of our own code.
  const { readYaml } = await import("#adapters/files/yaml-document.ts");
  try {
    return readYaml(text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new HttpProblem("malformed", error.message, { problems: error.problems });
  }
}

/** Counts brackets outside of texts: before parsing, so that no parser has to survive a million of them. */
function requireShallow(text: string): void {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (inText) {
      if (char === "\\") index += 1;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") depth -= 1;
    if (depth > BODY_DEPTH_MAX) throw tooDeep();
  }
}

function tooDeep(): HttpProblem {
  const problem = {
    code: "too-deep",
    path: "",
    message: "the body's lists and objects lie too deep in each other",
    allowed: `at most ${BODY_DEPTH_MAX} levels`,
  };
  return new HttpProblem("malformed", problem.message, { problems: [problem] });
}
