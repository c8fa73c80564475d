export const company = {
  "people.title": "People",
} as const;
