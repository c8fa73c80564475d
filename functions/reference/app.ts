import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type HttpHandler, httpHandler } from "../_kit/http.ts";
import { HttpProblem } from "../_kit/http-problem.ts";
import { CONTENT_SECURITY_POLICY, PAGE, START_SCRIPT } from "./page.ts";

/** What is served of Swagger UI, with its type. A name that is not here is not looked for anywhere. */
export const ASSETS: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
};

const INSTALLED = fileURLToPath(new URL("../../node_modules/swagger-ui-dist", import.meta.url));

/**
 * Serves the API reference, on which every call can be tried.
 *
 * @param assetsFolder where Swagger UI's files lie: where npm put them, or beside the bundle
 */
export function createReference(assetsFolder: string = INSTALLED): HttpHandler {
  const files = new Map<string, Promise<Buffer>>();
  const fileOf = (name: string) => {
    const file = files.get(name) ?? readFile(join(assetsFolder, name));
    files.set(name, file);
    return file;
  };
  return httpHandler([
    {
      method: "GET",
      path: "/docs",
      answer: async (event) => answer(event, Buffer.from(PAGE), "text/html; charset=utf-8", "no-cache"),
    },
    {
      method: "GET",
      path: "/docs/{file}",
      answer: async (event) => {
        const name = event.pathParameters?.file ?? "";
        if (name === "start.js") return answer(event, Buffer.from(START_SCRIPT), "text/javascript", "no-cache");
        const type = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
        if (type === undefined) throw new HttpProblem("notFound", "the reference has no such file");
        return answer(event, await fileOf(name), type, "public, max-age=3600");
      },
    },
  ]);
}

function answer(
  event: APIGatewayProxyEventV2,
  content: Buffer,
  contentType: string,
  cacheControl: string,
): APIGatewayProxyStructuredResultV2 {
  const zips = /\bgzip\b/.test(event.headers["accept-encoding"] ?? "") && contentType.startsWith("text/");
  return {
    statusCode: 200,
    headers: {
      "content-type": contentType,
      "cache-control": cacheControl,
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      vary: "accept-encoding",
      ...(zips ? { "content-encoding": "gzip" } : {}),
    },
    body: (zips ? gzipSync(content) : content).toString("base64"),
    isBase64Encoded: true,
  };
}
