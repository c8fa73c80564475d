import { LambdaClient } from "@aws-sdk/client-lambda";
import { beforeEach, describe, expect, it } from "vitest";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { LambdaJobs, LambdaReconciliations } from "#adapters/system/jobs-lambda.ts";
import { type FakeAnswer, type FakeRequest, fakeAws } from "#test/contract/suites/fake-aws.ts";

const SETTLEMENT = {
  campaign: "c",
  runId: "c.final-1",
  kind: "final",
  asOf: "2018-11-15T16:00:00.000Z",
  submittedBy: "mei.lin",
} as const;

describe("jobs as durable Lambda functions", () => {
  const requests: FakeRequest[] = [];
  const answers: FakeAnswer[] = [];
  const endpoint = fakeAws((request) => {
    requests.push(request);
    return answers.shift() ?? { status: 202 };
  });
  const clock = new SimulatedClock(Date.parse("2018-11-16T00:00:00Z"));
  let jobs: LambdaJobs;

  beforeEach(() => {
    requests.length = 0;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new LambdaClient({ region: "local", endpoint: endpoint(), credentials, maxAttempts: 1 });
    jobs = new LambdaJobs(client, { settle: "settle:live", rebuild: "rebuild:live" }, clock);
  });

  const names = () => requests.map(({ headers }) => headers["x-amz-durable-execution-name"]);
  const refusal = (type: string): FakeAnswer => ({
    status: 400,
    headers: { "content-type": "application/json", "x-amzn-errortype": type },
    body: "{}",
  });

  it("start a settlement by its alias, without waiting, under a name that is the run's", async () => {
    await jobs.startSettlement(SETTLEMENT);
    await jobs.startSettlement(SETTLEMENT);
    expect(requests[0]?.path).toContain("/functions/settle:live/invocations");
    expect(requests[0]?.headers["x-amz-invocation-type"]).toBe("Event");
    expect(JSON.parse(requests[0]?.body.toString() ?? "")).toEqual(SETTLEMENT);
    expect(names()[0]).toMatch(/^settle-c-c-final-1-[0-9a-f]{16}$/);
    expect(names()[1]).toBe(names()[0]);
  });

  it("take it for started when it is", async () => {
    answers.push(refusal("DurableExecutionAlreadyStartedException"));
    await jobs.startSettlement(SETTLEMENT);
    answers.push(refusal("ResourceNotFoundException"));
    await expect(jobs.startSettlement(SETTLEMENT)).rejects.toThrow();
  });

  it("start a rebuild once an hour at most, so that one that died is not the last", async () => {
    await jobs.startRebuild("c", 3);
    clock.advance(59 * 60_000);
    await jobs.startRebuild("c", 3);
    clock.advance(60_000);
    await jobs.startRebuild("c", 3);
    await jobs.startRebuild("c", 4);
    const [first, soon, later, other] = names();
    expect(soon).toBe(first);
    expect(new Set([first, later, other]).size).toBe(3);
  });

  it("start a look at a campaign's derived data once, and once an hour again where it died", async () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new LambdaClient({ region: "local", endpoint: endpoint(), credentials, maxAttempts: 1 });
    const looks = new LambdaReconciliations(client, "reconcile:live", clock);
    clock.set(Date.parse("2018-11-16T04:00:00Z"));
    await looks.startReconciliation({ campaign: "c", id: "2018-11-16" });
    answers.push(refusal("DurableExecutionAlreadyStartedException"));
    await looks.startReconciliation({ campaign: "c", id: "2018-11-16" });
    clock.advance(60 * 60_000);
    await looks.startReconciliation({ campaign: "c", id: "2018-11-16" });
    expect(requests[0]?.path).toContain("/functions/reconcile:live/invocations");
    expect(JSON.parse(requests[0]?.body.toString() ?? "")).toEqual({ campaign: "c", id: "2018-11-16" });
    const [first, again, later] = names();
    expect(again).toBe(first);
    expect(later).not.toBe(first);
  });

  it("wake a settlement, and do not mind when nobody waits any more", async () => {
    await jobs.wakeSettlement("callback-1");
    expect(requests[0]?.path).toContain("callback-1");
    answers.push(refusal("CallbackTimeoutException"));
    await jobs.wakeSettlement("callback-1");
    answers.push(refusal("TooManyRequestsException"));
    await expect(jobs.wakeSettlement("callback-1")).rejects.toThrow();
  });
});
