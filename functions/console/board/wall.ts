import { type RefObject, useEffect, useState } from "react";

/** How long a part of the board is looked at before the next one comes. */
const STAY_MS = 12_000;
/** Of a part so much is seen again in the next. */
const OVERLAP = 0.12;

export interface Wall {
  readonly isFull: boolean;
  readonly toggle: () => void;
  /** It moves on by itself; only where not all fits on the wall. */
  readonly isMoving: boolean;
  readonly pause: () => void;
}

/** A board on the office wall: as large as the screen, moving on by itself where it does not fit. */
export function useWall(element: RefObject<HTMLElement | null>): Wall {
  const [isFull, setIsFull] = useState(false);
  const [isPaused, setIsPaused] = useState(false);
  useEffect(() => {
    const look = () => setIsFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  const isMoving = isFull && !isPaused;
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => element.current && moveOn(element.current), STAY_MS);
    return () => clearInterval(timer);
  }, [isMoving, element]);
  const toggle = () => {
    // Where it is not allowed, the board simply stays as it is.
    const asked = isFull ? document.exitFullscreen() : element.current?.requestFullscreen();
    asked?.catch(() => {});
  };
  return { isFull, toggle, isMoving, pause: () => setIsPaused(!isPaused) };
}

function moveOn(wall: HTMLElement): void {
  const isAtEnd = wall.scrollTop + wall.clientHeight >= wall.scrollHeight - 2;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = isAtEnd ? 0 : wall.scrollTop + wall.clientHeight * (1 - OVERLAP);
  wall.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
}
