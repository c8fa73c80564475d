import type { Payee } from "#domain/line.ts";
import { ok } from "../api-world.ts";
import { type AccessWorld, actorOf, CAMPAIGN } from "./world.ts";

/** A fresh dispute about what one of them is paid, as the stores keep it; its path. */
export async function madeDispute({ harness }: AccessWorld, id: string): Promise<string> {
  const { deps, clock } = harness.cloud;
  const payee: Payee = { kind: ["east", "west"].includes(id) ? "unit" : "participant", id };
  const at = new Date(clock.now()).toISOString();
  const known = await deps.disputes.disputes("small");
  const name = `d-${id}-${known.length}`;
  const openedBy = payee.kind === "unit" ? "other.manager" : id;
  await deps.disputes.saveDispute({
    id: name,
    campaign: "small",
    lineId: `ranking:${payee.kind}:${id}`,
    payee,
    reward: "ranking",
    state: "open",
    revision: 1,
    claim: "it is less than was said",
    openedBy,
    openedAt: at,
    deadline: at,
    decideBy: at,
    lineHash: "0",
    run: { runId: "small.final", planVersion: 1, planHash: "0", asOf: at, resultHash: "0" },
    attachments: [],
    events: [{ at, by: openedBy, command: "open" }],
  });
  return `${CAMPAIGN}/disputes/${name}`;
}

export const NOTE = { name: "note.txt", type: "text/plain", content: "aGVsbG8=" };

/** The same with a file, added by somebody who sees everything. */
export async function madeAttachment(world: AccessWorld, id: string): Promise<string> {
  const path = await madeDispute(world, id);
  const by = { ...actorOf("approver"), subject: "fang.wei" };
  const { json } = await ok(world.call("POST", `${path}/attachments`, by, NOTE));
  return `${path}/attachments/${json.attachments[0].hash}`;
}
