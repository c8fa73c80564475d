import type { targets as english } from "../en/targets.ts";

export const targets: Readonly<Record<keyof typeof english, string>> = {
  "targets.title": "目标",
};
