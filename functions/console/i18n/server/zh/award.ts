import type { Sentences } from "../match.ts";

/** Warnings of runs, and why somebody is awarded nothing. */
export const awardSentences: Sentences = {
  "nothing was sold that counts": "没有可计入的业绩",
  "belongs to no unit at the period's last instant": "活动结束时不属于任何机构",
  "is {role} at the period's last instant; {anyOf} takes part": "活动结束时的角色为 {role}，而参与的角色是 {anyOf~}",
  "has no target {label}": "没有目标“{label}”",
  "belongs to no {level}": "不属于任何{level*}",
  "the plan does not fit its organisation and targets": "方案与组织机构或目标不符",
  "{reward} needs the target {label} of {measure} for {subject}, and the targets table has none":
    "“{reward}”需要 {subject} 的 {measure} 目标“{label}”，目标表里没有",
  "{reward} needs the target {label} of {measure} for {subject} in {slice}, and the targets table has none":
    "“{reward}”在 {slice} 期需要 {subject} 的 {measure} 目标“{label}”，目标表里没有",
  "add the row {subject},{measure},{label},{slice},<value>": "补上这一行：{subject},{measure},{label},{slice},<数值>",
  "the target {value} is finer than {measure} is measured": "目标 {value} 的小数位多于“{measure}”的计量精度",
  "the plan names the unit {unit}, which the organisation does not have": "方案用到机构“{unit}”，组织机构里没有",
  "no unit of the organisation is of level {level!}": "组织机构里没有{level*}这一层的机构",
  "{reward} pays {rate} of what contracts are worth, and nothing limits how many are issued":
    "“{reward}”按合同价值的 {rate} 发放，而签发多少没有限制",
  "{facts} of {subject}'s facts have no {contract}, so {reward} pays nothing for them":
    "{subject} 有 {facts~}没有 {contract}，“{reward}”不予支付",
  "all that was earned repays advances": "挣得的全部用于偿还预付",
  "{reward} pays {rate} of {measure}, and nothing limits how much is sold":
    "“{reward}”按 {measure} 的 {rate} 发放，而卖多少没有限制",
  "{subject} is flagged for {flag} by {id} of {reward}: {slices}":
    "{subject} 因“{reward}”的“{id}”被标记为“{flag}”：{slices}",
  "{reward} gives {item}, and no stock limits how many": "“{reward}”赠送 {item}，而没有库存限量",
  "nothing was sold that earns a gift": "没有可获赠品的业绩",
  "{keys} of {subject} name nobody under {attribute}, so nobody receives {item} for them":
    "{subject} 有 {keys~}没有在 {attribute} 中写明受赠人，{item} 无人可领",
  "{names} are still tied after earliestReach; {badge} goes to the smaller id":
    "{names~} 按 earliestReach 仍并列；{badge} 归编号较小者",
  "{badge} goes to who wins {winnerOf}": "{badge} 归“{winnerOf}”的第一名",
  "nobody holds it": "无人获得",
  "{badge} asks for {mark}": "{badge} 要求达到 {mark}",
  "{reward} pays each at most {most}, and nothing limits how many reach that":
    "“{reward}”每人最多 {most}，而多少人能达到没有限制",
  "no step was reached": "没有达到任何台阶",
  "{reward} grows with {of}": "“{reward}”随 {of~} 增长",
  "the team came to nothing that the override is of": "团队没有可计提的业绩",
  "{unit} earned an override of {whole} {currency}, and no {roles} is on file in it at the last instant; the unit itself is paid":
    "{unit} 应得管理津贴 {whole} {currency}，而最后一刻没有在册的 {roles~}；发给机构",
  "{unit} earned an override of {whole} {currency}, and no {roles} is on file in it at the last instant; nothing is paid":
    "{unit} 应得管理津贴 {whole} {currency}，而最后一刻没有在册的 {roles~}；不予发放",
  "no {roles} is on file": "没有在册的 {roles~}",
  "{reward} pays everybody in its scope, and nothing limits how many that are":
    "“{reward}”发给范围内的每个人，而人数没有限制",
  "{reward} pays what {components} earn, and nothing limits how many that are":
    "“{reward}”发放 {components~} 的所得，而数额没有限制",
  "the draw has paid it already": "已由预支支付",
  "nothing is left to be paid": "没有应付的余额",
  "{subject} has drawn {rules} {currency} that {reward} has not recovered when the plan ends":
    "方案结束时，{subject} 在“{reward}”的预支还有 {rules} {currency} 未抵扣",
  "nothing to penalise": "没有应处罚的情形",
  "{reward} penalises: {carded}": "“{reward}”处罚了 {carded}",
  "{reward} penalises in {slice}: {carded}": "“{reward}”在 {slice} 期处罚了 {carded}",
  "{reward} pays {amount} for each package of {measure}, and nothing limits how many are sold":
    "“{reward}”对 {measure} 每包发 {amount}，而卖多少没有限制",
  "{reward} pays {amount} for each unit of {measure}, and nothing limits how many are sold":
    "“{reward}”对 {measure} 每单位发 {amount}，而卖多少没有限制",
  "{tied} are still tied after {ties}; they were ordered by id, and their places pay differently":
    "{tied~} 按 {ties} 仍并列，已按编号先后排序，而他们的名次奖金不同",
  "{reward} gives {rate} points for each unit of {measure}, and nothing limits how many":
    "“{reward}”对 {measure} 每单位给 {rate} 积分，而没有上限",
  "{fact} redeems {missing} more than the balance of {subject}; only the balance is taken":
    "{fact} 兑换的积分比 {subject} 的余额多 {missing}，只扣到余额为止",
  "is {role} at the period's last instant, which has no weight": "活动结束时的角色为 {role}，该角色没有权重",
  "the pot of {reward} grows with {measure}": "“{reward}”的奖金池随 {measure} 增长",
  "no share of the pot falls to this result": "该结果分不到奖金池的份额",
  "the {places} places were taken by others": "{places} 个名次已由他人占满",
  "no target was reached": "没有达到任何目标",
  "a gate was not passed": "有门槛未达到",
  "a gate was not passed; those below moved up": "有门槛未达到，名次由后面的递补",
  "{reward} gives all tied the same prize, and any number can tie": "“{reward}”给并列者同样的奖，而并列人数没有限制",
  "a gate was not passed; the place is kept, the prize is lost": "有门槛未达到，名次保留，奖金取消",
  "rank {rank} is below the last prize, for place {places}": "名次为第 {rank}，奖励到第 {places} 名为止",
  "the target {label} is zero, and nothing is a part of zero": "目标“{label}”为零，无法计算达成率",
  "{reward} returns {rate} of {measure}, and nothing limits how much is ordered":
    "“{reward}”返还 {measure} 的 {rate}，而订购多少没有限制",
  "the evidence has not arrived yet": "凭证尚未收到",
  "the evidence did not arrive in time": "凭证没有按时送达",
  "{subject} {message} of {measure}, so its attainment is not known":
    "{subject} 对 {measure} {message~}，达成率无从计算",
  "the amount rounds to zero": "金额取整后为零",
  "what was reached pays nothing": "达到的部分没有奖金",
  "{reward} pays each point, and nothing limits how many have them": "“{reward}”按分发放，而得分人数没有限制",
  "a KPI has no facts, and without it there is no total": "有考核项没有数据，算不出总分",
  "the result pays no money itself": "该结果本身不发奖金",
  "has no total in {scorecard}": "在“{scorecard}”中没有总分",
  "{reward} ends its bands, but nothing limits how many take part": "“{reward}”的档位有上限，而参与人数没有限制",
  "{reward} prices what is sold, and nothing limits how much that is": "“{reward}”按业绩计价，而卖多少没有限制",
  "the first band was not reached": "未达到第一档",
  "{subject} has no target {target} of {measure}, on which an instalment hangs":
    "{subject} 没有 {measure} 的目标“{target}”，分期以它为条件",
  "what the instalment hangs on did not hold when it fell due": "分期到期时，发放条件没有满足",
  "{limit} was used up before": "“{limit}”此前已用完",
  "{rewards} come to {earned} {currency}, above the budget {id} of {amountMinor}":
    "{rewards~} 合计 {earned} {currency}，超出预算“{id}”的 {amountMinor}",
  "the cap was used up before": "封顶额度此前已用完",
  "there is nothing to compare with, so the ratio is undefined": "没有可比的基数，无法计算比率",
  "{message}: {keys} held until that is mended": "{message~}：{keys~}挂起，待处理",
  "{participantId} belonged to no unit when {keys} occurred: counted for the seller, for no unit":
    "{participantId} 在 {keys~}发生时不属于任何机构：计入本人，不计入任何机构",
  "{keys} facts ({named}, …)": "{keys} 笔业务（{named} 等）",
  "{keys} fact ({named})": "{keys} 笔业务（{named}）",
  "{keys} facts ({named})": "{keys} 笔业务（{named}）",
  "{subject} won {whole} {currency}, and no {roles} is on file there at the period's last instant; the unit itself is paid":
    "{subject} 获得 {whole} {currency}，而活动结束时没有在册的 {roles~}；发给机构",
  "{subject} won {whole} {currency}, and no {roles} is on file there at the period's last instant; the award is forfeited":
    "{subject} 获得 {whole} {currency}，而活动结束时没有在册的 {roles~}；奖金作废",
};
