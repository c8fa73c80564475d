import type { FileStore } from "#ports/system.ts";
import { checkFileKey } from "./file-key.ts";

export class MemoryFileStore implements FileStore {
  readonly #files = new Map<string, Uint8Array>();

  async put(key: string, body: Uint8Array): Promise<void> {
    this.#files.set(checkFileKey(key), body.slice());
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.#files.get(checkFileKey(key))?.slice();
  }
}
