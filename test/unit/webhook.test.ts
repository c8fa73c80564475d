import { beforeEach, describe, expect, it } from "vitest";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { readBoards } from "#app/boards/read-boards.ts";
import { bytesOfKeptBody } from "#app/intake/kept-body.ts";
import { receiveWebhook } from "#app/intake/receive-webhook.ts";
import { replayRejected } from "#app/intake/rejected-rows.ts";
import { replayDelivery } from "#app/intake/replay-delivery.ts";
import { reportFacts } from "#app/intake/report-facts.ts";
import { signatureHeaders } from "#app/intake/webhook-signature.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { person, planOf, race, sale, target, world } from "#test/fixtures/plan-builder.ts";

const SECRET = `whsec_${Buffer.from("a secret of at least 24 bytes").toString("base64")}`;
const NOW = Date.parse("2018-05-20T00:00:00Z");

/** A message as the till sends it: without the time at which we came to know it. */
function message(externalId: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { recordedAt: _, ...said } = sale("ann", 100, "05-02", { externalId });
  return { ...said, ...changes };
}

/** An intake that knows the source `pos` and the people of the small world. */
class Intake {
  readonly cloud = new MemoryCloud();
  #sent = 0;

  async open(): Promise<void> {
    this.cloud.clock.set(NOW);
    await this.cloud.launch(
      world({
        plan: planOf({ rewards: [race()] }),
        targets: ["east", "west", "coast"].map((unit) => target(unit, "start", "100.00")),
      }),
    );
    await this.cloud.runRebuilds();
    const { plans } = this.cloud.deps;
    await plans.putSource({ source: "pos", name: "Till", secretNames: ["old", "new", "lost"] });
  }

  /** Sends a body, signed by the till; a document is sent as JSON. */
  async send(body: unknown, { id = this.#nextId(), source = "pos", secret = SECRET } = {}) {
    const bytes =
      body instanceof Uint8Array ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
    const headers = signatureHeaders(secret, id, NOW / 1000, bytes);
    const deps = {
      ...this.cloud.deps,
      // A secret whose name no longer leads anywhere does not hold up the others.
      secrets: new MemorySecretStore({ new: SECRET }),
      securityClock: { now: () => NOW },
    };
    return receiveWebhook(deps, { source, headers, body: bytes });
  }

  #nextId(): string {
    this.#sent += 1;
    return `msg_${this.#sent}`;
  }

  /** What a body is refused for; its problems as `path code`. */
  async refusal(body: unknown, options?: Parameters<Intake["send"]>[1]): Promise<{ kind: string; problems: string[] }> {
    try {
      await this.send(body, options);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { kind: error.kind, problems: error.problems.map(({ path, code }) => `${path} ${code}`) };
    }
    throw new Error("it was accepted");
  }

  async kept() {
    return (await this.cloud.deps.facts.unreadable("pos", {})).items;
  }

  async conflicts() {
    return (await this.cloud.deps.facts.conflicts("pos", {})).items;
  }

  async amounts(externalId: string): Promise<string[]> {
    const versions = await this.cloud.deps.facts.versions({ source: "pos", externalId });
    return versions.map((fact) => `${fact.version}: ${fact.kind === "sale" ? fact.amount : fact.kind}`);
  }

  async heldFacts(): Promise<string[]> {
    const { items } = await this.cloud.deps.derived.held({});
    return items.map(({ externalId, version, reason }) => `${externalId} ${version} ${reason}`);
  }

  /** Of the branch east, as the board shows it. */
  async progress(): Promise<string | undefined> {
    const { progress } = await readBoards(this.cloud.deps, "small");
    return progress.find(({ unit }) => unit === "east")?.value;
  }
}

let intake: Intake;

beforeEach(async () => {
  intake = new Intake();
  await intake.open();
});

describe("a signed delivery", () => {
  it("of one fact is stored before it is answered", async () => {
    expect(await intake.send(message("1"))).toEqual({
      deliveryId: "msg_1",
      receipts: [{ outcome: "stored", fact: "pos#1", version: 1, recordedAt: formatInstant(NOW) }],
    });
    expect(await intake.amounts("1")).toEqual(["1: 100.00"]);
    expect(await intake.kept()).toEqual([]);
  });

  it("of many has a receipt for each, in order", async () => {
    const { receipts } = await intake.send({
      facts: [message("1"), message("2"), message("1"), message("1", { version: 2 })],
    });
    expect(receipts.map(({ outcome, fact, version }) => `${outcome} ${fact} ${version}`)).toEqual([
      "stored pos#1 1",
      "stored pos#2 1",
      "stored pos#1 1",
      "stored pos#1 2",
    ]);
  });

  it("sent again is answered the same: the fact is there, since the first time", async () => {
    const first = await intake.send(message("1"), { id: "msg_a" });
    intake.cloud.clock.advance(60_000);
    const again = await intake.send(message("1"), { id: "msg_a" });
    expect(again).toEqual(first);
    // Another delivery that says the same in other words.
    const same = message("1", { amount: "+0100.0", occurredAt: "2018-05-02T04:00:00Z", quantity: "1.0" });
    expect(await intake.send(same)).toMatchObject({
      receipts: [{ outcome: "stored", recordedAt: formatInstant(NOW) }],
    });
    expect(await intake.amounts("1")).toEqual(["1: 100.00"]);
  });

  it("of an unknown source, or unsigned, is refused and leaves nothing behind", async () => {
    expect(await intake.refusal(message("1"), { source: "web" })).toEqual({ kind: "notFound", problems: [] });
    const stranger = `whsec_${Buffer.from("somebody else's secret").toString("base64")}`;
    expect(await intake.refusal("not even JSON", { secret: stranger })).toEqual({
      kind: "unauthenticated",
      problems: [],
    });
    expect(await intake.refusal(message("1"), { secret: stranger })).toEqual({ kind: "unauthenticated", problems: [] });
    expect(await intake.amounts("1")).toEqual([]);
    expect(await intake.kept()).toEqual([]);
  });
});

describe("a fact that contradicts what is stored", () => {
  it("is refused, kept as a conflict and never applied", async () => {
    await intake.send(message("1"));
    const other = message("1", { amount: "999.00" });
    expect(await intake.refusal(other)).toEqual({ kind: "conflict", problems: ["/version conflict"] });
    expect(await intake.refusal(other)).toEqual({ kind: "conflict", problems: ["/version conflict"] });
    expect(await intake.amounts("1")).toEqual(["1: 100.00"]);
    expect(await intake.conflicts()).toMatchObject([{ fact: { externalId: "1", amount: "999.00" } }]);
    await intake.cloud.drain();
    expect(await intake.progress()).toBe("100.00");
  });

  it("is told the version that would be taken", async () => {
    await intake.send(message("1", { version: 4 }));
    await expect(intake.send(message("1", { version: 4, status: "cancelled" }))).rejects.toMatchObject({
      problems: [{ seen: "4", allowed: "5 or more" }],
    });
    expect(await intake.send(message("1", { version: 5, status: "cancelled" }))).toMatchObject({
      receipts: [{ outcome: "stored" }],
    });
  });

  it("does not cost the others of its delivery", async () => {
    await intake.send(message("1"));
    const { receipts } = await intake.send({ facts: [message("1", { amount: "9.00" }), message("2")] });
    expect(receipts.map(({ outcome }) => outcome)).toEqual(["conflict", "stored"]);
    expect(await intake.conflicts()).toHaveLength(1);
  });
});

describe("what cannot be understood is refused, and kept whole with its reason", () => {
  const deep = `${"[".repeat(60_000)}${"]".repeat(60_000)}`;

  it.each<[what: string, body: unknown, problems: readonly string[], reason: string]>([
    ["no JSON", '{"kind":"sale"', [" not-json"], "not JSON in UTF-8"],
    ["nothing", "", [" not-json"], "not JSON in UTF-8"],
    ["a number", "7", ["/0/ invalid-type"], "expected object"],
    ["a list", [message("1")], ["/0/ invalid-type"], "expected object"],
    [
      "a fact without its seller",
      message("1", { participantId: undefined }),
      ["/0/participantId invalid-type"],
      "missing",
    ],
    ["a local time", message("1", { occurredAt: "2018-05-02T12:00" }), ["/0/occurredAt custom"], "with an offset"],
    ["half a fen", message("1", { amount: "0.005" }), ["/0/amount custom"], "at most 2 digits"],
    ["a fact with a field too many", message("1", { bonus: 1 }), ["/0/bonus unknown-key"], "no field bonus"],
    ["an empty list of facts", { facts: [] }, ["/facts bad-batch"], "1 to 500"],
    ["too many facts", { facts: Array(501).fill(message("1")) }, ["/facts bad-batch"], "1 to 500"],
    ["facts beside something else", { facts: [message("1")], more: true }, ["/facts bad-batch"], "stand alone"],
    ["another source's fact", message("1", { source: "web" }), ["/0/source other-source"], "only its own"],
    ["a source that is no text", message("1", { source: { toString: 1 } }), ["/0/source other-source"], "only its own"],
    ["half a character in an id", message("\ud83d"), ["/0/externalId invalid-format"], "printable"],
    ["half a character in a product", message("1", { product: "\ud83d" }), ["/0/product custom"], "whole characters"],
    [
      "half a character in an attribute",
      message("1", { attributes: { entry: "\ude00" } }),
      ["/0/attributes/entry custom"],
      "whole characters",
    ],
    ["something nested without end", deep, [" too-deep"], "nested too deeply"],
    ["something nested without end, in a field", `{"kind":${deep}}`, [" too-deep"], "nested too deeply"],
  ])("%s", async (_what, body, problems, reason) => {
    const { kind, problems: told } = await intake.refusal(body);
    expect(kind).toBe("invalid");
    expect(told).toEqual(problems);
    const [kept, ...more] = await intake.kept();
    expect(more).toEqual([]);
    expect(kept).toMatchObject({ source: "pos", deliveryId: "msg_1", receivedAt: formatInstant(NOW) });
    expect(kept?.reason).toContain(reason);
    expect(kept?.body).toBe(typeof body === "string" ? body : JSON.stringify(body));
    expect(await intake.amounts("1")).toEqual([]);
  });

  it.each([
    ["GBK", [0xb1, 0xa3, 0xd3, 0xce]],
    ["half a character", [0x22, 0xe4, 0xbf, 0x22]],
    ["any bytes", [0x00, 0xff, 0xfe, 0x80]],
  ])("bytes that are not UTF-8: %s", async (_what, bytes) => {
    const body = Uint8Array.from(bytes);
    expect(await intake.refusal(body)).toEqual({ kind: "invalid", problems: [" not-json"] });
    const [kept] = await intake.kept();
    expect([...bytesOfKeptBody(kept?.body ?? "")]).toEqual(bytes);
  });

  it("with a reason that stays short, however much is wrong", async () => {
    const bad = message("1", {
      ["x".repeat(5000)]: 1,
      version: 0,
      status: "?",
      amount: "?",
      currency: "?",
      quantity: "?",
    });
    const { receipts } = await intake.send({ facts: Array(500).fill(bad) });
    expect(receipts).toHaveLength(500);
    const [kept] = await intake.kept();
    expect(kept?.reason.length).toBeLessThan(5000);
    expect(kept?.reason).toMatch(/and \d+ more$/);
  });

  it("and does not cost the facts beside it", async () => {
    const delivery = { facts: [message("1"), message("2", { amount: "?" }), message("3")] };
    const { receipts } = await intake.send(delivery);
    expect(receipts).toMatchObject([
      { outcome: "stored" },
      { outcome: "rejected", problems: [{ path: "/1/amount" }] },
      { outcome: "stored" },
    ]);
    expect(await intake.kept()).toMatchObject([{ body: JSON.stringify(delivery) }]);
    // Read again, it says the same: what was stored is there, the bad one is still bad.
    const again = await replayDelivery(intake.cloud.deps, MAKER, "pos", "msg_1");
    expect(again.map(({ outcome }) => outcome)).toEqual(["stored", "rejected", "stored"]);
  });
});

describe("a message that is refused beside others", () => {
  const rows = async () => (await intake.cloud.deps.facts.rejected("pos", {})).items;
  const bad = message("2", { amount: "?" });

  it("is kept as it was said with its reason, once", async () => {
    await intake.send({ facts: [message("1"), bad, message("3"), bad] });
    await intake.send({ facts: [bad, message("4")] });
    expect(await rows()).toMatchObject([
      {
        message: JSON.stringify(bad),
        reason: expect.stringContaining("/amount"),
        occurredAt: "2018-05-02T04:00:00.000Z",
      },
    ]);
  });

  it("can be read again; it stays refused until it is a fact", async () => {
    await intake.send({ facts: [message("1"), bad] });
    const [row] = await rows();
    const { deps } = intake.cloud;
    await expect(replayRejected(deps, MAKER, "pos", row?.rowId ?? "")).rejects.toMatchObject({ kind: "invalid" });
    expect((await rows())[0]?.mendedAt).toBeUndefined();
    // As if what is read here had been mended: the row is one that can be read.
    const readable = { ...row, source: "pos", message: JSON.stringify(message("2")), rowId: "a".repeat(64) };
    await deps.facts.putRejected({ reason: "", receivedAt: formatInstant(NOW), ...readable });
    await expect(replayRejected(deps, MAKER, "pos", readable.rowId)).resolves.toMatchObject([{ outcome: "stored" }]);
    await expect(replayRejected(deps, MAKER, "pos", "b".repeat(64))).rejects.toMatchObject({ kind: "notFound" });
    expect((await deps.facts.rejectedRow("pos", readable.rowId))?.mendedAt).toBe(formatInstant(NOW));
    expect(await intake.amounts("2")).toEqual(["1: 100.00"]);
  });

  it("is kept of what a signed-in system reports too, whatever source it claims", async () => {
    const till = { ...MAKER, sources: ["pos"] };
    await reportFacts(intake.cloud.deps, till, [message("1"), bad, message("5", { source: "web" }), 7]);
    expect((await rows()).map(({ message: said }) => said).sort()).toEqual(
      [JSON.stringify(bad), JSON.stringify(message("5", { source: "web" })), "7"].sort(),
    );
  });
});

describe("a fact that no campaign can use yet", () => {
  const stranger = message("1", { participantId: "zed" });

  it("is stored and held, with the reason; it counts once the person is on file", async () => {
    expect(await intake.send(stranger)).toMatchObject({
      receipts: [{ outcome: "stored", held: { reason: "unknown-participant", message: "zed is not on file" } }],
    });
    await intake.cloud.drain();
    expect(await intake.heldFacts()).toEqual(["1 1 unknown-participant"]);
    expect(await intake.progress()).toBe("0.00");

    const { plans } = intake.cloud.deps;
    await plans.putPeople([{ participantId: "zed", memberships: [person("zed", "east")] }]);
    await plans.setDirectoryRevision((await plans.directoryRevision()) + 1);
    await intake.cloud.credit({ source: "pos", externalId: "1" });
    await intake.cloud.drain();
    expect(await intake.heldFacts()).toEqual([]);
    expect(await intake.progress()).toBe("100.00");
  });

  it("is held until a correction names somebody who is", async () => {
    await intake.send(stranger);
    await intake.send(message("1", { version: 2, participantId: "ann" }));
    await intake.cloud.drain();
    expect(await intake.heldFacts()).toEqual([]);
    expect(await intake.progress()).toBe("100.00");
  });

  it("for its currency is held too, whatever the amount", async () => {
    expect(await intake.send(message("1", { currency: "ZZZ", amount: "250000000.00" }))).toMatchObject({
      receipts: [{ outcome: "stored", held: { reason: "unknown-currency" } }],
    });
    await intake.cloud.drain();
    expect(await intake.heldFacts()).toEqual(["1 1 unknown-currency"]);
  });
});
