export const facts = {
  "inbox.title": "Inbox of facts",
} as const;
