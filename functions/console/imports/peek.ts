import { COLUMNS, type ImportKind } from "./kinds.ts";

/** What can be seen of a CSV before it is sent: its encoding and its columns. The reader behind the API has the last word. */
export interface Peek {
  readonly encoding: string;
  readonly columns: readonly { readonly heading: string; readonly known: boolean }[];
}

const BEGINNING = 64 * 1024;

/** undefined of a workbook, which is packed. */
export async function peekAt(file: File, kind: ImportKind): Promise<Peek | undefined> {
  if (/\.xlsx$/i.test(file.name)) return undefined;
  const bytes = new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer());
  const { encoding, text } = decoded(bytes);
  const [line = ""] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const delimiter = [",", ";", "\t", "|"].toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ",";
  const known = new Set(COLUMNS[kind].flatMap(([name, chinese]) => [simple(name), simple(chinese)]));
  const columns = line.split(delimiter).map((cell) => {
    const heading = cell.trim().replace(/^"(.*)"$/, "$1");
    return { heading, known: known.has(simple(heading)) };
  });
  return { encoding, columns };
}

function decoded(bytes: Uint8Array): { readonly encoding: string; readonly text: string } {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      // A character may be cut where the beginning ends.
      return { encoding, text: new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true }) };
    } catch {
      // The next encoding, or what no encoding says.
    }
  }
  return { encoding: "?", text: new TextDecoder("latin1").decode(bytes) };
}

function simple(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_\-*:]/g, "");
}
