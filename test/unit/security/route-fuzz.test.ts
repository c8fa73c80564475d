import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Route } from "#contracts/route.ts";
import { apiRoutes } from "#contracts/routes.ts";
import type { Actor } from "#domain/actor.ts";
import { AccessWorld } from "../access/world.ts";
import { type Answer, problemOf } from "../api-harness.ts";
import { type OddCall, oddCalls } from "./fuzz-kit.ts";

const table: Readonly<Record<string, Route>> = apiRoutes;

/** `FUZZ_RUNS=2000 npx vitest run --project unit test/unit/security/route-fuzz.test.ts` looks longer. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);

/** Whoever holds every role that opens the route, so that no call ends at the door. */
function actorOf({ access }: Route): Actor {
  return { subject: "ann", roles: typeof access === "string" ? [] : access, units: ["east"], sources: ["pos"] };
}

/** What is wrong with an answer, whatever was asked: our own failure, or one that says nothing. */
function expectFair(answer: Answer): void {
  expect(answer.status, answer.text.slice(0, 500)).toBeLessThan(500);
  if (answer.status < 400) return;
  const problem = problemOf(answer);
  expect(problem.detail).not.toBe("");
  for (const { message } of problem.problems) expect(message).not.toBe("");
  for (const value of Object.values(answer.headers)) expect(String(value)).not.toMatch(/[\r\n]/);
}

describe("whatever is asked", () => {
  let world: AccessWorld;
  const known: Record<string, readonly string[]> = {
    campaign: ["small"],
    version: ["1"],
    source: ["pos", "other"],
    externalId: ["ann 05-02"],
    participant: ["ann", "bob"],
    participantId: ["ann", "bob"],
    payeeKind: ["participant", "unit"],
    payeeId: ["ann", "east"],
    board: ["ranking", "last"],
    kind: ["stock", "budget"],
    limit: ["coffee"],
    rowId: ["1".repeat(64)],
    deliveryId: ["msg_1"],
  };

  beforeAll(async () => {
    world = await AccessWorld.create();
    const { own } = await world.reservations();
    known.reservationId = [own.split("/").at(-1) ?? ""];
    known.runId = [world.run.split("/").at(-1) ?? ""];
    known.id = [...(known.runId ?? [])];
  });

  async function send(route: Route, { params, query, headers, body, type }: OddCall): Promise<Answer> {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_found, name: string) => encodeURIComponent(params[name] ?? "x"));
    const asked = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
    const target = asked === "" ? path : `${path}?${asked}`;
    const sent = { ...(body === undefined ? {} : { body }), ...(type === undefined ? {} : { type }) };
    return world.harness.call(route.method, target, { as: actorOf(route), headers, ...sent });
  }

  it.each(Object.entries(table))("%s answers with a success or a problem, never with a failure", async (_id, route) => {
    await fc.assert(
      fc.asyncProperty(oddCalls(route, known), async (odd) => expectFair(await send(route, odd))),
      { numRuns: RUNS },
    );
  });
});
