import { useRef, useState } from "react";
import { useCaller } from "../api/hooks.ts";
import { saveFile } from "../parts/save-file.ts";
import { ALL, type AuditFilter } from "./use-filter.ts";

/** Fetches entries page by page, an entry a line, as `laurel audit verify` reads them. */
export function useExport() {
  const { api } = useCaller();
  const [loaded, setLoaded] = useState<number>();
  const [error, setError] = useState<Error>();
  const stopped = useRef(false);
  const run = async ({ chain, ...filter }: AuditFilter) => {
    stopped.current = false;
    setError(undefined);
    setLoaded(0);
    try {
      const lines: string[] = [];
      const query = { limit: 200, ...filter, ...(chain === undefined || chain === ALL ? {} : { chain }) };
      let cursor: string | undefined;
      do {
        const page = await api.json("listAudit", { query, cursor });
        for (const entry of page.items) lines.push(JSON.stringify(entry));
        setLoaded(lines.length);
        cursor = page.nextCursor;
      } while (cursor !== undefined && !stopped.current);
      if (!stopped.current)
        saveFile(
          "audit.jsonl",
          new Blob(
            lines.map((line) => `${line}\n`),
            { type: "application/x-ndjson" },
          ),
        );
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setLoaded(undefined);
    }
  };
  return {
    run,
    stop: () => {
      stopped.current = true;
    },
    loaded,
    error,
  };
}
