import { describe, expect, it } from "vitest";
import { setFromSources } from "#app/crediting/from-sources.ts";

interface Total {
  readonly seq: number;
  readonly sum: number;
}

/** One total over one source, written under the condition that stores keep. */
class Ledger {
  stored: Total | undefined;
  source = 0;

  async bringUpToDate(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    let first = true;
    await setFromSources<Total>({
      read: async () => this.stored,
      compute: async (seq) => {
        const sum = this.source;
        if (first) {
          first = false;
          await meanwhile();
        }
        return { seq, sum };
      },
      write: async (total) => {
        if ((this.stored?.seq ?? 0) !== total.seq - 1) return false;
        this.stored = total;
        return true;
      },
    });
  }
}

describe("a total of many sources", () => {
  it("starts over when another was faster", async () => {
    const ledger = new Ledger();
    ledger.source = 5;
    await ledger.bringUpToDate(async () => {
      ledger.source = 7;
      await ledger.bringUpToDate();
    });
    expect(ledger.stored?.sum).toBe(7);
  });

  it("is not put back by somebody slow when a cancellation brought it to what it was", async () => {
    const ledger = new Ledger();
    await ledger.bringUpToDate();
    ledger.source = 5;
    await ledger.bringUpToDate(async () => {
      ledger.source = 0;
      await ledger.bringUpToDate();
    });
    expect(ledger.stored?.sum).toBe(0);
  });

  it("is not put there by somebody slow when there is nothing any more", async () => {
    const ledger = new Ledger();
    ledger.source = 5;
    await ledger.bringUpToDate(async () => {
      ledger.source = 0;
      await ledger.bringUpToDate();
    });
    expect(ledger.stored?.sum).toBe(0);
  });
});
