import type { AttributeTypes } from "#domain/condition.ts";
import type { FactKind, FactMessage } from "#domain/fact.ts";
import type { Membership, OrgUnit } from "#domain/org.ts";
import type { Problem } from "#domain/problem.ts";
import type { Target } from "#domain/target.ts";

/** A file that people uploaded, and what they said about it. */
export interface TableFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Left out: found out. */
  readonly encoding?: "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | undefined;
  readonly delimiter?: "," | ";" | "\t" | "|" | undefined;
  readonly sheet?: string | undefined;
}

/** The rows of a file one by one, each with the places of its cells (`people.csv:7:unit`). */
export interface RowsOfFile<T> {
  readonly rows: readonly { readonly value: T; readonly placeOf: (column: string) => string }[];
  readonly badRows: readonly { readonly problems: readonly Problem[]; readonly about: string | undefined }[];
  /** What was found out about the file. */
  readonly notes: readonly string[];
}

/** What facts of a file are read by. */
export interface FactsContext {
  readonly source: string;
  readonly kind?: FactKind;
  readonly zone: string;
  readonly attributes: AttributeTypes;
}

/** Reads CSV and workbooks. Throws Refusal("invalid") with its problems for a file that cannot be read as a whole; whatever its bytes are, nothing else. */
export interface ImportReader {
  units(file: TableFile): Promise<RowsOfFile<OrgUnit>>;
  memberships(file: TableFile): Promise<RowsOfFile<Membership>>;
  targets(file: TableFile): Promise<RowsOfFile<Target>>;
  facts(file: TableFile, context: FactsContext): Promise<RowsOfFile<FactMessage>>;
}

/** A request that puts one file at one place, once it is signed by who may. */
export interface UploadLink {
  readonly method: "PUT";
  readonly url: string;
  /** The sender must send exactly these. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

/** Lets others put a file past the API, which takes no large bodies. */
export interface UploadLinks {
  /** @param size bytes; a request with another number is refused */
  link(key: string, size: number): Promise<UploadLink>;
}

/** Starts imports apart from the request that asked for them. Twice the same starts it once. */
export interface ImportJobs {
  startImport(id: string, attempt: number): Promise<void>;
}
