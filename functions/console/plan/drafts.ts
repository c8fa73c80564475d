/** What somebody wrote, kept in the browser until they drop it: what is not saved, and of what is saved how it was written. */

export interface KeptDraft {
  readonly text: string;
  /** The revision of the campaign's draft that the text was made from; 0 before the campaign is. */
  readonly revision: number;
  /** When it was kept, ISO 8601. */
  readonly at: string;
  /** It was saved as it stands; false: it was not. Older ones do not say. */
  readonly isSaved?: boolean;
}

/** What is used of `localStorage`. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const PREFIX = "laurel.plan.";

/** @param of the campaign, or `new` with where it was made from. */
export function keptDraft(shelf: Shelf, subject: string, of: string): KeptDraft | undefined {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(keyOf(subject, of)) ?? "null");
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(shelf: Shelf, subject: string, of: string, draft: KeptDraft): void {
  try {
    shelf.setItem(keyOf(subject, of), JSON.stringify(draft));
  } catch {
    // The browser's shelf is full or closed: the page still has the text.
  }
}

export function dropDraft(shelf: Shelf, subject: string, of: string): void {
  shelf.removeItem(keyOf(subject, of));
}

function keyOf(subject: string, of: string): string {
  return `${PREFIX}${subject}.${of}`;
}

function isKept(value: unknown): value is KeptDraft {
  if (typeof value !== "object" || value === null) return false;
  const { text, revision, at } = { text: undefined, revision: undefined, at: undefined, ...value };
  return typeof text === "string" && typeof revision === "number" && typeof at === "string";
}
