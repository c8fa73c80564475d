import type { company as english } from "../en/company.ts";

export const company: Readonly<Record<keyof typeof english, string>> = {
  "people.title": "人员",
};
