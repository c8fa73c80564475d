import type { disputes as english } from "../en/disputes.ts";

export const disputes: Readonly<Record<keyof typeof english, string>> = {
  "disputes.title": "争议",
};
