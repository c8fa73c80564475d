export const control = {
  "audit.title": "Audit",
} as const;
