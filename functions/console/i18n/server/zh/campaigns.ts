import type { Sentences } from "../match.ts";

/** Why a campaign, its targets or its people cannot be changed. */
export const campaignSentences: Sentences = {
  "there is no version {number} of {campaign}": "“{campaign}”没有第 {number} 版",
  "{campaign} cannot go on by this version": "“{campaign}”不能按该版本继续",
  "the plan has findings that block its activation": "方案有必须先处理的提示，不能启用",
  "the pilot cannot be so": "试点不能这样设置",
  "the organisation has no unit {unit}": "组织机构里没有机构“{unit}”",
  "a unit of the organisation": "组织机构中的机构",
  "{unit} is outside the plan's audience: nothing of it could count":
    "“{unit}”不在方案的参与对象之内，其业绩都不会计入",
  "a unit within {roots}": "{roots} 之内的机构",
  "a pilot that begins at {begins} lasts at most three months, and no longer than the plan":
    "从 {begins} 开始的试点最长三个月，且不超过方案期间",
  "after {begins}, no later than {latest}": "晚于 {begins}，不晚于 {latest}",
  "no version is in force": "没有生效的版本",
  "there is nothing that could stay as it is: the plan's period says from when on sales count":
    "没有可保留的内容：从何时起计入由方案的活动期间决定",
  "leave it away": "不填",
  "there is a campaign {draft} already": "已有方案“{draft}”",
  "a campaign of this id exists": "这个编号的方案已存在",
  "choose another id, or edit the draft of the one that exists": "换一个编号，或修改已有方案的草稿",
  "a campaign keeps its id": "方案编号不能更改",
  "the plan is of another campaign": "该内容属于另一个方案",
  "{id} is {state}: its rules stay as they are": "“{id}”目前{state*}：规则不能再改",
  "{other} lines of before {from} would change": "{from} 之前的 {other} 条明细会改变",
  "from what occurred before {from} the line {first} comes to {old} now and to {now} by the new version":
    "{from} 之前发生的业务，明细 {first} 现为 {old}，按新版本为 {now}",
  "{other} lines": "{other} 条明细",
  "no line that changes": "没有明细改变",
  "keep the old rule for what was before, in windows or conditions of the plan; or leave the day away: then the whole period is computed by the new version":
    "在方案的时段或条件中保留此前的规则；或不填日期，整个期间都按新版本计算",
  "the targets of {campaign} have changed since you read them": "您读取之后，“{campaign}”的目标已有变动",
  "these are not the newest targets": "这不是最新的目标",
  "read the targets again and repeat your change on them": "重新读取目标，再作修改",
  "the target {label} of {measure} for {subject} stands twice": "{subject} 的 {measure} 目标“{label}”出现两次",
  "keep one of the rows": "保留其中一行",
  "an import that changes {rows} targets of {size} on file": "该导入改动了已存 {size} 个目标中的 {rows} 个",
  "another import changed the targets of {campaign} at the same time; import the same again":
    "另一次导入同时修改了“{campaign}”的目标，请重新导入",
  "it is being credited anew": "正在重新计入",
  "something that is held falls due at {due}": "有暂扣金额于 {due} 到期",
  "{campaign} cannot be archived yet: {runId} is {state}": "“{campaign}”还不能归档：结算 {runId} {state*}",
  "{campaign} cannot be archived yet: it is being credited anew": "“{campaign}”还不能归档：正在重新计入",
  "{campaign} cannot be archived yet: {undefined}": "“{campaign}”还不能归档：{undefined~}",
  "{campaign} cannot be archived yet: something that is held falls due at {due}":
    "“{campaign}”还不能归档：有暂扣金额于 {due} 到期",
  "decide the run first": "先处理该结算",
  "archive it when that is done": "完成后再归档",
  "the draft has problems and cannot be published": "草稿有问题，不能发布",
  "you take part in no campaign {campaignId}": "您没有参加方案“{campaignId}”",
  "version {number} of {campaignId} is in force already": "“{campaignId}”的第 {number} 版已经生效",
  "there is nothing to activate": "没有可启用的内容",
  "the plan cannot end there; publish a version that does, and activate it":
    "方案不能在那时结束；请发布在那时结束的版本并启用",
  "the period cannot end there": "活动期间不能在那时结束",
  "{end} is no instant inside the period": "{end} 不在活动期间之内",
  "a local date-time of {zone} after {start} and before {end}": "{zone} 的当地日期时间，晚于 {start}、早于 {end}",
  "{less} amounts that were posted in the pilot would become less": "试点期间已入账的金额有 {less} 笔会减少",
  "what was paid in a pilot stays: others who come to it must not take of it": "试点已发的不变，后加入者不能从中分走",
  "no posted line that becomes less": "已入账的明细都不减少",
  "roll out with others: fromRollOut, or stop the pilot and begin a campaign of its own for all":
    "推广时设 others: fromRollOut，或终止试点，为全体另建方案",
  "there is no campaign {id}": "没有方案“{id}”",
  "{campaign} has no active version": "方案“{campaign}”没有生效的版本",
  "everything is credited anew": "全部重新计入",
  "campaign {campaignId} keeps being changed by others; do the same again":
    "方案“{campaignId}”一直在被他人修改，请重新操作",
  "{campaignId} credits nothing: no version of it is active": "“{campaignId}”没有计入任何业绩：没有生效的版本",
  "nothing of {campaignId} is left to be computed; ask for it anew": "“{campaignId}”没有待计算的内容，请重新发起",
  "asked for by hand": "手工发起",
  "more people than it is spread for": "人数超出存储分区",
  "hand over": "移交",
  "stored {of} {index}, {column}": "已存{of*}第 {index} 条，{column}",
  "another import changed the directory at the same time; import the same again":
    "另一次导入同时修改了人员或组织，请重新导入",
  "{participantId} is left out, because another row that is or may be theirs is bad":
    "{participantId} 没有导入：另有一行属于或可能属于该人员的记录有误",
  "mend the other row and import all rows of this person together": "更正那一行，并把该人员的各行一起导入",
  "{problems} problem": "{problems} 处问题",
  "{problems} problems": "{problems} 处问题",
  "the import has {count}; nothing was imported": "导入有 {count~}，没有导入任何内容",
  "an import that changes {rows} people of {size} on file": "该导入改动了已存 {size} 人中的 {rows} 人",
  "there is no participant {participantId}": "没有人员 {participantId}",
  "leave one of the two out": "去掉其中一个",
  "the plan in force needs targets that would go": "生效的方案还需要将被删除的目标",
  "name at least one row, or one target that goes": "至少填写一行，或一个要删除的目标",
  "the draft: {message}": "草稿：{message~}",
  "the plan in force: {message}": "生效的方案：{message~}",
  "the facts were moved by {days} days, from the period that starts {from} onto the one that starts {start}: {known} facts, of which {counted} count and {outside} lie outside the draft's period; people are taken where they are on the days moved to":
    "业务数据平移了 {days} 天，从 {from} 开始的期间移到 {start} 开始的期间：共 {known} 笔，其中 {counted} 笔计入，{outside} 笔在草稿的期间之外；人员归属按平移后的日期取",
  "say which sales of units outside the pilot count after its roll-out on 10 May (here a sale of 3 May): `fromRollOut` – those from the roll-out on: the sale of 3 May does not count · `wholePeriod` – those of the whole period: the sale of 3 May counts":
    "须选择推广后试点以外机构的哪些销售计入（例如 5 月 10 日推广，5 月 3 日的一笔销售）：fromRollOut——推广之后的，5 月 3 日那笔不计；wholePeriod——整个期间的，5 月 3 日那笔计入",
  "the target {label} of {measure} for {subject} is written and removed at once":
    "{subject} 的 {measure} 目标“{label}”同时既填写又删除",
  "{reward} needs the target {label} of {measure} for {subject}, and the plan is in force":
    "“{reward}”需要 {subject} 的 {measure} 目标“{label}”，而方案已生效",
  "{reward} needs the target {label} of {measure} for {subject} in {slice}, and the plan is in force":
    "“{reward}”在 {slice} 期需要 {subject} 的 {measure} 目标“{label}”，而方案已生效",
  "write another value, or publish a plan that asks for no such target first":
    "改填其他数值，或先发布不需要该目标的方案",
  "you have no simulation {id} of {campaign}; one is kept for a week": "没有您在“{campaign}”的试算 {id}；试算保留一周",
};
