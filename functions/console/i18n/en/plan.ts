export const plan = {
  "plan.title": "The plan",
} as const;
