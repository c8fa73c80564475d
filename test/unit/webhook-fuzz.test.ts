import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryFactStore } from "#adapters/memory/fact-store.ts";
import { MemoryPlanStore } from "#adapters/memory/plan-store.ts";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { bytesOfKeptBody, keptBody } from "#app/intake/kept-body.ts";
import { parseBody, receiveWebhook, type WebhookResult } from "#app/intake/receive-webhook.ts";
import { signatureHeaders } from "#app/intake/webhook-signature.ts";
import { Refusal } from "#domain/problem.ts";
import { sale } from "#test/fixtures/plan-builder.ts";

const SECRET = `whsec_${Buffer.from("a secret of at least 24 bytes").toString("base64")}`;
const NOW = Date.parse("2018-05-20T00:00:00Z");

const { recordedAt: _, ...FACT } = sale("ann", 100, "05-02", { attributes: { entry: "app" } });

/** Values that break what was not made for them. */
const oddValue = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("\ud800", "", " ", "#", "__proto__", "toString", "1e400", "-0", "2018-02-30T00:00:00Z", "٣", "pos"),
  fc.constantFrom({ toString: 1, valueOf: 1 }, { toJSON: 1 }, { constructor: { name: 1 } }, { length: -1 }, [[]]),
  fc.constantFrom(null, -1, 0, 1.5, 2 ** 53, true, []),
);

/** Facts, good or with some fields spoilt, left out or added. */
const fact = fc
  .record(
    {
      externalId: fc.constantFrom("1", "2", "3"),
      version: fc.constantFrom(1, 2),
      amount: fc.constantFrom("100.00", "1", "-5.00"),
      status: fc.constantFrom("active", "cancelled"),
      participantId: fc.constantFrom("ann", "zed"),
    },
    { requiredKeys: [] },
  )
  .chain((changes) =>
    fc
      .dictionary(fc.oneof(fc.constantFrom(...Object.keys(FACT), "__proto__", "facts"), fc.string()), oddValue, {
        maxKeys: 2,
        noNullPrototype: true,
      })
      .chain((spoilt) => fc.constantFrom({ ...FACT, ...changes }, { ...FACT, ...changes, ...spoilt })),
  );

const text = fc.oneof(
  fact.map((one) => JSON.stringify(one)),
  fc.array(fact, { maxLength: 6 }).map((facts) => JSON.stringify({ facts })),
  fc.record({ facts: oddValue, source: oddValue }, { requiredKeys: ["facts"] }).map((odd) => JSON.stringify(odd)),
  fc.json(),
  fc.string({ unit: "binary" }),
  // A good fact cut off somewhere, or with a character too many.
  fc.nat(400).map((at) => JSON.stringify(FACT).slice(0, at)),
  fc.nat(400).map((at) => `${JSON.stringify(FACT).slice(0, at)}"${JSON.stringify(FACT).slice(at)}`),
);

/** Text where it is text, so that a counterexample can be read. */
const body = fc.oneof({ arbitrary: text, weight: 4 }, { arbitrary: fc.uint8Array({ maxLength: 200 }), weight: 1 });

function bytesOf(written: string | Uint8Array): Uint8Array {
  return typeof written === "string" ? Buffer.from(written) : written;
}

async function intake() {
  const plans = new MemoryPlanStore();
  await plans.putSource({ source: "pos", name: "Till", secretNames: ["till"] });
  await plans.putPeople([{ participantId: "ann", memberships: [] }]);
  return {
    facts: new MemoryFactStore(),
    plans,
    secrets: new MemorySecretStore({ till: SECRET }),
    clock: new SimulatedClock(NOW),
    securityClock: new SimulatedClock(NOW),
  };
}

async function outcome(work: () => Promise<WebhookResult>): Promise<WebhookResult | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe("whatever a body holds", () => {
  it("reading it finds messages or problems and never breaks", () => {
    fc.assert(
      fc.property(body, (written) => {
        const { messages, problems } = parseBody({ source: "pos", body: bytesOf(written) });
        expect(messages.length + problems.length).toBeGreaterThan(0);
        for (const { seen = "" } of problems) expect(seen.length).toBeLessThanOrEqual(120);
      }),
      { numRuns: 500 },
    );
  });

  it("every signed byte is stored as facts, or kept as it came; nothing is thrown but a refusal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 8 }), async (bodies) => {
        const deps = await intake();
        for (const [index, bytes] of bodies.map(bytesOf).entries()) {
          const id = `msg_${index}`;
          const headers = signatureHeaders(SECRET, id, NOW / 1000, bytes);
          const answer = await outcome(() => receiveWebhook(deps, { source: "pos", headers, body: bytes }));
          const { items } = await deps.facts.unreadable("pos", {});
          const kept = items.find(({ deliveryId }) => deliveryId === id);
          if (answer instanceof Refusal) {
            expect(["invalid", "conflict"]).toContain(answer.kind);
            expect(kept !== undefined).toBe(answer.kind === "invalid");
            expect(answer.problems.length).toBeGreaterThan(0);
          } else {
            const outcomes = answer.receipts.map((receipt) => receipt.outcome);
            expect(kept !== undefined).toBe(outcomes.includes("rejected"));
            for (const receipt of answer.receipts.filter(({ fact: key }) => key !== undefined)) {
              const [source = "", externalId = ""] = receipt.fact?.split("#") ?? [];
              const versions = await deps.facts.versions({ source, externalId });
              expect(versions.map(({ version }) => version)).toContain(receipt.version);
            }
          }
          if (kept) expect(Buffer.from(bytesOfKeptBody(kept.body)).equals(bytes)).toBe(true);
        }
      }),
      { numRuns: 250 },
    );
  });

  it("unsigned, nothing of it is stored or kept", async () => {
    await fc.assert(
      fc.asyncProperty(body, fc.string({ maxLength: 80 }), async (written, signature) => {
        const bytes = bytesOf(written);
        const deps = await intake();
        const headers = { ...signatureHeaders(SECRET, "msg_1", NOW / 1000, bytes), "webhook-signature": signature };
        const answer = await outcome(() => receiveWebhook(deps, { source: "pos", headers, body: bytes }));
        expect(answer).toMatchObject({ kind: "unauthenticated" });
        expect((await deps.facts.unreadable("pos", {})).items).toEqual([]);
        expect((await deps.facts.scan(0, 1, {})).items).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("is kept so that no byte is lost", () => {
    const lookalike = "data:application/octet-stream;base64,AAAA";
    fc.assert(
      fc.property(fc.oneof(body, fc.constant(lookalike)), (written) => {
        const bytes = bytesOf(written);
        expect(Buffer.from(bytesOfKeptBody(keptBody(bytes))).equals(bytes)).toBe(true);
      }),
    );
  });
});
