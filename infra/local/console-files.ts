import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { bundleConsole, consolePolicy, etagOf, HASHED } from "#infra/lib/console-bundle.ts";
import type { HttpRoute } from "./http-server.ts";

/** What the console reads before anybody is signed in. */
export interface ConsoleConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly token: "access_token" | "id_token";
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".yaml": "application/yaml; charset=utf-8",
};

/** Stands in for S3 and CloudFront: the console's files, and its page for every address below `/console/`. Built when first asked for. */
export function consoleRoutes(config: () => ConsoleConfig | Promise<ConsoleConfig>): HttpRoute[] {
  let built: Promise<Files> | undefined;
  const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const path = event.pathParameters?.proxy ?? "";
    if (path === "config.json")
      return answer(event, Buffer.from(JSON.stringify(await config())), "application/json", "no-cache");
    built ??= bundledFiles();
    return file(event, await built, path, (await config()).issuer);
  };
  const route = (path: string): HttpRoute => ({ method: "GET", path, functionName: "console", handler });
  return [
    { ...route("/console"), handler: () => ({ statusCode: 308, headers: { location: "/console/" } }) },
    route("/console/"),
    route("/console/{proxy+}"),
  ];
}

type Files = ReadonlyMap<string, Buffer>;

/** In a folder of its own, for clouds at the same time. */
async function bundledFiles(): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), "laurel-console-"));
  try {
    await bundleConsole(folder);
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(
      names.map(({ name, parentPath }) => {
        const path = join(parentPath, name);
        return [relative(folder, path), readFileSync(path)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function file(
  event: APIGatewayProxyEventV2,
  files: Files,
  path: string,
  issuer: string,
): APIGatewayProxyStructuredResultV2 {
  const isHashed = path.startsWith(`${HASHED}/`);
  const name = isHashed || files.has(path) ? path : "index.html";
  const content = files.get(name);
  if (content === undefined) return { statusCode: 404, headers: { "cache-control": "no-store" } };
  const cache = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
  const found = answer(event, content, TYPES[extname(name)] ?? "application/octet-stream", cache);
  return { ...found, headers: { ...found.headers, "content-security-policy": consolePolicy(issuer) } };
}

function answer(
  { headers }: APIGatewayProxyEventV2,
  content: Buffer,
  type: string,
  cacheControl: string,
): APIGatewayProxyStructuredResultV2 {
  const etag = etagOf(content);
  const common = {
    "cache-control": cacheControl,
    etag,
    vary: "accept-encoding",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
  };
  if (headers["if-none-match"] === etag) return { statusCode: 304, headers: common };
  const zips = /\bgzip\b/.test(headers["accept-encoding"] ?? "");
  return {
    statusCode: 200,
    headers: { ...common, "content-type": type, ...(zips ? { "content-encoding": "gzip" } : {}) },
    body: (zips ? gzipSync(content) : content).toString("base64"),
    isBase64Encoded: true,
  };
}
