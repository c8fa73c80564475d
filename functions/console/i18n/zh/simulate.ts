import type { simulate as english } from "../en/simulate.ts";

export const simulate: Readonly<Record<keyof typeof english, string>> = {
  "simulate.title": "试算",
};
