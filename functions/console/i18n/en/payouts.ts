export const payouts = {
  "payouts.title": "Payouts and postings",
} as const;
