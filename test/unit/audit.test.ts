import { beforeAll, describe, expect, it } from "vitest";
import { MemoryAuditStore } from "#adapters/memory/audit-store.ts";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { audited, sealed } from "#app/audit/note.ts";
import { listAudit, readAnchor } from "#app/audit/read-audit.ts";
import { verifyChains } from "#app/audit/verify-chains.ts";
import type { AuditAnchor, AuditEntry } from "#domain/audit.ts";
import { Refusal } from "#domain/problem.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MANAGER, MARKETING } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, PLAN } from "./api-world.ts";

const ACTOR = { ...MARKETING, client: "portal", request: "r-1" };
const DEED = { chain: "company", action: "test.do", subject: "it", detail: { note: "x" } };

function world() {
  const deps = { audit: new MemoryAuditStore(), clock: new SimulatedClock(Date.parse("2026-03-01T00:00:00Z")) };
  const all = () => deps.audit.entries("company", 0, 1000);
  return { deps, all };
}

describe("what is done is told before and after", () => {
  it("with who, in which role, by which application and request", async () => {
    const { deps, all } = world();
    let before: AuditEntry[] = [];
    await audited(
      deps,
      ACTOR,
      DEED,
      async () => {
        before = await all();
        return 7;
      },
      (result) => ({ result: String(result) }),
    );
    expect(before).toMatchObject([
      {
        seq: 1,
        phase: "intent",
        actor: "mei.lin",
        role: "marketing",
        client: "portal",
        request: "r-1",
        detail: { note: "x" },
      },
    ]);
    expect(await all()).toMatchObject([{ seq: 1 }, { seq: 2, phase: "done", intent: 1, detail: { result: "7" } }]);
  });

  it("also when it is refused or fails; of a failure without its text", async () => {
    const { deps, all } = world();
    const fails = (error: Error) => audited(deps, ACTOR, DEED, () => Promise.reject(error));
    await expect(fails(new Refusal("conflict", "not now"))).rejects.toThrow("not now");
    await expect(fails(new TypeError("secret"))).rejects.toThrow("secret");
    const entries = await all();
    expect(entries.map(({ phase, detail }) => [phase, detail])).toEqual([
      ["intent", { note: "x" }],
      ["refused", { kind: "conflict", reason: "not now" }],
      ["intent", { note: "x" }],
      ["failed", { reason: "TypeError" }],
    ]);
    expect(JSON.stringify(entries)).not.toContain("secret");
  });

  it("and nothing is done when it cannot be told", async () => {
    const { deps } = world();
    let isDone = false;
    const audit = Object.assign(new MemoryAuditStore(), { append: () => Promise.reject(new Error("no store")) });
    const work = async () => {
      isDone = true;
    };
    await expect(audited({ ...deps, audit }, ACTOR, DEED, work)).rejects.toThrow("no store");
    expect(isDone).toBe(false);
  });

  it("a machine that stops in between leaves the intent, and that is told", async () => {
    const { deps, all } = world();
    await deps.audit.append("company", (last) =>
      sealed(last, {
        chain: "company",
        at: "2026-03-01T00:00:00Z",
        phase: "intent",
        actor: "a",
        action: "b",
        subject: "c",
        detail: {},
      }),
    );
    await audited(deps, ACTOR, DEED, async () => undefined);
    expect(verifyChains(await all())).toMatchObject({ breaks: [], open: [{ seq: 1, action: "b" }] });
  });
});

describe("a copy of the audit", () => {
  const harness = new ApiHarness();
  const entries: AuditEntry[] = [];
  let anchor: AuditAnchor;
  const chain = `campaign:${PLAN.id}`;

  beforeAll(async () => {
    await launch(harness);
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const { json } = await ok(harness.get(`/v1/audit?limit=7${query}`, AUDITOR));
      entries.push(...json.items);
      cursor = json.nextCursor;
    } while (cursor !== undefined);
    anchor = (await ok(harness.get("/v1/audit/anchor", AUDITOR))).json;
  });

  const own = () => entries.filter((entry) => entry.chain === chain);
  const others = () => entries.filter((entry) => entry.chain !== chain);
  const broken = (changed: readonly AuditEntry[], by?: AuditAnchor) => {
    const { breaks } = verifyChains([...others(), ...changed], ...(by ? [by] : []));
    return breaks.map(({ chain: where, seq, problem }) => [where, seq, problem]);
  };
  const resealed = (list: readonly AuditEntry[]) => {
    const copy: AuditEntry[] = [];
    for (const { seq: _, previous: __, hash: ___, ...content } of list) copy.push(sealed(copy.at(-1), content));
    return copy;
  };

  it("is whole as it was exported", () => {
    expect(own().length).toBeGreaterThan(7);
    expect(verifyChains(entries, anchor)).toMatchObject({ chains: 2, entries: entries.length, breaks: [], open: [] });
  });

  it("in which an entry was changed, removed, put in or moved is refused at the first broken place", () => {
    const list = own();
    const [first, second, third] = list;
    if (!first || !second || !third) throw new Error("too few entries");
    expect(broken(list.with(1, { ...second, actor: "somebody" }))).toEqual([[chain, 2, "changed"]]);
    expect(broken(list.toSpliced(2, 1))).toEqual([[chain, 3, "missing"]]);
    expect(broken(list.toSpliced(2, 0, second))).toEqual([[chain, 3, "inserted"]]);
    expect(broken(list.toSpliced(1, 2, third, second))).toEqual([[chain, 2, "missing"]]);
    expect(broken(list.slice(1))).toEqual([[chain, 1, "missing"]]);
    const { hash: _, ...content } = { ...second, actor: "somebody" };
    const forged = sealed(first, content);
    expect(broken(list.with(1, forged))).toEqual([[chain, 3, "changed"]]);
  });

  it("that was cut, or sealed anew throughout, is whole by itself and refused against an anchor", () => {
    const list = own();
    expect(broken(list.slice(0, -2))).toEqual([]);
    expect(broken(list.slice(0, -2), anchor)).toEqual([[chain, list.length - 1, "cut"]]);
    const rewritten = resealed(list.toSpliced(2, 2));
    expect(broken(rewritten)).toEqual([]);
    expect(broken(rewritten, anchor)).toEqual([[chain, list.length - 1, "cut"]]);
    const changed = resealed(list.map((entry) => ({ ...entry, actor: "somebody" })));
    expect(broken(changed, anchor)).toEqual([[chain, list.length, "changed"]]);
    expect(broken([], anchor)).toEqual([[chain, 1, "gone"]]);
    expect(verifyChains(entries, { ...anchor, heads: anchor.heads.slice(1) }).breaks).toMatchObject([
      { problem: "anchor" },
    ]);
  });

  it("can be asked for by subject, actor, action and day", async () => {
    const list = async (query: string) => (await ok(harness.get(`/v1/audit?limit=200&${query}`, AUDITOR))).json.items;
    const approvals = await list("action=approval.approve");
    expect(approvals.map(({ phase, actor }: AuditEntry) => [phase, actor])).toEqual([
      ["intent", "fang.wei"],
      ["done", "fang.wei"],
    ]);
    expect(approvals[0].shown).toMatch(/^[0-9a-f]{64}$/);
    expect(await list("actor=sun.hao")).toHaveLength(6);
    expect(await list(`subject=${PLAN.id}&action=campaign.create&chain=${chain}`)).toHaveLength(2);
    expect(await list("day=2026-01-31")).toEqual(entries);
    expect(await list("day=2026-02-02")).toEqual([]);
    expect((await harness.get("/v1/audit?cursor=nonsense", AUDITOR)).status).toBe(422);
    expect((await harness.get("/v1/audit?day=yesterday", AUDITOR)).status).toBe(422);
    for (const as of [MARKETING, APPROVER, MANAGER]) expect((await harness.get("/v1/audit", as)).status).toBe(403);
    expect((await harness.get("/v1/audit", ADMIN)).status).toBe(200);
    expect((await harness.get(`${CAMPAIGN}/boards`, AUDITOR)).status).toBe(200);
  });

  it("is paged past what does not match, and gives every entry once", async () => {
    const { deps } = harness.cloud;
    const found: AuditEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAudit(deps, { actor: "mei.lin" }, { limit: 2, cursor });
      found.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(entries.filter(({ actor }) => actor === "mei.lin"));
    expect((await readAnchor(deps)).heads.map((head) => head.chain)).toEqual([
      ...new Set(entries.map((one) => one.chain)),
    ]);
  });
});
