import { beforeEach, describe, expect, it } from "vitest";
import type { AnswerStore, CallKey, KeptCall } from "#ports/answer-store.ts";
import { times } from "./tools.ts";

const NOON = Date.parse("2026-03-06T12:00:00Z");
const KEY: CallKey = { caller: "mei.lin", operation: "createCampaign", key: "a#b/林" };
const ANSWER = { status: 201, headers: { location: "/v1/campaigns/c" }, body: '{"id":"c"}' };

function call(attempt: string): KeptCall {
  return { attempt, fingerprint: "f".repeat(64), startedAt: NOON, keptUntil: NOON + 1 };
}

/** What every AnswerStore does. `makeStore` gives an empty one. */
export function describeAnswerStore(name: string, makeStore: () => Promise<AnswerStore>): void {
  describe(`AnswerStore: ${name}`, () => {
    let store: AnswerStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    it("knows nothing of a call that nobody began", async () => {
      expect(await store.call(KEY)).toBeUndefined();
    });

    it("lets one of many rivals begin", async () => {
      const begun = await Promise.all(times(20, (index) => store.begin(KEY, call(`try-${index}`), undefined)));
      expect(begun.filter((mine) => mine)).toHaveLength(1);
    });

    it("lets one of many rivals take over what another began", async () => {
      await store.begin(KEY, call("first"), undefined);
      const begun = await Promise.all(times(20, (index) => store.begin(KEY, call(`try-${index}`), call("first"))));
      expect(begun.filter((mine) => mine)).toHaveLength(1);
    });

    it("keeps the answer of who began", async () => {
      await store.begin(KEY, call("first"), undefined);
      await store.finish(KEY, call("first"), ANSWER);
      expect(await store.call(KEY)).toEqual({ ...call("first"), answer: ANSWER });
    });

    it("takes no answer from who was overtaken, and frees nothing for them", async () => {
      await store.begin(KEY, call("first"), undefined);
      await store.begin(KEY, call("second"), call("first"));
      await store.finish(KEY, call("first"), ANSWER);
      await store.release(KEY, call("first"));
      expect(await store.call(KEY)).toEqual(call("second"));
    });

    it("frees what came to nothing, and never an answer", async () => {
      await store.begin(KEY, call("first"), undefined);
      await store.release(KEY, call("first"));
      expect((await store.call(KEY))?.keptUntil).toBe(NOON);
      await store.begin(KEY, call("second"), await store.call(KEY));
      await store.finish(KEY, call("second"), ANSWER);
      await store.release(KEY, call("second"));
      expect((await store.call(KEY))?.keptUntil).toBe(NOON + 1);
    });

    it("tells callers, operations and keys apart", async () => {
      await store.begin(KEY, call("first"), undefined);
      for (const other of [{ caller: "fang.wei" }, { operation: "requestRun" }, { key: "a#b/林 " }]) {
        expect(await store.call({ ...KEY, ...other })).toBeUndefined();
      }
    });
  });
}
