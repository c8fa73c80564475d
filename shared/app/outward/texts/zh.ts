import type { OutwardTexts } from "./words.ts";

const RUN_KINDS = { provisional: "试算", interim: "期中结算", final: "最终结算", adjustment: "调整结算" } as const;
const APPROVAL_KINDS = {
  activation: "启用方案",
  people: "人员变更",
  targets: "目标变更",
  "manual-adjustment": "手工调整",
  run: "结算结果",
} as const;

const of = (campaign: string) => (campaign === "" ? "" : `：${campaign}`);
const why = (reason: string | undefined) => (reason === undefined ? [] : [`原因：${reason}`]);
const kindName = (names: Readonly<Record<string, string>>, kind: string) => names[kind] ?? kind;

export const zh: OutwardTexts = {
  name: (name) => (typeof name === "string" ? name : (name.zh ?? name.en)),
  events: {
    "campaign.activated": ({ data }, campaign) => ({
      title: `活动已启用${of(campaign)}`,
      lines: [`第 ${data.version} 版方案自即刻起生效，由 ${data.by} 提请启用。`],
    }),
    "campaign.final": (_event, campaign) => ({
      title: `最终结果已确定${of(campaign)}`,
      lines: ["最终结算已过账。其后到达的数据将另行调整。"],
    }),
    "target.reached": ({ data }, campaign) => ({
      title: `目标达成${of(campaign)}`,
      lines: [
        `${data.unitName}已达成${zh.name(data.targetName ?? data.target)}目标：${zh.name(data.measureName)}目标 ${data.threshold}，目前 ${data.value}。`,
        "数据为暂计，最终以结算为准。",
      ],
    }),
    "approval.requested": ({ data }, campaign) => ({
      title: `待审批${of(campaign)}`,
      lines: [`${data.by} 提请审批：${kindName(APPROVAL_KINDS, data.kind)}（${data.approval}）。`, ...why(data.reason)],
    }),
    "run.approved": ({ data }, campaign) => ({
      title: `结算已批准${of(campaign)}`,
      lines: [`${RUN_KINDS[data.kind]}（${data.runId}）已由 ${data.by ?? "审批人"} 批准，正在过账。`],
    }),
    "run.rejected": ({ data }, campaign) => ({
      title: `结算被退回${of(campaign)}`,
      lines: [`${RUN_KINDS[data.kind]}（${data.runId}）已由 ${data.by ?? "审批人"} 退回。`, ...why(data.reason)],
    }),
    "run.failed": ({ data }, campaign) => ({
      title: `结算失败${of(campaign)}`,
      lines: [`${RUN_KINDS[data.kind]}（${data.runId}）未能完成，不会自动重试。`, ...why(data.reason)],
    }),
    "run.paid": ({ data }, campaign) => ({
      title: `结算已过账${of(campaign)}`,
      lines: [`${RUN_KINDS[data.kind]}（${data.runId}）已过账，发放清单已生成，个人对账单可查询。`],
    }),
    "dispute.opened": ({ data }, campaign) => ({
      title: `收到异议${of(campaign)}`,
      lines: [`异议 ${data.dispute} 等待答复。`],
    }),
    "dispute.answered": ({ data }, campaign) => ({
      title: `异议已答复${of(campaign)}`,
      lines: [`异议 ${data.dispute} 已有答复。`],
    }),
    "dispute.closed": ({ data }, campaign) => ({
      title: `异议已了结${of(campaign)}`,
      lines: [
        `异议 ${data.dispute}：${kindName({ accepted: "成立", refused: "不成立", withdrawn: "已撤回" }, data.state)}。`,
      ],
    }),
    "reconciliation.differs": ({ data }, campaign) => ({
      title: `对账有差异${of(campaign)}`,
      lines: [`对账 ${data.report} 发现 ${data.differences} 处差异。看板可能不准；发放按原始数据计算，不受影响。`],
    }),
    "source.silent": ({ data }) => ({
      title: `数据源无数据：${data.source}`,
      lines: [
        data.lastHeardAt === undefined
          ? `${data.source} 应至少每 ${data.everyMinutes} 分钟上报一次，但从未上报。`
          : `${data.source} 应至少每 ${data.everyMinutes} 分钟上报一次，最近一次为 ${data.lastHeardAt}。`,
      ],
    }),
  },
  bulletin: {
    title: (campaign, day) => `${campaign} 进度通报（${day}）`,
    intro: (at, from, until) => `活动期 ${from} 至 ${until}，数据截至 ${at}。均为暂计，最终以结算为准。`,
    since: (previousAt) => `“较上期”指较 ${previousAt} 的变化。`,
    progress: (measure) => `任务进度：${measure}`,
    board: (reward) => reward,
    columns: {
      unit: "单位",
      place: "名次",
      name: "名称",
      value: "数值",
      change: "较上期",
      targets: "目标",
      prize: "奖金",
    },
    reached: (target, at) => (at === undefined ? `${target} 已达成` : `${target} 已达成（${at}）`),
    notReached: (target, percent) => `${target} ${percent}%`,
    targetsBetween: "，",
    others: (count) => `其余 ${count} 名未列出。`,
    budgets: "奖金预算",
    budget: (name, used, amount) =>
      used === undefined ? `${name}：预算 ${amount}。` : `${name}：如现在结束将使用 ${used}，预算 ${amount}。`,
    nothing: "目前没有可通报的数据。",
  },
};
