import type { PrizeBand } from "#domain/plan/parts.ts";
import type { Reckoner } from "../reckon.ts";

export function bandOf(bands: readonly PrizeBand[], place: number): PrizeBand | undefined {
  return bands.find(({ from, to }) => place >= from && place <= to);
}

export function prizeOf(reckoner: Reckoner, bands: readonly PrizeBand[], place: number): bigint {
  const band = bandOf(bands, place);
  return band ? reckoner.money(band.amount) : 0n;
}
