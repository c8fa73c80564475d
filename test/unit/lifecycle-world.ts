import { createClock } from "#functions/clock/app.ts";
import { APPROVER, ApiHarness, AUDITOR, MARKETING, POS } from "./api-harness.ts";
import { CAMPAIGN, found, ok, sale } from "./api-world.ts";

export const WHY = { reason: "so it was decided" };

/** The example campaign led through its life by requests. */
export class LifeWorld {
  readonly harness = new ApiHarness();
  readonly cloud = this.harness.cloud;

  readonly post = (path: string, body: unknown, as = MARKETING) => this.harness.post(`${CAMPAIGN}${path}`, as, body);
  readonly at = (local: string) => this.cloud.clock.set(Date.parse(`${local}:00+08:00`));
  readonly life = async () => (await ok(this.harness.get(`${CAMPAIGN}/lifecycle`, AUDITOR))).json;
  readonly tick = () => createClock(this.cloud.deps, { reconciles: false })();
  readonly approve = async ({ id, hash }: { id: string; hash: string }) =>
    this.harness.post(`/v1/approvals/${id}/approve`, APPROVER, { hash });

  /** Asked for by one person, approved by another, and credited anew. */
  async decided(path: string, body: unknown) {
    const { json } = await ok(this.post(path, body));
    await ok(this.approve(json));
    await this.cloud.runRebuilds();
    return json;
  }

  /** Sells for 100.00 unless said, of which the commission is 3 %. */
  async sold(externalId: string, participantId: string, local: string, amount = "100.00"): Promise<void> {
    const fact = { ...sale(externalId, participantId, amount), occurredAt: `${local}:00+08:00` };
    await ok(this.harness.post("/v1/facts:batch", POS, { facts: [fact] }));
    await this.cloud.drain();
  }

  /** What a unit has sold, as boards say it. */
  async premium(unit: string): Promise<string | undefined> {
    const { json } = await ok(this.harness.get(`${CAMPAIGN}/boards`, AUDITOR));
    return json.progress.find((row: { unit: string }) => row.unit === unit)?.value;
  }

  async published(): Promise<void> {
    await found(this.harness);
    await ok(this.harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } }));
  }

  /** The draft replaced and published. */
  async newVersion(plan: unknown): Promise<void> {
    const { headers } = await ok(this.harness.get(CAMPAIGN, MARKETING));
    const edit = { as: MARKETING, body: plan, headers: { "if-match": String(headers.etag) } };
    const edited = await ok(this.harness.call("PUT", `${CAMPAIGN}/draft`, edit));
    const ifMatch = { headers: { "if-match": String(edited.headers.etag) } };
    await ok(this.harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, ifMatch));
  }

  /** A run that is asked for, computed, approved, posted and paid. */
  async settled(kind: "final" | "interim" = "final") {
    const asked = await ok(this.post("/runs", { kind }));
    return this.computed(String(asked.headers.location));
  }

  async computed(run: string) {
    const [request] = this.cloud.settlements.splice(0);
    if (!request) throw new Error("no settlement was started");
    await this.cloud.compute(request);
    const { json } = await ok(this.harness.get(run, APPROVER));
    await ok(this.harness.post(`${run}/approve`, APPROVER, { resultHash: json.resultHash }));
    await this.cloud.pay(request);
    return (await ok(this.harness.get(run, APPROVER))).json;
  }
}
