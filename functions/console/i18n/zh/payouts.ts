import type { payouts as english } from "../en/payouts.ts";

export const payouts: Readonly<Record<keyof typeof english, string>> = {
  "payouts.title": "发放与入账",
};
