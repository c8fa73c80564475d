import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#domain/actor.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MANAGER, MARKETING, POS, SELLER } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, sale } from "./api-world.ts";

/** Nobody reads beyond their units. */
describe("what an actor sees", () => {
  const harness = new ApiHarness();
  const { cloud } = harness;
  let run: string;

  const idsOf = async (path: string, as: Actor, idOf: (item: never) => string) =>
    (await ok(harness.get(path, as))).json.items.map(idOf);
  const payee = ({ payee: { id } }: { payee: { id: string } }) => id;

  beforeAll(async () => {
    await launch(harness);
    const facts = ["a-1", "a-2", "b-1"].map((who, index) => sale(String(index), who, "600.00"));
    await ok(harness.post("/v1/facts:batch", POS, { facts }));
    await cloud.drain();
    cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
    const { json } = await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }));
    const [request] = cloud.settlements.splice(0);
    if (request === undefined) throw new Error("no settlement was started");
    await cloud.compute(request);
    run = `${CAMPAIGN}/runs/${json.runId}`;
    const { resultHash } = (await ok(harness.get(run, APPROVER))).json;
    await ok(harness.post(`${run}/approve`, APPROVER, { resultHash }));
    await cloud.pay(request);
  });

  it("shows a branch manager the lines, postings and payouts of the own branch", async () => {
    const own = ["a-1", "a-2", "nanchang"];
    for (const path of [`${run}/lines`, `${CAMPAIGN}/postings`, `${CAMPAIGN}/payouts`]) {
      expect((await idsOf(path, MANAGER, payee)).sort(), path).toEqual(own);
      expect((await idsOf(path, AUDITOR, payee)).sort(), path).toEqual(expect.arrayContaining([...own, "b-1"]));
    }
  });

  it("shows a branch manager the own rows of boards, with their places among all", async () => {
    const { json } = await ok(harness.get(`${CAMPAIGN}/boards`, MANAGER));
    expect(json.progress.map(({ unit }: { unit: string }) => unit)).toEqual(["nanchang"]);
    for (const { rows } of json.boards) {
      for (const { subject } of rows) expect(["nanchang", "a-1", "a-2"]).toContain(subject);
    }
    expect(json.boards[0].subjects).toBe(2);
  });

  it("shows a branch manager the own units, people and targets", async () => {
    expect(await idsOf("/v1/org-units", MANAGER, ({ unit }: { unit: string }) => unit)).toEqual(["nanchang"]);
    const people = await idsOf("/v1/people", MANAGER, ({ participantId }: { participantId: string }) => participantId);
    expect(people.sort()).toEqual(["a-1", "a-2"]);
    const targets = await idsOf(`${CAMPAIGN}/targets`, MANAGER, ({ subject }: { subject: string }) => subject);
    expect(targets).toEqual(["nanchang"]);
    expect((await harness.get("/v1/people/b-1", MANAGER)).status).toBe(403);
    expect((await harness.get("/v1/people/nobody", MANAGER)).status).toBe(403);
    expect((await harness.get("/v1/people/a-2", MANAGER)).json).toMatchObject({ participantId: "a-2" });
  });

  it("shows the manager of a province all its branches", async () => {
    const province = { ...MANAGER, units: ["jiangxi"] };
    expect((await idsOf(`${CAMPAIGN}/payouts`, province, payee)).sort()).toEqual(
      (await idsOf(`${CAMPAIGN}/payouts`, AUDITOR, payee)).sort(),
    );
    expect(await idsOf(`${CAMPAIGN}/payouts`, { ...MANAGER, units: [] }, payee)).toEqual([]);
  });

  it("shows a seller only the own statement", async () => {
    const statement = (id: string, as: Actor, kind = "participant") =>
      harness.get(`${CAMPAIGN}/statements/${kind}/${id}`, as).then(({ status }) => status);
    expect(await statement("a-1", SELLER)).toBe(200);
    expect(await statement("a-2", SELLER)).toBe(403);
    expect(await statement("nobody", SELLER)).toBe(403);
    expect(await statement("nanchang", { ...SELLER, subject: "nanchang" }, "unit")).toBe(403);
    expect(await statement("a-2", MANAGER)).toBe(200);
    expect(await statement("nanchang", MANAGER, "unit")).toBe(200);
    expect(await statement("b-1", MANAGER)).toBe(403);
    expect(await statement("b-2", AUDITOR)).toBe(404);
    for (const path of [`${CAMPAIGN}/payouts`, `${run}/lines`, "/v1/people", run]) {
      expect((await harness.get(path, SELLER)).status, path).toBe(403);
    }
  });

  it("lets no role widen what another opens", async () => {
    const both: Actor = { ...SELLER, roles: ["seller", "administrator"] };
    expect((await harness.get(`${CAMPAIGN}/statements/participant/a-1`, both)).status).toBe(200);
    expect((await harness.get(`${CAMPAIGN}/statements/participant/b-1`, both)).status).toBe(403);
    expect((await harness.get("/v1/people/b-1", both)).status).toBe(200);
  });

  it("tells the caller who they are and what they may do", async () => {
    const { json } = await ok(harness.get("/v1/me", { ...SELLER, units: ["nanchang"] }));
    expect(json).toEqual({
      subject: "a-1",
      roles: ["seller"],
      units: ["nanchang"],
      sources: [],
      operations: expect.arrayContaining(["askWhatIf", "getBoards", "getMe", "getStatement"]),
    });
    const auditor = (await ok(harness.get("/v1/me", AUDITOR))).json.operations;
    expect(auditor).toEqual(expect.arrayContaining(["listPayouts", "getPayoutFile"]));
    expect(auditor).not.toContain("approveRun");
  });

  it("shows who has left to the whole company only", async () => {
    const rows = [
      { participantId: "a-2", name: "张志远", unit: "nanchang", role: "agent", from: null, to: "2026-04-01" },
    ];
    await ok(harness.post("/v1/people:import", ADMIN, { rows }));
    expect((await harness.get(`${CAMPAIGN}/statements/participant/a-2`, MANAGER)).status).toBe(403);
    expect((await harness.get(`${CAMPAIGN}/statements/participant/a-2`, AUDITOR)).status).toBe(200);
  });

  it("shows an integrator the facts of the own sources", async () => {
    expect((await harness.get("/v1/facts/pos/0", POS)).status).toBe(200);
    const other = { ...POS, sources: ["other"] };
    for (const path of ["/v1/facts/pos/0", "/v1/sources/pos/conflicts", "/v1/sources/pos/unreadable"]) {
      const answer = await harness.get(path, other);
      expect(answer.status, path).toBe(403);
      expect(answer.json.problems).toMatchObject([{ code: "out-of-sight", seen: "source pos" }]);
    }
    expect((await harness.get("/v1/facts:held", other)).json).toEqual({ items: [] });
  });

  it("lets nobody approve what they asked for or published", async () => {
    const maker = { ...MARKETING, roles: ["marketing", "approver"] } as const;
    const { resultHash } = (await ok(harness.get(run, APPROVER))).json;
    const answer = await harness.post(`${run}/approve`, maker, { resultHash });
    expect(answer.status).toBe(403);
    expect(answer.json.problems).toMatchObject([{ code: "second-person", seen: MARKETING.subject }]);
  });
});
