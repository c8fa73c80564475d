import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "#contracts/openapi.ts";
import { laurelClient } from "#infra/local/client/laurel-client.ts";
import { makeClient } from "#infra/local/client/make.ts";
import { ApiHarness, invoke, MARKETING, tokenFor } from "./api-harness.ts";
import { found, PLAN } from "./api-world.ts";

/** Below node_modules' folder, so that the package finds what it depends on. */
mkdirSync("build", { recursive: true });
const FOLDER = mkdtempSync(join("build", "client-test-"));

const GOOD = `import { laurelClient } from "./index.js";
const laurel = laurelClient({ baseUrl: "https://laurel.test", token: "t" });
const { data, error } = await laurel.GET("/v1/campaigns/{campaign}/runs", {
  params: { path: { campaign: "c" }, query: { limit: 10 } },
});
const states: string[] = data?.items.map((run) => run.state) ?? [];
const detail: string | undefined = error?.detail;
export { detail, states };
`;

const BAD: Readonly<Record<string, readonly [string, string]>> = {
  "a path that is not there": ["/runs", "/runners"],
  "a parameter that is missing": ['path: { campaign: "c" }', "path: {}"],
  "a field that no answer has": ["run.state", "run.condition"],
};

beforeAll(() => makeClient(FOLDER));
afterAll(() => rmSync(FOLDER, { recursive: true }));

describe("the generated client", () => {
  it("has the document that it is made from", () => {
    expect(JSON.parse(readFileSync(join(FOLDER, "openapi.json"), "utf8"))).toEqual(
      JSON.parse(JSON.stringify(openApiDocument())),
    );
  });

  it("compiles in a program that uses it rightly, and in no other", async () => {
    writeFileSync(join(FOLDER, "good.ts"), GOOD);
    expect(await complaints("good.ts")).toBe("");
    for (const [what, [right, wrong]] of Object.entries(BAD)) {
      writeFileSync(join(FOLDER, "bad.ts"), GOOD.replace(right, wrong));
      expect(await complaints("bad.ts"), what).toContain("error TS");
    }
  }, 120_000);

  it("calls the API", async () => {
    const harness = await world();
    const { laurelClient: made } = await import(pathToFileURL(join(FOLDER, "index.js")).href);
    const laurel = made({ baseUrl: "https://laurel.test", token: () => tokenFor(MARKETING), fetch: through(harness) });
    const { data, response } = await laurel.GET("/v1/campaigns");
    expect(response.status).toBe(200);
    expect(data.items.map(({ id }: { id: string }) => id)).toEqual([PLAN.id]);
  });
});

interface Paths {
  "/v1/campaigns": {
    post: {
      requestBody: { content: { "application/json": object } };
      responses: {
        201: { content: { "application/json": { id: string } } };
        429: { content: { "application/json": object } };
      };
    };
  };
}

describe("a call of the client", () => {
  it("gives each POST a key of its own, and the same one when it is sent again", async () => {
    const harness = await world();
    const keys: (string | null)[] = [];
    let busy = 2;
    const waited: number[] = [];
    const laurel = laurelClient<Paths>({
      baseUrl: "https://laurel.test",
      token: () => tokenFor(MARKETING),
      wait: async (milliseconds) => void waited.push(milliseconds),
      fetch: async (request) => {
        keys.push(request.headers.get("idempotency-key"));
        const answer = await through(harness)(request);
        // The first answers are lost on the way: the gateway says 503 for a campaign that was made.
        return busy-- > 0 ? new Response("{}", { status: 503, headers: { "retry-after": "2" } }) : answer;
      },
    });
    const plan = { ...PLAN, id: "winter-2026" };
    const { data, response } = await laurel.POST("/v1/campaigns", { body: plan });
    expect(response.status).toBe(201);
    expect(data?.id).toBe("winter-2026");
    expect(waited).toEqual([2000, 2000]);
    expect(new Set(keys).size).toBe(1);
    await laurel.POST("/v1/campaigns", { body: { ...plan, id: "autumn-2026" } });
    expect(new Set(keys).size).toBe(2);
  });

  it("gives up after as many times as it was told", async () => {
    let sent = 0;
    const laurel = laurelClient<Paths>({
      baseUrl: "https://laurel.test",
      token: "t",
      retries: 2,
      wait: async () => {},
      fetch: async () => {
        sent += 1;
        return new Response("{}", { status: 429 });
      },
    });
    expect((await laurel.POST("/v1/campaigns", { body: {} })).response.status).toBe(429);
    expect(sent).toBe(3);
  });
});

async function world(): Promise<ApiHarness> {
  const harness = new ApiHarness();
  await found(harness);
  return harness;
}

/** Sends what a client fetches to the API's own handler. */
function through(harness: ApiHarness) {
  return async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const { "content-type": type, ...headers } = Object.fromEntries(request.headers);
    const body = await request.text();
    const answer = await invoke(harness.api, request.method, pathname + search, {
      headers,
      ...(body === "" ? {} : { body }),
      ...(type === undefined ? {} : { type }),
    });
    const texts = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
    return new Response(answer.text, { status: answer.status, headers: texts });
  };
}

/** What the compiler says of one file in the client's folder. */
async function complaints(file: string): Promise<string> {
  const options = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--skipLibCheck",
    "--ignoreConfig",
  ];
  try {
    await promisify(execFile)("node_modules/@typescript/native/bin/tsc", [...options, join(FOLDER, file)]);
    return "";
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
  }
}
