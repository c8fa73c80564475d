import type { FileStore } from "#ports/system.ts";
import { checkFileKey } from "./file-key.ts";

export class MemoryFileStore implements FileStore {
  readonly #files = new Map<string, Uint8Array>();

  async put(key: string, body: Uint8Array, _contentType: string): Promise<void> {
    // Not `slice`: a Buffer's shares its memory.
    this.#files.set(checkFileKey(key), new Uint8Array(body));
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const body = this.#files.get(checkFileKey(key));
    return body && new Uint8Array(body);
  }

  async list(folder: string, { limit, after = "" }: { limit: number; after?: string | undefined }): Promise<string[]> {
    const prefix = `${checkFileKey(folder)}/`;
    const isIn = (key: string) => key.startsWith(prefix) && !key.slice(prefix.length).includes("/") && key > after;
    return [...this.#files.keys()].filter(isIn).sort().slice(0, limit);
  }
}
