export const targets = {
  "targets.title": "Targets",
} as const;
