import { type Catalogue, tellerOf } from "./match.ts";
import { approvalSentences } from "./zh/approvals.ts";
import { awardSentences } from "./zh/award.ts";
import { campaignSentences } from "./zh/campaigns.ts";
import { companySentences } from "./zh/company.ts";
import { factSentences } from "./zh/facts.ts";
import { fileSentences } from "./zh/files.ts";
import {
  conditionSentences,
  connectionSentences,
  foreignSentences,
  jsonSentences,
  yamlSentences,
} from "./zh/foreign.ts";
import { lintSentences } from "./zh/lint.ts";
import { lintScopeSentences } from "./zh/lint-scope.ts";
import { outsideSentences } from "./zh/outside.ts";
import { partSentences, singleWords } from "./zh/parts.ts";
import { planSentences } from "./zh/plan.ts";
import { planCheckSentences } from "./zh/plan-checks.ts";
import { tellPolicy } from "./zh/policies.ts";
import { runSentences } from "./zh/runs.ts";

/** Everything that the server says in English, in Chinese. Loaded when the first of it is to be shown to somebody who reads Chinese. */
export const chinese: Catalogue = {
  sentences: {
    ...planSentences,
    ...planCheckSentences,
    ...lintSentences,
    ...lintScopeSentences,
    ...awardSentences,
    ...fileSentences,
    ...companySentences,
    ...outsideSentences,
    ...approvalSentences,
    ...campaignSentences,
    ...factSentences,
    ...runSentences,
    ...foreignSentences,
    ...yamlSentences,
    ...jsonSentences,
    ...conditionSentences,
    ...connectionSentences,
  },
  parts: partSentences,
  words: singleWords,
};

export const tellChinese = tellerOf(chinese);

/** A problem or finding; of a policy that is not stated, the choices with what they pay. */
export function tellWrong({
  message,
  path = "",
}: {
  readonly message: string;
  readonly path?: string;
}): string | undefined {
  return tellPolicy(message, path) ?? tellChinese(message);
}
