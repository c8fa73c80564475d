import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CampaignPaths } from "#adapters/files/campaign-files.ts";

/** A campaign small enough to be read at a glance: two branches of one province, one race, one ranking, a commission. */
export const SMALL_CAMPAIGN: Readonly<Record<keyof CampaignPaths, string>> = {
  plan: `schema: laurel.plan/1
id: small
name: { en: Small, zh: 小活动 }
currency: CNY
period: { start: 2018-05-01T00:00, end: 2018-06-01T00:00, zone: Asia/Shanghai }
lateFacts: P15D
attributes: { entry: string, vip: boolean, score: number }
counts:
  - { id: entry, when: 'entry == "app"' }
crediting: { to: seller, rollUp: occurrence }
measures:
  - { id: premium, aggregate: sum, of: amount, name: { en: premium, zh: 保费 } }
rewards:
  - id: commission
    name: { en: Commission, zh: 手续费 }
    kind: commission
    measure: premium
    level: participant
    pay: self
    rate: 10%
    rounding: { scope: perFact, mode: halfUp, unit: "0.01" }
  - id: speed
    kind: race
    measure: premium
    level: branch
    targets: [start]
    prizes:
      - { from: 1, to: 1, amount: "100.00" }
    pay: { split: { byRole: { manager: "1", agent: "0.5" }, membership: periodEnd, nobody: unit } }
budgets:
  - { id: prizes, rewards: [speed], amount: "100.00", policy: stopAndFlag }
recovery: nextPayout
`,
  orgs: "unit,parent,level,name\nnorth,,province,北省\neast,north,branch,东市\nwest,north,branch,西市\n",
  people:
    "participant_id,name,unit,role,from,to\n" +
    "a1,杜思远,east,agent,,\n" +
    "a2,Li Lei,west,agent,2018-01-01,\n" +
    "m1,王强,east,manager,,2019-01-01\n",
  targets: "subject,measure,label,slice,value\neast,premium,start,,1000.00\nwest,premium,start,,1000.00\n",
  facts:
    "kind,source,external_id,version,status,participant_id,occurred_at,recorded_at,amount,currency,quantity,product,channel,entry\n" +
    "sale,pos,1,1,active,a1,2018-05-02T10:00:00+08:00,2018-05-02T10:01:00+08:00,1200.00,CNY,1,P,individual,app\n" +
    "sale,pos,2,1,active,a2,2018-05-03T10:00,2018-05-03T10:01,300.00,CNY,,P,individual,app\n",
};

const FILE_NAMES: Readonly<Record<keyof CampaignPaths, string>> = {
  plan: "plan.yaml",
  orgs: "orgs.csv",
  people: "people.csv",
  targets: "targets.csv",
  facts: "facts.csv",
};

export interface CampaignFolder extends Disposable {
  readonly folder: string;
  readonly paths: CampaignPaths;
}

/** Writes the small campaign to a folder of its own, with some files replaced; `using` removes it. */
export function campaignFolder(
  replaced: Partial<Record<keyof CampaignPaths, string | Uint8Array>> = {},
): CampaignFolder {
  const folder = mkdtempSync(join(tmpdir(), "laurel-files-"));
  const write = (part: keyof CampaignPaths) => {
    const path = join(folder, FILE_NAMES[part]);
    writeFileSync(path, replaced[part] ?? SMALL_CAMPAIGN[part]);
    return path;
  };
  return {
    folder,
    paths: {
      plan: write("plan"),
      orgs: write("orgs"),
      people: write("people"),
      targets: write("targets"),
      facts: write("facts"),
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
