import type { Fact } from "#domain/fact.ts";
import { Refusal } from "#domain/problem.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";

/**
 * Messages that a question may fold. It is answered within one request, of less than half a minute on a fraction of a
 * processor: so many are read and settled twice in half of that.
 */
export const MOST_FACTS = 50_000;

const SEGMENTS = 4;

interface ReadingOptions {
  readonly most?: number;
  /** Told after each page how many were read; waited for. */
  readonly onRead?: (read: number) => Promise<void>;
}

/**
 * Every version of every stored fact, for a question that is answered at once.
 *
 * @throws Refusal("conflict") when there are more than `most`, as soon as that is seen
 */
export async function storedFacts(
  deps: Pick<Deps, "facts">,
  { most = MOST_FACTS, onRead }: ReadingOptions = {},
): Promise<Fact[]> {
  const facts: Fact[] = [];
  const segments = Array.from({ length: SEGMENTS }, (_, segment) => segment);
  await inParallel(SEGMENTS, segments, async (segment) => {
    let cursor: string | undefined;
    do {
      const page: { readonly items: readonly Fact[]; readonly cursor?: string } = await deps.facts.scan(
        segment,
        SEGMENTS,
        { cursor },
      );
      for (const fact of page.items) facts.push(fact);
      if (facts.length > most) throw tooMany(most);
      await onRead?.(facts.length);
      cursor = page.cursor;
    } while (cursor !== undefined);
  });
  return facts;
}

function tooMany(most: number): Refusal {
  return new Refusal("conflict", `more than ${most} messages are stored, too many to be computed within one call`, [
    {
      code: "too-many-facts",
      path: "",
      message: "this is answered at once, and computing so many facts takes longer than a call may",
      allowed: `at most ${most} messages`,
      mend: "ask the command line with the campaign's files: laurel simulate, laurel what-if",
    },
  ]);
}
