import { randomUUID } from "node:crypto";
import { signatureHeaders } from "#app/intake/webhook-signature.ts";

/** The sales of the freshness benchmark. */

export const CAMPAIGN = "jiangxi-travel-2018";
export const SOURCE = "pos";
/** `salesWorld` has agents in turn in 56 branches, of which the first 11 are in the province that the campaign is for. */
export const AGENTS = 560;
const BRANCHES = 56;
const BRANCHES_OF_THE_CAMPAIGN = 11;

export function saleOf(number: number): Record<string, unknown> {
  return {
    kind: "sale",
    source: SOURCE,
    externalId: `fresh-${number}`,
    version: 1,
    status: "active",
    participantId: agentOf(number),
    occurredAt: "2018-07-01T09:00:00+08:00",
    amount: "100.00",
    currency: "CNY",
    product: "LAY",
    channel: "individual",
    attributes: { entry: "app" },
  };
}

/** The sellers are ten in each branch of the province, in turn, so that every sale is on the board. */
function agentOf(number: number): string {
  const perBranch = AGENTS / BRANCHES;
  const agent =
    (Math.floor(number / BRANCHES_OF_THE_CAMPAIGN) % perBranch) * BRANCHES + (number % BRANCHES_OF_THE_CAMPAIGN);
  return `a-${String(agent).padStart(7, "0")}`;
}

/** A delivery with its signature, as a till sends it. */
export function signedSale(number: number, secret: string): { body: string; headers: Record<string, string> } {
  const body = JSON.stringify(saleOf(number));
  const seconds = Math.floor(Date.now() / 1000);
  const headers = signatureHeaders(secret, `msg_${randomUUID()}`, seconds, Buffer.from(body));
  return { body, headers: { ...headers, "content-type": "application/json" } };
}
