/** How long the browser may take to begin with it. */
const KEPT_MS = 60_000;

/** Hands a file to the browser, to be saved under this name. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
