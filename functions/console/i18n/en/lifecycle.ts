export const lifecycle = {
  "lifecycle.title": "Life of the campaign",
} as const;
