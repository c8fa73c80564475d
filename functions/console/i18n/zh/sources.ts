import type { sources as english } from "../en/sources.ts";

export const sources: Readonly<Record<keyof typeof english, string>> = {
  "sources.title": "数据来源",
};
