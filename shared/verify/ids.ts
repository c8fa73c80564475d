import type { Payee } from "#domain/line.ts";

/** A line's name: reward, kind of payee, payee, then slice and part or instalment where there are such. */
export function lineIdOf(
  {
    reward,
    payee,
    span,
  }: { readonly reward: { readonly id: string }; readonly payee: Payee; readonly span: { readonly id: string } },
  part?: string,
): string {
  const names = [reward.id, payee.kind, payee.id, span.id === "" ? undefined : span.id, part];
  return names.filter((name) => name !== undefined).join(":");
}
