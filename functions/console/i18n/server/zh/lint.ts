import type { Sentences } from "../match.ts";

/** Findings about conditions, gates, budgets, marks, pay and the period of a plan. */
export const lintSentences: Sentences = {
  "{id} is multiplied by the factor of {scorecard}, and none of its {grades} grades has one: all are multiplied by 1":
    "“{id}”要乘以“{scorecard}”的系数，而它的 {grades} 个评级都没有系数：一律乘以 1",
  "{id} is multiplied by the factor of {scorecard}, and none of its {grades} grades has one: all are multiplied by 0":
    "“{id}”要乘以“{scorecard}”的系数，而它的 {grades} 个评级都没有系数：一律乘以 0",
  "give the grades factors, or remove the coefficient": "给各评级设系数，或删去 coefficient",
  "{name} in [{oneOf}]": "{name} in [{oneOf}]",
  "{name} always holds": "{name~}永远成立",
  "{name} never holds: 0 facts can pass it": "{name~}永远不成立：没有一笔业务能通过",
  "say what must hold": "写明要满足什么",
  "{name} asks for {clash}, and also {theirs}: 0 facts can pass both":
    "{name~}既要求 {clash}，又要求 {theirs}：没有一笔业务能同时满足",
  "{name} asks for {clash}, and {name2} asks for {theirs}: 0 facts can pass both":
    "{name~}要求 {clash}，而{name2~}要求 {theirs}：没有一笔业务能同时满足",
  "correct one of the two, or join them by ||": "更正其中一个，或用 || 连接",
  "{reward} asks for at least 0 of {measure}, which everybody has who sold":
    "“{reward}”要求 {measure} 至少为 0，凡有销售者都能通过",
  "give the gate a value, or remove it": "给门槛设数值，或删去",
  "{reward} asks for {value} of {measure} here and for {value2} in another gate: this one decides nothing":
    "“{reward}”在此要求 {measure} 达到 {value}，另一道门槛已要求 {value2}：这道门槛不起作用",
  "remove the lower gate": "删去较低的门槛",
  "{without} of the {subjects} in the scope of {reward} belong to no {level}, and can never pass the gate: {without2}":
    "“{reward}”范围内的 {subjects} 个对象中，有 {without} 个不属于任何{level*}，永远过不了这道门槛：{without2~}",
  "name another level, or accept that they take no part": "换一个层级，或接受它们不参与",
  "the last orders of {id} have {within} for their evidence, and facts count only before {followUpEnd}":
    "“{id}”最后的订单仍有 {within} 提交凭证，而 {followUpEnd} 之后的业务数据不再计入",
  "add followUp: {within} to the plan, or end the orders earlier by windows":
    "在方案中加上 followUp: {within}，或用时段让下单提前截止",
  "no gift or rebate takes from the stock {id} of {quantity}": "没有赠品或返利使用库存礼品“{id}”（{quantity} 件）",
  "name it as a reward's stock, or remove it unless it is for reservations only":
    "在奖励的 stock 中引用它；若不是只供预留，可删去",
  "{lacked} targets {label} of {measure} that {reward} asks for are missing, or finer than it is measured, in {slices} of its {later} slices after the first: the next is {slice}, of {subject}. No run can be made from the instant on at which such a slice begins":
    "“{reward}”需要的 {measure} 目标“{label}”缺少 {lacked} 个（或小数位过多），涉及首期之后 {later} 期中的 {slices} 期：最近的是 {slice} 期的“{subject}”。到这样的一期开始时，将无法结算",
  "add rows such as {subject},{measure},{label},{slice},<value> before {slice2} begins":
    "在 {slice2} 开始之前补录目标，例如 {subject},{measure},{label},{slice},<数值>",
  "it grows with the sales": "随销售增长",
  "use ties: poolPrizes, earliestReach or earlierLastFact, which never cost more than the prizes":
    "用 ties: poolPrizes、earliestReach 或 earlierLastFact，支出不会超过奖金总额",
  "give goods out of a stock, or accept that nothing bounds them": "改从库存中发放，或接受支出没有上限",
  "put it under a budget that stops the run, or accept that its cost grows with the sales":
    "放进超出即停止结算的预算，或接受支出随销售增长",
  "the budget {budget} of {amount} covers a reward that nothing bounds":
    "预算“{budget}”（{amount}）中有支出没有上限的奖励",
  "accept that a run above it cannot be approved, or leave that reward out of the budget":
    "接受超出后结算不能批准，或把该奖励移出预算",
  "the budget {budget} of {amount} is {cost} below what its rewards can cost, {cost2}; a run above it cannot be approved":
    "预算“{budget}”为 {amount}，比其中奖励的最高支出 {cost2} 少 {cost}；结算超出预算时不能批准",
  'raise the budget to "{cost}", or lower the prizes': '把预算提高到 "{cost}"，或降低奖金',
  "no budget covers {reward} (the plan has {budgets}): no run is stopped for what it costs":
    "“{reward}”没有预算约束（方案有 {budgets} 个预算）：支出再多也不会停止结算",
  "name {reward} in a budget, or accept that nothing stops it": "把“{reward}”列入某个预算，或接受没有约束",
  "{reward} has a mark at {mark}, which is {mark2} of the target {attainment}":
    "“{reward}”有一个标准为 {mark}，即目标“{attainment}”的 {mark2}",
  "at most 10, or 1000%": "最多 10，即 1000%",
  "correct the mark": "更正该标准",
  'write "{mark}%" if a percentage is meant': '若要写百分比，请写 "{mark}%"',
  "{reward} has a mark at {mark}, more than twice {text}, {says}; {further} more lie above it":
    "“{reward}”的标准 {mark} 超过 {text} 的两倍（{says~}）；另有 {further} 个更高",
  "{reward} has a mark at {mark}, more than twice {text}, {says}":
    "“{reward}”的标准 {mark} 超过 {text} 的两倍（{says~}）",
  "lower the mark, or check the unit that it is written in": "调低该标准，或检查填写的单位",
  "the most in the sample ({subject})": "样本中的最高值，{subject}",
  "the highest target ({subject})": "最高的目标，{subject}",
  "make the package smaller, or accept that few fill one": "把每包数量调小，或接受少有人凑满",
  "{id} pays {amount} at {at} and {amount2} at {at2}: only the highest is paid, so who goes on loses by it":
    "“{id}”达到 {at} 发 {amount}，达到 {at2} 发 {amount2}：只发最高一级，继续冲刺反而吃亏",
  "{id} pays {amount} at {at} and {amount2} at {at2}: the harder step is worth less than the easier one":
    "“{id}”达到 {at} 发 {amount}，达到 {at2} 发 {amount2}：更难的台阶反而奖得少",
  "raise the later amount, or swap the two": "提高后一级的金额，或把两级对调",
  "the window {id} from {start} to {end} reaches beyond the period, where no fact counts":
    "时段“{id}”（{start} 至 {end}）超出活动期间，超出部分的业务不计入",
  "cut it to {start} and {end}": "截到 {start} 和 {end}",
  "the deductions of {id} take everything: {said}": "“{id}”的扣减把奖金全部扣完：{said}",
  "lower the rates until something is left": "调低扣减比例，使之有剩余",
  "the instalment {id} falls due on {due}, more than 10 years after the end":
    "分期“{id}”在 {due} 到期，距结束超过 10 年",
  "check the duration: P3M is three months, P3Y three years": "检查时长：P3M 是三个月，P3Y 是三年",
  "runs are posted each {runs}, and {id} is decided once in the whole campaign: 1 run pays it, the others do not":
    "结算每{runs*}入账一次，而“{id}”在整个活动只评定一次：只有一次结算会发放，其余都没有",
  "runs are posted each {runs}, and {id} is decided once a {per}: 1 run pays it, the others do not":
    "结算每{runs*}入账一次，而“{id}”每{per*}评定一次：只有一次结算会发放，其余都没有",
  "use per: {runs}, or accept that most runs pay nothing of it": "用 per: {runs}，或接受多数结算不发放该奖励",
  "{reward} pays {says}: nothing, whatever is sold": "“{reward}”发放{says~}：卖多少都是零",
  "give it an amount, or remove the reward": "设定金额，或删去该奖励",
  "{amount} for each package of {size}": "每包（{size}）{amount}",
  "{amount} for each unit": "每单位 {amount}",
  "0 in each of its bands (it has {bands})": "各档均为 0（共 {bands} 档）",
  "0 at each of its steps (it has {steps})": "各级台阶均为 0（共 {steps} 级）",
  "a pot of {amount}": "{amount} 的奖金池",
  "a pot of {rate} of {measure}": "{measure} 的 {rate} 作为奖金池",
  "its leaders {rate}": "负责人 {rate}",
  "{rate} points for each unit": "每单位 {rate} 积分",
  "{rate} of each order": "每笔订单的 {rate}",
  "{id} has no base pay, no allowance, no minimum, no draw and 0 components: it pays nothing":
    "“{id}”没有底薪、津贴、保底、预支，也没有绩效组成：什么也不发",
  "name what it pays, or remove it": "写明发放什么，或删去",
  "{id} recovers a draw of {highest} from above it, and pays at most {amount}: nothing is ever recovered":
    "“{id}”从 {highest} 以上的部分收回预支，而最多只发 {amount}：永远收不回来",
  "raise the maximum, lower the draw, or say recovery: none": "提高上限、降低预支，或设 recovery: none",
  "{id} advances {percent} % of a contract, and no measure says when one lapses":
    "“{id}”预付合同的 {percent} %，却没有指标说明合同何时失效",
  "name a measure of lapses, or accept that only a cancelled issue takes an advance back":
    "设定失效指标，或接受只有签发被取消才收回预付",
  "the period lasts {end}, less than a day": "活动只有 {end~}，不足一天",
  "check the dates of start and end": "检查开始和结束日期",
  "the period has no day from Monday to Friday: {days}": "活动期间没有一个工作日（周一至周五）：{days}",
  "check the dates, or accept a campaign of a weekend": "检查日期，或确认就是周末活动",
  "use midnight (the end is exclusive: the day after at 00:00), unless the hour is meant":
    "用零点（结束时间不含在内，即次日 00:00），除非确实指该钟点",
  "no time is left for late facts: what occurred before {end} and is known 1 minute after it is an adjustment":
    "没有留出迟到数据的宽限期：{end} 之前发生、一分钟后才到的业务就要走调整",
  "leave some days, such as P15D": "留出几天，例如 P15D",
  "late facts are waited for {cutOff}, longer than the period's {end}: nobody is paid before":
    "迟到数据要等 {cutOff~}，比活动期间 {end~} 还长：在此之前谁也拿不到钱",
  "shorten lateFacts; later facts become adjustments": "缩短 lateFacts；更晚的数据走调整",
  "nothing bounds what {reward!} can cost: {because}; without ties it costs at most {all}, with {tied} tied for first {cost}":
    "“{reward}”的支出没有上限：{because~}；无人并列时最多 {all}，若 {tied} 个并列第一则为 {cost}",
  "nothing bounds what {reward!} can cost: {because}": "“{reward}”的支出没有上限：{because~}",
  "a package of {id!} holds {size} units⟨ after {free} free units⟩, and {most} is {value} ({says}): nobody would be paid for more than one":
    "“{id}”每包 {size} 个⟨（前 {free} 个不计）⟩，而{most~}为 {value}（{says~}）：最多只能凑满一包",
  "a package of {id!} holds {size} units⟨ after {free} free units⟩, and {most} is {value} ({says}): nobody would be paid":
    "“{id}”每包 {size} 个⟨（前 {free} 个不计）⟩，而{most~}为 {value}（{says~}）：谁也凑不满一包",
  "the largest sale in the sample": "样本中最大的一笔",
  "the most that was sold in the sample": "样本中最高的累计",
  "the period starts at {clock!}, inside {day!}": "活动在 {day} 的 {clock} 开始，不是零点",
  "the period ends at {clock!}, inside {day!}": "活动在 {day} 的 {clock} 结束，不是零点",
};
