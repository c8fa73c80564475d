import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { type Change, changesOf, type Edits, findingsByCell } from "./sheet.ts";
import type { Draft } from "./use-draft.ts";
import type { Sheet } from "./use-sheet.ts";

/** Somebody who types is not asked after every figure. */
const REST_MS = 500;
const NONE: ReadonlyMap<string, string> = new Map();

/** The server looks at what is written, before it is saved; and then saves it, unless somebody else was faster. */
export function useSaving(campaign: string, sheet: Sheet, draft: Draft) {
  const { api } = useCaller();
  const queries = useQueryClient();
  const changes = useMemo(() => changesOf(draft.edits, sheet.columns), [draft.edits, sheet.columns]);
  const [checked, setChecked] = useState<Checked>();
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    if (changes.length === 0) return;
    let isOld = false;
    const timer = setTimeout(async () => {
      try {
        const query = { dryRun: "true", goodRowsOnly: "true" } as const;
        const body = { rows: changes.map(({ row }) => row) };
        const report = await api.json("importTargets", { params: { campaign }, query, body });
        if (isOld) return;
        const findings = findingsByCell(changes, report.findings);
        setChecked({ changes, findings, needsApproval: report.needsApproval === true });
        setFailure(undefined);
      } catch (error) {
        if (!isOld) setFailure(error instanceof Error ? error : new Error(String(error)));
      }
    }, REST_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [api, campaign, changes]);
  const save = useMutation({
    mutationFn: (_sent: Edits) =>
      api.json("importTargets", {
        params: { campaign },
        body: { rows: changes.map(({ row }) => row) },
        revision: sheet.revision,
      }),
    onSuccess: (_report, sent) => {
      draft.saved(sent);
      return queries.invalidateQueries();
    },
    // Somebody was faster: what they wrote is shown beside what is written here.
    onError: (error) => {
      const isOvertaken = error instanceof ApiProblem && (error.status === 412 || error.status === 409);
      return isOvertaken ? queries.invalidateQueries({ queryKey: ["listTargets"] }) : undefined;
    },
  });
  const current = checked?.changes === changes ? checked : undefined;
  return {
    changes,
    checked: current,
    isChecking: changes.length > 0 && current === undefined && failure === undefined,
    findings: current?.findings ?? NONE,
    failure: changes.length > 0 ? failure : undefined,
    save,
  };
}

interface Checked {
  readonly changes: readonly Change[];
  readonly findings: ReadonlyMap<string, string>;
  readonly needsApproval: boolean;
}
