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
}
