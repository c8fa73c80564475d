import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type HttpHandler, httpHandler } from "../_kit/http.ts";
import { HttpProblem } from "../_kit/http-problem.ts";
import { contentSecurityPolicy, PAGE, START_SCRIPT } from "./page.ts";
import type { SignIn } from "./sign-in.ts";

/** What is served of Swagger UI, with its type. A name that is not here is not looked for anywhere. */
export const ASSETS: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
  "oauth2-redirect.html": "text/html; charset=utf-8",
  "oauth2-redirect.js": "text/javascript; charset=utf-8",
};

const INSTALLED = fileURLToPath(new URL("../../node_modules/swagger-ui-dist", import.meta.url));

export interface ReferenceOptions {
  /** Where Swagger UI's files lie: where npm put them, or beside the bundle. */
  readonly assetsFolder?: string;
  /** How people sign in on the page; without it they paste a token. */
  readonly signIn?: () => SignIn | undefined;
}

/** Serves the API reference, on which every call can be tried. */
export function createReference({ assetsFolder = INSTALLED, signIn = () => undefined }: ReferenceOptions): HttpHandler {
  const files = new Map<string, Promise<Buffer>>();
  const fileOf = (name: string) => {
    const file = files.get(name) ?? readFile(join(assetsFolder, name));
    files.set(name, file);
    return file;
  };
  const answer = (event: APIGatewayProxyEventV2, content: Buffer, contentType: string, cacheControl: string) =>
    fileAnswer(event, content, { contentType, cacheControl, policy: contentSecurityPolicy(signIn()) });
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
        if (name === "sign-in.json") {
          return answer(event, Buffer.from(JSON.stringify(signIn() ?? {})), "application/json", "no-cache");
        }
        const type = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
        if (type === undefined) throw new HttpProblem("notFound", "the reference has no such file");
        return answer(event, await fileOf(name), type, "public, max-age=3600");
      },
    },
  ]);
}

interface FileHead {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly policy: string;
}

function fileAnswer(
  event: APIGatewayProxyEventV2,
  content: Buffer,
  { contentType, cacheControl, policy }: FileHead,
): APIGatewayProxyStructuredResultV2 {
  const zips = /\bgzip\b/.test(event.headers["accept-encoding"] ?? "") && contentType.startsWith("text/");
  return {
    statusCode: 200,
    headers: {
      "content-type": contentType,
      "cache-control": cacheControl,
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      vary: "accept-encoding",
      ...(zips ? { "content-encoding": "gzip" } : {}),
    },
    body: (zips ? gzipSync(content) : content).toString("base64"),
    isBase64Encoded: true,
  };
}
