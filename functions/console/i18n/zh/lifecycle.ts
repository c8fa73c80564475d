import type { lifecycle as english } from "../en/lifecycle.ts";

export const lifecycle: Readonly<Record<keyof typeof english, string>> = {
  "lifecycle.title": "方案进程",
};
