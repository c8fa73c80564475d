import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
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
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async list(folder: string, { limit, after = "" }: { limit: number; after?: string | undefined }): Promise<string[]> {
    const found = await this.#entries(checkFileKey(folder));
    return found
      .filter((key) => key > after)
      .sort()
      .slice(0, limit);
  }

  async #entries(folder: string): Promise<string[]> {
    try {
      const entries = await readdir(join(this.#folder, folder), { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => `${folder}/${name}`);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
