interface Period {
  readonly start: string;
  readonly end: string;
  readonly zone: string;
}

/** How much of a period is over at an instant, from 0 to 100, on the clock of the plan's zone. For drawing only. */
export function elapsedPercent({ start, end, zone }: Period, at: string): number {
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const now = Date.parse(`${local.format(new Date(at)).replace(" ", "T")}Z`);
  const [first, last] = [start, end].map((text) => Date.parse(text.length === 16 ? `${text}:00Z` : `${text}Z`));
  if (first === undefined || last === undefined || !(last > first)) return 0;
  return Math.max(0, Math.min(100, Math.round(((now - first) / (last - first)) * 100)));
}
