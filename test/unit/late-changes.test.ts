import { describe, expect, it } from "vitest";
import { countLateChanges } from "#app/settlement/count-late-changes.ts";
import { sale } from "../fixtures/plan-builder.ts";
import { CAMPAIGN, CUT_OFF, corrected, HOUR_MS, SmallSettlement } from "../fixtures/small-settlement.ts";

describe("what changed since the newest posted run", () => {
  it("is counted from its cut-off, and from that of the adjustment that posts it", async () => {
    const first = sale("ann", 100, "05-10 10:00");
    const settlement = await SmallSettlement.launch({ facts: [first] });
    const { deps } = settlement.cloud;
    expect(await countLateChanges(deps, CAMPAIGN)).toEqual({ campaign: CAMPAIGN, count: 0, isMore: false });
    await settlement.pay(await settlement.computedFinal());
    expect(await countLateChanges(deps, CAMPAIGN)).toMatchObject({ count: 0, isMore: false });
    const change = corrected(first, 5 * HOUR_MS, { amount: "80.00" });
    await settlement.tell(change);
    expect(await countLateChanges(deps, CAMPAIGN)).toEqual({
      campaign: CAMPAIGN,
      since: new Date(CUT_OFF).toISOString(),
      count: 1,
      isMore: false,
      firstRecordedAt: change.recordedAt,
    });
    settlement.cloud.clock.advance(HOUR_MS);
    await settlement.pay(await settlement.computedAdjustment());
    expect(await countLateChanges(deps, CAMPAIGN)).toMatchObject({ count: 0, isMore: false });
  });

  it("is counted up to a thousand", async () => {
    const settlement = await SmallSettlement.launch({ facts: [sale("ann", 100, "05-10 10:00")] });
    const { deps } = settlement.cloud;
    await settlement.pay(await settlement.computedFinal());
    const note = (number: number) =>
      deps.derived.noteLateChange({
        campaign: CAMPAIGN,
        fact: `pos#${number}`,
        version: 1,
        recordedAt: new Date(CUT_OFF + number).toISOString(),
      });
    for (let number = 1; number <= 1000; number += 1) await note(number);
    expect(await countLateChanges(deps, CAMPAIGN)).toMatchObject({ count: 1000, isMore: false });
    await note(1001);
    expect(await countLateChanges(deps, CAMPAIGN)).toMatchObject({ count: 1000, isMore: true });
  });
});
