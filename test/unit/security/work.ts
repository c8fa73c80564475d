import { Session } from "node:inspector/promises";

/**
 * How much work something is, counted: how often functions were called and blocks (bodies of loops, branches) were run, our own and
 * of libraries. It is the same on every machine, however busy. What runs outside of JavaScript is not in it: patterns, JSON.
 */
export async function workOf<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly steps: number }> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    const result = await act();
    const { result: scripts } = await session.post("Profiler.takePreciseCoverage");
    const counts = scripts.flatMap(({ functions }) =>
      functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)),
    );
    return { result, steps: counts.reduce((sum, count) => sum + count, 0) };
  } finally {
    await session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
}
