import { useEffect, useRef, useState } from "react";
import { type Boards, type Reached, reachedTargets } from "./standings.ts";

/** How long a target that was just reached is spoken of. */
const SPOKEN_OF_MS = 90_000;

/** Targets that were reached since somebody began to look. */
export function useFreshTargets(boards: Boards): readonly Reached[] {
  const known = useRef<ReadonlySet<string>>(undefined);
  const [fresh, setFresh] = useState<readonly Reached[]>([]);
  useEffect(() => {
    const reached = reachedTargets(boards);
    const before = known.current;
    known.current = new Set(reached.map(({ key }) => key));
    if (before === undefined) return;
    const added = reached.filter(({ key }) => !before.has(key));
    if (added.length === 0) return;
    setFresh((now) => [...now, ...added]);
    const keys = new Set(added.map(({ key }) => key));
    setTimeout(() => setFresh((now) => now.filter(({ key }) => !keys.has(key))), SPOKEN_OF_MS);
  }, [boards]);
  return fresh;
}
