/** What became of the lines of a text. */

export interface DiffLine {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
  /** From 1, in the text before and the text after. */
  readonly before?: number;
  readonly after?: number;
}

/** The fewest lines that go and come: the longest row of lines that both texts have, in order. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.replace(/\n$/, "").split("\n");
  const b = after.replace(/\n$/, "").split("\n");
  const common = commonLengths(a, b);
  const lines: DiffLine[] = [];
  let at = 0;
  let to = 0;
  while (at < a.length || to < b.length) {
    const old = a[at];
    const fresh = b[to];
    if (old !== undefined && old === fresh) {
      lines.push({ kind: "same", text: old, before: at + 1, after: to + 1 });
      at += 1;
      to += 1;
    } else if (
      old !== undefined &&
      (fresh === undefined || lengthAt(common, at + 1, to) >= lengthAt(common, at, to + 1))
    ) {
      lines.push({ kind: "gone", text: old, before: at + 1 });
      at += 1;
    } else {
      lines.push({ kind: "new", text: fresh ?? "", after: to + 1 });
      to += 1;
    }
  }
  return lines;
}

function lengthAt(common: readonly Uint16Array[], at: number, to: number): number {
  return common[at]?.[to] ?? 0;
}

/** Of the rest of both texts from each pair of lines, how many lines they have in common. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let at = a.length - 1; at >= 0; at -= 1) {
    const row = rows[at];
    if (row === undefined) continue;
    for (let to = b.length - 1; to >= 0; to -= 1) {
      row[to] =
        a[at] === b[to]
          ? lengthAt(rows, at + 1, to + 1) + 1
          : Math.max(lengthAt(rows, at + 1, to), lengthAt(rows, at, to + 1));
    }
  }
  return rows;
}

/** Only what changed, with so many lines around it. */
export function nearChanges(lines: readonly DiffLine[], around = 3): (DiffLine | "gap")[] {
  const isNear = (at: number) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== "same");
  return lines.flatMap((line, at): (DiffLine | "gap")[] => {
    if (isNear(at)) return [line];
    return at === 0 || isNear(at - 1) ? ["gap"] : [];
  });
}
