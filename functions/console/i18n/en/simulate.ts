export const simulate = {
  "simulate.title": "Try it",
} as const;
