import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { type Answer, ApiProblem } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { type Change, changesOf, type Edits, findingsByCell, type Removal, removalsOf } from "./sheet.ts";
import type { Draft } from "./use-draft.ts";
import type { Sheet } from "./use-sheet.ts";

/** Somebody who types is not asked after every figure. */
const REST_MS = 500;
const NONE: ReadonlyMap<string, Finding> = new Map();

/** The server looks at what is written, before it is saved; and then saves it, unless somebody else was faster. */
export function useSaving(campaign: string, sheet: Sheet, draft: Draft) {
  const { api } = useCaller();
  const queries = useQueryClient();
  const { t } = useLanguage();
  const server = useServerWords();
  const wanted = useMemo(
    (): Wanted => ({ changes: changesOf(draft.edits, sheet.columns), removals: removalsOf(draft.edits) }),
    [draft.edits, sheet.columns],
  );
  const isEmpty = wanted.changes.length + wanted.removals.length === 0;
  const [checked, setChecked] = useState<Checked>();
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    if (isEmpty) return;
    let isOld = false;
    const timer = setTimeout(async () => {
      try {
        const query = { dryRun: "true", goodRowsOnly: "true" } as const;
        const report = await api.json("importTargets", { params: { campaign }, query, body: bodyOf(wanted) });
        if (isOld) return;
        const found = findingsByCell(wanted.changes, wanted.removals, report.findings);
        setChecked({ wanted, found, needsApproval: report.needsApproval === true });
        setFailure(undefined);
      } catch (error) {
        if (!isOld) setFailure(error instanceof Error ? error : new Error(String(error)));
      }
    }, REST_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [api, campaign, wanted, isEmpty]);
  const save = useMutation({
    mutationFn: (_sent: Edits) =>
      api.json("importTargets", {
        params: { campaign },
        body: bodyOf(wanted),
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
  const current = checked?.wanted === wanted ? checked : undefined;
  const findings = useMemo(
    () =>
      new Map(
        [...(current?.found ?? NONE)].map(([key, one]) => [
          key,
          one.code === "target-needed" ? t("targets.problem.needed") : server.sayWrong(one).text,
        ]),
      ),
    [current, t, server],
  );
  return {
    /** How much of what is written can be sent. */
    sendable: wanted.changes.length + wanted.removals.length,
    removals: wanted.removals,
    checked: current,
    isChecking: !isEmpty && current === undefined && failure === undefined,
    findings,
    failure: isEmpty ? undefined : failure,
    save,
  };
}

interface Wanted {
  readonly changes: readonly Change[];
  readonly removals: readonly Removal[];
}

function bodyOf({ changes, removals }: Wanted) {
  return { rows: changes.map(({ row }) => row), removed: removals.map(({ place }) => place) };
}

type Finding = Answer<"importTargets">["findings"][number];

interface Checked {
  readonly wanted: Wanted;
  readonly found: ReadonlyMap<string, Finding>;
  readonly needsApproval: boolean;
}
