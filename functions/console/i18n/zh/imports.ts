import type { imports as english } from "../en/imports.ts";

export const imports: Readonly<Record<keyof typeof english, string>> = {
  "imports.title": "导入",
};
