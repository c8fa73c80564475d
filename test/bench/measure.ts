/** One run of something. */
export interface Measured<T> {
  readonly result: T;
  /** Of all threads of this process, in milliseconds: hardly moved by what else the machine does. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

export async function measured<T>(work: () => T | Promise<T>): Promise<Measured<T>> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { result, cpuMs: (user + system) / 1000, wallMs };
}

/** Adds up what pieces of one work take, and leaves out what lies between them. */
export class Stopwatch {
  cpuMs = 0;
  wallMs = 0;

  time<T>(piece: () => T): T {
    const before = process.cpuUsage();
    const start = performance.now();
    const result = piece();
    this.wallMs += performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    this.cpuMs += (user + system) / 1000;
    return result;
  }
}

export function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
