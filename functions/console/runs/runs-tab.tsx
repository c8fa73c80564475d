import type { TabProps } from "../parts/tab-props.ts";
import { Checks } from "./checks.tsx";
import { RunList } from "./run-list.tsx";
import { RunPage } from "./run-page.tsx";

/** All runs; one of them, `runs/<run>/<section>`; or what is checked beside them, `runs/checks/<look>`. */
export default function RunsTab({ campaign, words, rest: [shown, section] }: TabProps) {
  if (shown === undefined) return <RunList campaign={campaign} words={words} />;
  if (shown === "checks") return <Checks campaign={campaign} words={words} look={section} />;
  return <RunPage key={shown} campaign={campaign} words={words} runId={shown} section={section} />;
}
