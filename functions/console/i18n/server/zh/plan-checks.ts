import type { Sentences } from "../match.ts";

/** What a plan's rewards are refused for, kind by kind. */
export const planCheckSentences: Sentences = {
  "{reward} follows a contract from slice to slice, so no slice may leave its holder out":
    "“{reward}”逐期跟踪每份合同，任何一期都不能把持有人排除在外",
  "remove {field}; the audience and the condition of the value measure say whose contracts count":
    "删去 {field}；由参与对象和价值指标的条件决定计入谁的合同",
  "no attribute {contract} is declared": "没有声明附加字段“{contract}”",
  "the attribute {contract} is a {attributes}, and contracts are told apart by texts":
    "附加字段“{contract}”的类型是 {attributes}，而合同须以文字区分",
  "an attribute of type string under `attributes`": "在 attributes 下声明为 string 的附加字段",
  "{id} is no money, and a commission is a rate of money": "“{id}”不是金额，而佣金是金额的一定比例",
  "a measure with aggregate: sum and of: amount": "aggregate: sum、of: amount 的指标",
  "{id} is a ratio, which has no facts of its own": "“{id}”是比率，本身没有业务数据",
  "use a measure with an aggregate": "改用有汇总方式的指标",
  "{id} earns a month with each payment, and must say which measure has the payments":
    "“{id}”每缴一次费挣得一个月，须说明缴费取自哪个指标",
  "a measure, such as one with aggregate: count": "一个指标，例如 aggregate: count 的指标",
  "{id} earns its months by time, so payments earn nothing": "“{id}”按时间逐月挣得，缴费不起作用",
  "remove payments, or earned: payment": "删去 payments，或设 earned: payment",
  "{id} advances {months} months of a contract that earns for {months2}":
    "“{id}”预付 {months} 个月，而合同只挣 {months2} 个月",
  "{id} advances more than all that a contract earns": "“{id}”预付的多于合同能挣得的全部",
  "at most 100%": "最多 100%",
  "a rebate is a rate of money: its measure must sum the amount": "返利是金额的一定比例，指标须汇总 amount",
  "a piece that is worth nothing makes no number of pieces": "单件价值为零，算不出件数",
  "no order is at least {minimum} and at most {maximum}": "没有订单既不少于 {minimum} 又不多于 {maximum}",
  "every value holds nothing without end": "“每满”的数值为零，会无限次满足",
  "what is given for the payee's total has no single fact that could name its recipient":
    "按收款人合计赠送时，没有单笔业务可以指明受赠人",
  "pieces and points are whole": "件数和积分须为整数",
  "1, or another whole number": "1 或其他整数",
  "{reward} is not paid itself, and no later reward counts it": "“{reward}”本身不发放，后面也没有奖励引用它",
  "remove component, or name it in a pay plan, an override or a coefficient that stands after it":
    "删去 component，或在其后的薪酬方案、管理津贴或系数中引用它",
  "{reward} is a component, so it is never paid itself, in parts or whole":
    "“{reward}”只作组成部分，从不单独发放，也就不能分期",
  "give the instalments to the reward that counts it": "把分期设在引用它的奖励上",
  "{reward} is a component, so nothing of it is paid from the budget {id}":
    "“{reward}”只作组成部分，不从预算“{id}”中支出",
  "name the reward that counts it": "改写引用它的奖励",
  "no reward {id} stands before {reward}; rewards are decided in the plan's order":
    "“{reward}”之前没有奖励“{id}”；奖励按方案中的先后顺序计算",
  "a {kind} that stands before it": "排在它前面的{kind*}",
  "{id} is no {kind}, so it has {lacks}": "“{id}”不是{kind*}，因此{lacks~}",
  "{id} judges another level or other slices than {reward}, so nobody would have {has} there":
    "“{id}”与“{reward}”评定的层级或期次不同，没有人会有{has~}",
  "give both the same level and per": "把两者的 level 和 per 设成一样",
  "scope cumulative prices the total, so there is no pay of a single sale to follow":
    "scope: cumulative 按合计计价，没有单笔的应得可循",
  "use scope: perFact": "改用 scope: perFact",
  "{measure} is the {aggregate} of its facts, so it is not what the single sales come to together":
    "“{measure}”取业务数据的{aggregate*}，不是各笔之和",
  "use a measure that sums or counts, or pay the total": "改用求和或计数的指标，或按合计计发",
  "{within} is no time, or beyond the calendar of {zone}": "{within} 不是有效时长，或超出 {zone} 可用的日期",
  "no more can be taken back than was earned": "追回的不能多于挣得的",
  "{measure} is a ratio, which goes up and down: nobody reaches it first":
    "“{measure}”是比率，有升有降，谈不上谁先达到",
  "no places": "没有名次",
  "a place": "名次",
  "the next card is {card} again": "累进后的卡仍是 {card}",
  "name another card": "换一种卡",
  "cards follow on one another over slices, and the campaign as a whole has only one":
    "卡按期次累计，而整个活动只有一期",
  "say per: month": "设 per: month",
  "{slices} slices never hold {after} cards": "{slices} 期内累计不到 {after} 张卡",
  "{field} is for money, and {reward} gives whole pieces, points, honours or fines":
    "{field} 只适用于金额，而“{reward}”给的是物品、积分、荣誉或罚款",
  "use pay: self": "用 pay: self",
  "use accumulate: slice": "用 accumulate: slice",
  "remove {field}": "删去 {field}",
  "the budget {budget} is money, and the {kind} {id} spends none of it": "预算“{budget}”是金额，而{kind*}“{id}”不花钱",
  "leave it out; a stock limits goods": "从预算中去掉；物品用库存来限量",
  "a stock under `stocks`": "stocks 下声明的库存礼品",
  "there is no stock {stock}": "没有库存礼品“{stock}”",
  "{first} takes {first2} from the stock {stock}, and {reward} takes {reward2}":
    "“{first}”从库存“{stock}”领取 {first2}，而“{reward}”从中领取 {reward2}",
  "give each item its own stock": "每种物品各设一个库存",
  "an attribute under `attributes`": "attributes 下声明的附加字段",
  "{id} is not a sum or a count, so single facts have no part in it": "“{id}”既不是合计也不是笔数，无法落到单笔业务",
  "use a measure with aggregate sum or count": "改用求和或计数的指标",
  "a commission is a rate of money: its measure must sum the amount": "提成是金额的一定比例，指标须汇总 amount",
  "a package holds more than nothing": "每包的数量须大于零",
  "a number of units above zero": "大于零的数量",
  "{text} is no mark of a value": "{text} 不是数值标准",
  'a decimal such as "10000.00"; or by: {attainment: …}': '小数，例如 "10000.00"；或用 by: {attainment: …}',
  "the step at {at} does not come after the one at {at2}": "台阶 {at} 没有高于前一级 {at2}",
  "more than {at}": "大于 {at}",
  "a reward that is decided by slices must say what the pay of a slice looks at": "按期评定的奖励须说明每期看什么",
  "slice (that slice alone) or toDate (everything since the start, less what earlier slices paid)":
    "slice（只看本期）或 toDate（从活动开始累计，减去以前各期已发的）",
  "the campaign as a whole has no slices to add up": "整个活动只有一期，无从累计",
  "remove accumulate, or say per: month": "删去 accumulate，或设 per: month",
  "the places of a {kind} are won once: a later slice would take back the prizes of an earlier one":
    "{kind*}的名次只评一次：后面的期次会收回前面已发的奖",
  "the plan has no list of windows {windows}": "方案里没有时段列表“{windows}”",
  "a list under `windows`": "windows 下的时段列表",
  "no grades to multiply by": "没有评级可作系数",
  "a grade": "评级",
  "the rounding unit must be above zero": "取整单位须大于零",
  "0.01 for fen, 1 for yuan": "0.01 为分，1 为元",
  "a cap of nothing pays nobody anything": "封顶为零，谁也得不到",
  "an amount above zero": "大于零的金额",
  "{id} stands twice in the deductions": "扣减项“{id}”出现两次",
  'give one of them: rate: "10%" or amount: "15.00"': '二者填一：rate: "10%" 或 amount: "15.00"',
  "the deduction {id} says neither a rate nor an amount": "扣减项“{id}”既没有比例也没有金额",
  "the deduction {id} says both a rate and an amount": "扣减项“{id}”同时填了比例和金额",
  "the deduction {id} takes more than there is": "扣减项“{id}”扣的比发的还多",
  "the parts of the instalments do not sum to the whole": "各期分期的比例合计不是 100%",
  "parts that sum to 100%": "合计为 100% 的比例",
  "{id} stands twice in the instalments": "分期“{id}”出现两次",
  "the instalment {id} hangs on a condition and follows a proportion, which can disagree":
    "分期“{id}”既有发放条件又按比率发放，两者可能矛盾",
  "keep provided or inProportionTo": "只保留 provided 或 inProportionTo",
  "{proportion} is not a ratio, so nothing can come due in proportion to it":
    "“{proportion}”不是比率，不能按它的比例发放",
  "{id} stands twice in the multipliers": "加成“{id}”出现两次",
  "a local date-time without offset, such as 2018-05-17T00:00, that the zone's clock shows exactly once":
    "不带时差的当地日期时间，例如 2018-05-17T00:00，且在该时区恰好出现一次",
  "the window ends at {end}, not after it starts at {start}": "时段于 {end} 结束，不晚于开始时间 {start}",
  "nothing in the plan is called {id}": "方案里没有叫“{id}”的",
  "write the id as it stands elsewhere in the plan, or remove the name": "按方案别处的写法填写编号，或删去该名称",
  "an override is a leader's reward from a team; its level is the team's":
    "管理津贴是负责人从团队得到的奖励，层级须为团队所在的机构层级",
  "a level of the organisation, such as branch": "机构层级，例如 branch",
  "a slice is paid once, so one instant must decide who leads; occurrence can name several":
    "每期只发一次，须以一个时刻的负责人为准；occurrence 可能对应多人",
  "an override of a measure": "按指标计提的管理津贴",
  "a reward that stands before it": "排在它前面的奖励",
  "{id} stands twice, and would be counted twice": "“{id}”出现两次，会被计两遍",
  "{id} pays {source}, and an override is a rate of money": "“{id}”发的是 {source}，而管理津贴是金额的一定比例",
  "{id} is decided per {per}, and {reward} per {per2}: its slices lie in no slice of the override":
    "“{id}”按{per*}评定，“{reward}”按{per2*}评定，前者的期次落不进管理津贴的任何一期",
  "decide both by the same slices, or the override by longer ones": "两者用同样的周期，或让管理津贴用更长的周期",
  "a pay plan pays people; the level here is {level}": "薪酬方案只能发给个人，而这里是 {level*} 这一层",
  "an advance pays people; the level here is {level}": "佣金预付只能发给个人，而这里是 {level*} 这一层",
  "a pay plan carries its own balance from slice to slice, so a slice cannot look at everything to date":
    "薪酬方案的余额逐期结转，每期不能再看累计",
  "an advance carries its own balance from slice to slice, so a slice cannot look at everything to date":
    "佣金预付的余额逐期结转，每期不能再看累计",
  "{id} stands twice in the components of {reward}, and would be counted twice":
    "“{id}”在“{reward}”的绩效组成中出现两次，会被计两遍",
  "{id} is paid itself, so {reward} would pay it a second time": "“{id}”本身已发放，“{reward}”会再发一遍",
  "add component: true to {id}": "给“{id}”加上 component: true",
  "{id} gives {unit}, which cannot be added to money": "“{id}”给的是 {unit}，不能与金额相加",
  "targets of {id} are no amounts of money": "“{id}”的目标不是金额",
  "base is the name of base pay in every trace": "base 是底薪在计算过程中的固定名称",
  "give the allowance another id": "给该津贴换个编号",
  "{id} stands twice in the allowances": "津贴“{id}”出现两次",
  "{id} guarantees {amount} and pays at most {amount2}": "“{id}”保底 {amount}，封顶却只有 {amount2}",
  "at least {amount}": "至少 {amount}",
  "the draw of {id} is never recovered, so no balance is ever open": "“{id}”的预支不收回，不会有余额",
  "remove trueUp": "删去 trueUp",
  "{id} must say what becomes of a balance that is open at the end of a year or of the plan":
    "“{id}”须说明年末或方案结束时未抵扣的余额如何处理",
  "carried, forgiven or settled": "carried（结转）、forgiven（免除）或 settled（清算）",
  "a draw ahead makes two payments a slice, and {field} would be applied to each by itself":
    "预支先发会使每期有两次支付，{field} 会对两次分别起作用",
  "use maximum, or another timing": "改用 maximum，或换一种发放方式",
  "use another timing of the draw": "预支换一种发放方式",
  "the pot": "奖金池",
  "the shares of the places": "各名次的份额",
  "scaledAndShared compares contributions with their average, so it must be said what a contribution is":
    "scaledAndShared 要把各人的贡献与平均比较，须说明贡献按什么算",
  "belowAverage: full compares no contributions": "belowAverage: full 不比较贡献",
  "add contribution: <measure>": "补上 contribution: <指标>",
  "remove contribution, or say belowAverage: scaledAndShared": "删去 contribution，或设 belowAverage: scaledAndShared",
  "{contribution} is a ratio, and ratios do not add up to an average contribution":
    "“{contribution}”是比率，比率不能相加求平均贡献",
  "roles are of people; the level here is {level}": "角色属于个人，而这里是 {level*} 这一层",
  "use level: participant, or another way to share": "用 level: participant，或换一种分配方式",
  "a pot is shared once, so one instant must decide who is what; occurrence can name several":
    "奖金池只分一次，须以一个时刻的角色为准；occurrence 可能对应多个",
  "no role has a weight above zero": "没有一个角色的权重大于零",
  'give a role a weight such as "1"': '给角色设权重，例如 "1"',
  "places {from} to {to} do not follow on the places before, which end at {expected}":
    "第 {from} 至 {to} 名没有接上前面的名次，前面到第 {expected} 名为止",
  "the band ends at place {to}, before it starts at {from}": "该档到第 {to} 名结束，却从第 {from} 名开始",
  "scope cumulative prices the total, so there is no amount of a single sale to round":
    "scope: cumulative 按合计计价，没有单笔金额可取整",
  "the weights of the KPIs": "考核项的权重",
  "no KPI {kpi} stands before {kpi2}; KPIs are scored in the plan's order":
    "“{kpi2}”之前没有考核项“{kpi}”；考核项按方案中的先后顺序计分",
  "a KPI that stands before it": "排在它前面的考核项",
  "the line ends at {at}, not after it starts at {at2}": "直线终点 {at} 没有高于起点 {at2}",
  "the band from {from} does not come after the one from {from2}": "从 {from} 起的档没有高于前一档的 {from2}",
  "the first grade starts at {from}, so that a lower total has no grade": "第一个评级从 {from} 起，总分更低者没有评级",
  'start at "0"; a total below 0 is in the first grade too': '从 "0" 起；低于 0 的总分也归第一级',
  "the grade {id} starts at {from}, not after {before} at {from2}":
    "评级“{id}”从 {from} 起，没有高于“{before}”的 {from2}",
  "{id} pays a flat amount, and perPoint pays each point: only one of them can be":
    "“{id}”有固定奖金，而 perPoint 按分发放，二者只能有一个",
  "remove pays, or perPoint": "删去 pays，或删去 perPoint",
  "{id} counts fails, and no grade has the result fail": "“{id}”统计不合格，却没有一个评级的 result 为 fail",
  "add result: fail": "补上 result: fail",
  "{id} counts the grade {grade}, which there is not": "“{id}”统计评级“{grade}”，而评分卡没有这个评级",
  "a grade of the scorecard": "评分卡的评级",
  "{id} asks for {inARow} slices in a row, and the campaign as a whole is one":
    "“{id}”要求连续 {inARow} 期，而整个活动只有一期",
  "say per: quarter, or inARow: 1": "设 per: quarter，或 inARow: 1",
  "the {what} {id} stands twice": "{what~}“{id}”出现两次",
  "{what} sum to {num}, and must sum to 1": "{what~}合计为 {num}，须恰为 1",
  "{what} sum to {num}/{den}, and must sum to 1": "{what~}合计为 {num}/{den}，须恰为 1",
  "rates that sum to exactly 100%": "合计恰为 100% 的比例",
  "{what} is a rate of money: its measure must sum the amount": "{what~}是金额的一定比例，指标须汇总 amount",
  "a target is for the whole campaign, and no single sale attains it": "目标针对整个活动，单笔销售谈不上达成",
  "the band starts at {from}, and the one before ends at {to}: what lies between is in no band":
    "该档从 {from} 起，前一档到 {to} 止，中间的数值不属于任何一档",
  "the band starts at {from}, and the one before ends at {to}: what lies between is in two bands":
    "该档从 {from} 起，前一档到 {to} 止，中间的数值同属两档",
  "start where the band before ends; `edge` says to which of the two the boundary belongs":
    "从前一档结束处开始；边界归哪一档由 edge 决定",
  "the band ends at {to}, not after it starts at {from}": "该档到 {to} 止，没有高于起点 {from}",
  "only the last band may go on without end; no value reaches those after this one":
    "只有最后一档可以不封口，否则后面各档永远够不到",
  'add to: "{from}"': '补上 to: "{from}"',
  "an interpolated band grows to its full rate at its end, so it must have one":
    "插值的档位在终点才达到全额，必须有终点",
  "add to, or another mode for this band": "补上 to，或本档换一种计价方式",
  "the band does not say what it pays": "该档没有说明发多少",
  'add rate, perUnit or flat; flat: "0" where it pays nothing': '填写 rate、perUnit 或 flat；不发的档写 flat: "0"',
  "a rate is of money, and {id} does not sum the amount": "比例按金额计，而“{id}”不是金额合计",
  "use perUnit or flat, or a measure that sums the amount": "改用 perUnit 或 flat，或换成汇总金额的指标",
  "{measure} is a ratio, which rises and falls: there is no instant at which it was reached":
    "“{measure}”是比率，有升有降，没有确定的达到时刻",
  "earlierLastFact, poolPrizes": "earlierLastFact 或 poolPrizes",
  "no total to rank by": "没有总分可排名",
  "a total": "总分",
  "the total of {scorecard} is known at the slice's end: there is no instant at which it was reached":
    "“{scorecard}”的总分到期末才有，没有确定的达到时刻",
  "earlierLastFact, poolPrizes, samePrize": "earlierLastFact、poolPrizes 或 samePrize",
  "an amount for each unit needs units; {measure} is money": "按单位计发需要数量，而“{measure}”是金额",
  "use a measure that counts or sums the quantity, or pay a rate": "改用计数或汇总数量的指标，或按比例计发",
  "{id} stands twice in the windows {list}": "“{id}”在时段列表“{list}”中出现两次",
  "the window {id} ends at {end}, not after it starts at {start}": "时段“{id}”于 {end} 结束，不晚于开始时间 {start}",
  "the window {id} lies outside the period, where no fact counts": "时段“{id}”在活动期间之外，那里的业务都不计入",
  "from {start} to {end}": "从 {start} 到 {end}",
  "the window {id} starts at {start}, before {before} ends at {end}":
    "时段“{id}”从 {start} 开始，早于“{before}”的结束时间 {end}",
  "list the windows in order of time, each starting where the one before ends or later":
    "按时间先后列出各时段，每段不早于前一段结束",
  "{seen} is not an ISO 8601 duration that the calendar has room for": "{seen} 不是 ISO 8601 时长，或超出可用的日期",
};
