import type { AnsweredFile } from "../api/client.ts";

/** How long the browser may take to begin with it. */
const KEPT_MS = 60_000;

/** The browser's own question where to put it, under the name that the server gave. */
export function saveFile({ name, content }: AnsweredFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
