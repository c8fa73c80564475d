import type { Answer, ApiClient, Call } from "../api/client.ts";
import { ApiProblem } from "../api/client.ts";
import type { Import, ImportKind } from "./kinds.ts";

type Start = Omit<NonNullable<Call<"startImport">["body"]>, "upload">;

export interface Sending {
  readonly kind: ImportKind;
  readonly file: File;
  readonly start: Start;
  /** From 0 to 1, while the file is on its way. */
  readonly onProgress: (part: number) => void;
}

/** Asks for a place, puts the file there past the API, and has it read. */
export async function sendFile(api: ApiClient, { kind, file, start, onProgress }: Sending): Promise<Import> {
  const sha256 = await hashOf(file);
  const body = { kind, fileName: file.name, size: file.size, ...(sha256 === undefined ? {} : { sha256 }) };
  const upload = await api.json("requestUpload", { body });
  await put(upload.put, file, onProgress);
  return api.json("startImport", { body: { ...start, upload: upload.id } });
}

/** Browsers hash only on pages that came safely; without a hash the size is what is checked. */
async function hashOf(file: File): Promise<string | undefined> {
  if (!globalThis.isSecureContext) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Browsers set these themselves, and let nobody else. */
const THEIRS = new Set(["content-length", "host"]);

function put({ url, headers }: Answer<"requestUpload">["put"], file: File, onProgress: (part: number) => void) {
  return new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) {
      if (!THEIRS.has(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new ApiProblem(request.status, {}));
    };
    request.onerror = () => reject(new ApiProblem(0, {}));
    request.send(file);
  });
}
