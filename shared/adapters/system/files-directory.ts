import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileStore } from "#ports/system.ts";
import { checkFileKey } from "./file-key.ts";

/** Files in a folder of this machine. The content type is not kept: nothing here serves files. */
export class DirectoryFileStore implements FileStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Written beside and renamed, so that a reader sees the old file or the new one, never half of it. */
  async put(key: string, body: Uint8Array, _contentType: string): Promise<void> {
    const path = join(this.#folder, checkFileKey(key));
    const unfinished = join(this.#folder, `.unfinished-${randomUUID()}`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, body);
    await rename(unfinished, path);
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, checkFileKey(key)));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  }
}
