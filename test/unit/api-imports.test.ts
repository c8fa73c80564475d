import { beforeEach, describe, expect, it } from "vitest";
import { ADMIN, ApiHarness, AUDITOR, MARKETING } from "./api-harness.ts";
import { CAMPAIGN, found, launch, ok, PEOPLE, PLAN, TARGETS, target, UNITS } from "./api-world.ts";

const CSV = { type: "text/csv" };
const HEADER = "participant_id,name,unit,role,from,to\n";

describe("importing people", () => {
  let harness: ApiHarness;
  const importCsv = (rows: string, query = "") => harness.post(`/v1/people:import${query}`, ADMIN, HEADER + rows, CSV);
  const membershipsOf = async (id: string) => (await harness.get(`/v1/people/${id}`, AUDITOR)).json.memberships;

  beforeEach(async () => {
    harness = new ApiHarness();
    await found(harness);
  });

  it("names row and column of what is wrong in a file, and imports nothing", async () => {
    const answer = await importCsv(
      "c-1,Li,nanchang,agent,,\nc-2,Wu,nowhere,agent,,\nc-3,Xu,nanchang,agent,2026-13-01,\n",
    );
    expect(answer.status).toBe(422);
    expect(answer.json.problems).toMatchObject([
      { path: "people.csv:4:from", seen: "2026-13-01" },
      { path: "people.csv:3:unit", seen: "nowhere" },
    ]);
    expect((await harness.get("/v1/people/c-1", AUDITOR)).status).toBe(404);
  });

  it("takes the good rows when only they are asked for, and reports the others", async () => {
    const rows = "c-1,Li,nanchang,agent,,\nc-2,Wu,nowhere,agent,,\n";
    const { json } = await ok(importCsv(rows, "?goodRowsOnly=true"));
    expect(json).toMatchObject({ rows: 2, taken: 1, unchanged: 0, rejected: 1 });
    expect(json.findings).toMatchObject([{ path: "people.csv:3:unit", seen: "nowhere" }]);
    expect(await membershipsOf("c-1")).toHaveLength(1);
  });

  it("leaves out a person whole, rather than with half a history", async () => {
    const rows = "c-1,Li,nanchang,agent,,2026-01-01\nc-1,Li,nowhere,agent,2026-01-01,\nc-2,Wu,jiujiang,agent,,\n";
    const { json } = await ok(importCsv(rows, "?goodRowsOnly=true"));
    expect(json).toMatchObject({ rows: 3, taken: 1, rejected: 2 });
    expect(json.findings.map(({ code, path }: { code: string; path: string }) => `${code} ${path}`)).toEqual([
      "unknown-unit people.csv:3:unit",
      "incomplete-person people.csv:2:participant_id",
    ]);
    expect((await harness.get("/v1/people/c-1", AUDITOR)).status).toBe(404);
  });

  it("takes nobody while a row may be anybody's", async () => {
    const { json } = await ok(importCsv("c-1,Li,nanchang,agent,,\nc-2,Wu\n", "?goodRowsOnly=true"));
    expect(json).toMatchObject({ rows: 2, taken: 0, rejected: 2 });
  });

  it("names rows of JSON by their index", async () => {
    const rows = [...PEOPLE, { ...PEOPLE[0], participantId: "#" }, { ...PEOPLE[0], from: "2026-01-01" }];
    const answer = await harness.post("/v1/people:import", ADMIN, { rows });
    expect(answer.json.problems.map(({ path }: { path: string }) => path)).toEqual([
      "/rows/4/participantId",
      "/rows/5/from",
    ]);
  });

  it("changes nothing the second time", async () => {
    const revision = await harness.cloud.deps.plans.directoryRevision();
    const { json } = await ok(harness.post("/v1/people:import", ADMIN, { rows: [...PEOPLE].reverse() }));
    expect(json).toMatchObject({ rows: 4, taken: 0, unchanged: 4, rebuilding: [] });
    expect(await harness.cloud.deps.plans.directoryRevision()).toBe(revision);
  });

  it("refuses a file that cannot be read as a whole, even for its good rows", async () => {
    const answer = await harness.post("/v1/people:import?goodRowsOnly=true", ADMIN, "id;name\n1;2\n", CSV);
    expect(answer.status).toBe(422);
    expect(answer.json.problems[0]).toMatchObject({ path: expect.stringContaining("people.csv") });
  });
});

describe("importing units", () => {
  it("checks the whole organisation that results", async () => {
    const harness = new ApiHarness();
    await found(harness);
    const circle = [{ ...UNITS[1], parent: "nanchang" }];
    const answer = await harness.post("/v1/org-units:import", ADMIN, { rows: circle });
    expect(answer.status).toBe(422);
    expect(answer.json.problems).toContainEqual(expect.objectContaining({ code: "org-cycle", path: "/rows/0/parent" }));
    const below = "unit,parent,level,name\nganzhou,jiangxi,branch,赣州\nyudu,ganzhou,office,于都\n";
    const { json } = await ok(harness.post("/v1/org-units:import", ADMIN, below, CSV));
    expect(json).toMatchObject({ taken: 2, rejected: 0 });
  });

  it("leaves out what hangs below a bad row", async () => {
    const harness = new ApiHarness();
    const rows = [
      ...UNITS.slice(0, 2),
      { ...UNITS[2], parent: "nowhere" },
      { unit: "office", parent: "nanchang", level: "office", name: "Office" },
    ];
    const { json } = await ok(harness.post("/v1/org-units:import?goodRowsOnly=true", ADMIN, { rows }));
    expect(json).toMatchObject({ rows: 4, taken: 2, rejected: 2 });
    expect((await ok(harness.get("/v1/org-units", AUDITOR))).json.items).toHaveLength(2);
  });

  it("finishes what an import before it left half done", async () => {
    const harness = new ApiHarness();
    await launch(harness);
    const { plans } = harness.cloud.deps;
    const putUnits = plans.putUnits.bind(plans);
    plans.putUnits = async () => {
      throw new Error("cut off");
    };
    const rows = [{ unit: "shangrao", parent: "jiangxi", level: "office", name: "上饶" }];
    expect((await harness.post("/v1/org-units:import", ADMIN, { rows })).status).toBe(500);
    expect((await plans.directoryRevision()) % 2).toBe(1);
    plans.putUnits = putUnits;
    const { json } = await ok(harness.post("/v1/org-units:import", ADMIN, { rows }));
    expect(json).toMatchObject({ taken: 1, rebuilding: [PLAN.id] });
    expect((await plans.directoryRevision()) % 2).toBe(0);
  });
});

describe("importing targets", () => {
  it("refers to subjects on file and measures of the plan", async () => {
    const harness = new ApiHarness();
    await found(harness);
    const csv =
      "subject,measure,label,slice,value\nnanchang,premium,start,,1.005\nnobody,profit,start,w1,1\nnanchang,premium,start,,2\n";
    const answer = await harness.post(`${CAMPAIGN}/targets:import`, MARKETING, csv, CSV);
    expect(answer.status).toBe(422);
    expect(answer.json.problems.map(({ code, path }: { code: string; path: string }) => `${path} ${code}`)).toEqual([
      "targets.csv:2:value too-fine",
      "targets.csv:3:subject unknown-subject",
      "targets.csv:3:slice unused-slice",
      "targets.csv:3:measure unknown-measure",
      "targets.csv:4:subject duplicate-target",
    ]);
  });

  it("raises the epoch of an active campaign and starts its rebuild, once", async () => {
    const harness = new ApiHarness();
    await launch(harness);
    harness.cloud.rebuilds.length = 0;
    const rows = [target("nanchang", "700.00")];
    const changed = await ok(harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows }));
    expect(changed.json).toMatchObject({ taken: 1, rebuilding: [PLAN.id] });
    const { epoch } = (await ok(harness.get(CAMPAIGN, AUDITOR))).json;
    expect(harness.cloud.rebuilds).toEqual([{ campaign: PLAN.id, epoch }]);
    await harness.cloud.runRebuilds();
    const again = await ok(harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows }));
    expect(again.json).toMatchObject({ taken: 0, unchanged: 1, rebuilding: [] });
    const listed = await ok(harness.get(`${CAMPAIGN}/targets`, AUDITOR));
    expect(listed.json.items).toHaveLength(TARGETS.length);
  });
});
