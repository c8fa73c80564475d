export const disputes = {
  "disputes.title": "Disputes",
} as const;
