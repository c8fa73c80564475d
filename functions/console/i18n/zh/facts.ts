import type { facts as english } from "../en/facts.ts";

export const facts: Readonly<Record<keyof typeof english, string>> = {
  "inbox.title": "数据待办",
};
