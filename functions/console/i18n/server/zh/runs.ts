import type { Sentences } from "../match.ts";

/** Why a run, a reservation, a layout or a channel is refused. */
export const runSentences: Sentences = {
  "the channel would not be one": "这样设置的渠道无法使用",
  "the channel {id} was changed meanwhile; look at it and try again": "渠道“{id}”刚被他人修改，请查看后重试",
  "{channel} is a channel of kind {kind}: its messages are written for that kind":
    "“{channel}”是{kind*}渠道：其消息按该类型编写",
  "make another channel": "另建一个渠道",
  "there is no channel {id}": "没有渠道“{id}”",
  "the channel {channel} has no message {id}": "渠道“{channel}”没有消息 {id}",
  "the message {id} is being sent just now; look at it and try again": "消息 {id} 正在发送，请稍后查看再试",
  "the event is gone": "该事件已不存在",
  "layout {id} was changed by somebody else at the same time; read it again": "格式“{id}”刚被他人修改，请重新读取",
  "there is no payout layout {id}": "没有发放文件格式“{id}”",
  "run {runId} is {state}: a payout file is written once a run is posted":
    "结算 {runId} 目前{state*}：入账后才会生成发放文件",
  "run {runId} is {state}: it has no lines to compare yet": "结算 {runId} 目前{state*}，还没有可比较的明细",
  "run {runId} has {parts} files of this layout": "结算 {runId} 按该格式有 {parts} 个文件",
  "{campaign} was never reconciled, or the first time is not over": "“{campaign}”还没有核对过，或首次核对尚未完成",
  "{campaignId} is being credited anew; ask again when its boards say rebuilding: false":
    "“{campaignId}”正在重新计入；完成后请再发起核对",
  "no evaluation of the {of} of {campaignId} was made yet": "“{campaignId}”还没有对{of*}作过评估",
  "closing {reservationId}": "关闭 {reservationId}",
  "{reservationId} is {state} since {closedAt}": "{reservationId} {state*}（{closedAt}）",
  "what is {state} cannot be {wanted}": "预留{state*}，不能改为{wanted*}",
  "reserve again, with another reservationId": "另用 reservationId 重新预留",
  "{reservationId} expired at {expiresAt}; what it held is free again":
    "{reservationId} 已于 {expiresAt} 过期，所占数量已释放",
  "a reservation can be committed until it expires": "预留过期前才能使用",
  "the budget {ref} cannot be reserved": "预算“{ref}”不能预留",
  "what of it goes to whom is decided when the run is settled, not when a claim comes":
    "归谁多少在结算时决定，而不是申领时",
  "{campaignId} has no {kind} {ref}": "“{campaignId}”没有{kind*}“{ref}”",
  "the plan in force names no such {kind}": "生效的方案中没有这个{kind*}",
  "none: the plan has no {kind} to reserve": "没有：方案没有可预留的{kind*}",
  "1 piece": "1 件",
  "{quantity} pieces": "{quantity} 件",
  "there is no reservation {reservationId} of {kind} {limit}": "{kind*}“{limit}”没有预留 {reservationId}",
  "{what} was not tried: too many write to the same limit just now": "{what~}没有执行：此刻同时占用该限量的请求过多",
  "nothing was changed": "没有任何改动",
  "send the same call again; the same reservationId is never counted twice":
    "重发同一调用；同一 reservationId 不会重复计数",
  "the reservation {reservationId}": "预留 {reservationId}",
  "{campaign} has no version in force: nothing can be reserved yet": "“{campaign}”没有生效的版本，还不能预留",
  "only what a published and active plan has can be promised": "只有已发布并启用的方案才能承诺",
  "publish and activate a version": "发布并启用一个版本",
  "while a campaign pauses nothing of it is promised": "方案暂停期间不作承诺",
  "reserve once it is resumed": "恢复后再预留",
  "{id} is paused: nothing can be reserved": "“{id}”已暂停，不能预留",
  "the reservation id {reservationId} is taken by another claim": "预留编号 {reservationId} 已用于另一次申领",
  "the same id stands for the same claimant, subject, quantity and holding time":
    "同一编号须对应相同的申领人、对象、数量和保留时间",
  "choose an id of your own for each claim": "每次申领用各自的编号",
  "{left} of {kind} {ref} left, {quantity} asked": "{kind*}“{ref}”剩余 {left~}，申请 {quantity~}",
  "{capacity} in all: {committed} committed, {reserved} reserved":
    "共 {capacity~}：已使用 {committed~}，已预留 {reserved~}",
  "ask for less, or again later: what is reserved can be released or expire":
    "减少数量，或稍后再试：预留可能释放或过期",
  "the run is not what you were shown; look at it again": "结算与您看到的不一致，请重新查看",
  "a warning blocks approval": "有必须先处理的提示，不能批准",
  "{subject} submitted the run or published its plan": "{subject} 提交了该结算，或发布了其方案",
  "another person with the role approver": "另一位具有财务角色的人员",
  "{runId} is {state}, not waiting for approval": "{runId} 目前{state*}，不在等待审批",
  "only a run that waits can be decided": "只有等待中的结算可以处理",
  "nobody decided within {days} days": "{days} 天内无人审批",
  "{campaignId} has no active version to settle": "方案“{campaignId}”没有可结算的生效版本",
  "{runId} is {state}; only an approved run is posted": "{runId} 目前{state*}：只有已批准的结算才能入账",
  "{runId} is not the newest run of {campaign}; a newer one was posted":
    "{runId} 不是“{campaign}”最新的结算，已有更新的入账",
  "{campaignId} has no statement for {kind} {payee}": "“{campaignId}”没有{kind*} {payee} 的对账单",
  "run {runId} of {campaignId} has no statement for {kind} {payee}":
    "“{campaignId}”的结算 {runId} 没有{kind*} {payee} 的对账单",
  "there is no run {runId} of {campaignId}": "“{campaignId}”没有结算 {runId}",
  "run {runId} has {parts} payout files of each format, not {part}":
    "结算 {runId} 每种格式有 {parts} 个发放文件，没有第 {part} 个",
  "the payout file of run {runId} is gone": "结算 {runId} 的发放文件已不存在",
  "{runId} is {state}; decide it first": "{runId} 目前{state*}，请先处理",
  "{runId} stands already; what changed since is an adjustment": "{runId} 已经存在；此后的变动请发起调整结算",
  "the period of {campaignId} and its late-facts window are not over; ask for a provisional run":
    "“{campaignId}”的活动期或迟报期尚未结束，可先发起试算",
  "{campaignId} has no posted final run to adjust": "“{campaignId}”还没有入账的最终结算，无从调整",
  "{campaignId} is posted once, after its end; ask for a provisional run":
    "“{campaignId}”在结束后一次性入账，可先发起试算",
  "no {runs} of {campaignId} has closed since the last run; ask for a provisional run":
    "“{campaignId}”上次结算后没有新的一期（按{runs*}）结束，可先发起试算",
};
