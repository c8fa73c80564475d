import type { Sentences } from "../match.ts";

/** What a plan is refused for: its fields, measures, period, names and the shapes of its parts. */
export const planSentences: Sentences = {
  "measure {measure}: it has an aggregate ({aggregate}) and a ratio; a measure is one of them":
    "指标“{measure}”既有汇总方式（{aggregate}）又是比率，只能二者择一",
  "remove ratio, or remove aggregate and of": "删去 ratio，或删去 aggregate 和 of",
  "aggregate or ratio": "aggregate 或 ratio",
  "measure {measure}: it says neither an aggregate nor a ratio": "指标“{measure}”既没有汇总方式，也不是比率",
  "add aggregate: sum and of: amount": "补上 aggregate: sum 和 of: amount",
  "measure {id}: `count` counts facts, so there is nothing that it could be `of`":
    "指标“{id}”：count 统计的是笔数，不能再用 of 指定汇总什么",
  "remove of, or use aggregate: distinct": "删去 of，或改用 aggregate: distinct",
  "measure {id}: `{aggregate}` must say of what": "指标“{id}”：{aggregate} 必须说明汇总什么",
  "add of: amount": "补上 of: amount",
  "measure {id}: {of} is nothing that facts have, and no declared attribute":
    "指标“{id}”：{of} 不是业务数据的字段，也没有声明为附加字段",
  "measure {id}: the attribute {of} is a {type}, and `{aggregate}` needs a number":
    "指标“{id}”：附加字段 {of} 的类型是 {type}，而 {aggregate} 需要数字",
  "declare it as number, or use aggregate: distinct": "声明为 number，或改用 aggregate: distinct",
  "measure {id}: a ratio is of two measures, and takes no `of` beside them":
    "指标“{id}”：比率由两个指标相除而得，不再用 of",
  "remove of": "删去 of",
  "measure {id}: a ratio has no facts of its own that a condition could look at":
    "指标“{id}”：比率本身没有业务数据，无从设条件",
  "put the condition on the measures that it divides": "把条件设在相除的两个指标上",
  "none: the plan has no measure but ratios": "没有：方案里的指标全是比率",
  "measure {id}: its {side} {named} is a ratio itself": "指标“{id}”的{side*}“{named}”本身又是比率",
  "measure {id}: there is no measure {named} for its {side}": "指标“{id}”的{side*}引用了“{named}”，方案里没有这个指标",
  "divide the measures that {named} is made of": "改用组成“{named}”的那两个指标相除",
  "add the measure, or correct the name": "补上该指标，或更正名称",
  "a plan that credits splits or overlays must say what a shared sale counts (here one sale of two people)":
    "业绩按拆分或附加归属时，须说明共享的销售怎样计数（例如两人共做一笔）",
  "each (one for each who has a part in it) or seller (one for the participant who sold)":
    "each（参与者每人各计一笔）或 seller（只给出单人计一笔）",
  "add shared: each": "补上 shared: each",
  "no sale is shared where splits and overlays are not credited": "没有按拆分或附加归属，就不会有共享的销售",
  "remove shared, or say to: splits or overlays: credited": "删去 shared，或设 to: splits 或 overlays: credited",
  "there is no measure {id}": "没有指标“{id}”",
  "at level participant, `within` must say which membership decides": "奖给个人时，within 须说明以哪一刻的归属为准",
  "{reward} judges a person over the whole period, so one membership must decide; occurrence can name several":
    "“{reward}”按整个期间评定个人，须以一个时刻的归属为准；occurrence 可能对应多个机构",
  "a split divides a unit's award; the level here is participant": "成员间分配是把机构的奖金分下去，而这里奖给个人",
  "use pay: self, or a level of the organisation": "用 pay: self，或奖给某一层机构",
  "roles belong to level participant; the level here is {level}": "角色只适用于奖给个人，而这里奖给 {level*} 这一层",
  "remove roles": "删去 roles",
  "a prize is shared once, so one instant must decide who is on file; occurrence can name several":
    "奖品只分一次，须以一个时刻的在册情况为准；occurrence 可能对应多个机构",
  "no role has a coefficient above zero": "没有一个角色的系数大于零",
  'give at least one role a coefficient such as "1"': '至少给一个角色设系数，例如 "1"',
  "the gate judges a person over the whole period, so one membership must decide; occurrence can name several":
    "这道门槛按整个期间考察个人，须以一个时刻的归属为准；occurrence 可能对应多个机构",
  "the plan has {problems} problem": "方案有 {problems} 处问题",
  "the plan has {problems} problems": "方案有 {problems} 处问题",
  "{currency} is not an ISO 4217 currency": "{currency} 不是 ISO 4217 币种",
  "a code such as CNY, USD, EUR": "币种代码，例如 CNY、USD、EUR",
  "{lateFacts} is not an ISO 8601 duration": "{lateFacts} 不是 ISO 8601 时长",
  "P15D, P1M, PT48H, P0D, …": "P15D、P1M、PT48H、P0D 等",
  "{zone} is not an IANA time zone": "{zone} 不是 IANA 时区",
  "a place such as Asia/Shanghai": "地名形式的时区，例如 Asia/Shanghai",
  "{period} is not one instant in {zone}": "{period} 在 {zone} 不是一个确定的时刻",
  "a local date-time without offset, such as 2018-05-01T00:00, that the zone's clock shows exactly once":
    "不带时差的当地日期时间，例如 2018-05-01T00:00，且在该时区恰好出现一次",
  "{duration} after {end} is beyond the calendar": "{end} 之后再过 {duration}，超出了可用的日期",
  "the period ends at {end}, not after it starts at {start}": "活动于 {end} 结束，不晚于开始时间 {start}",
  "later than {start}": "晚于 {start}",
  "{item} stands twice in {list}": "“{item}”在 {list} 中出现两次",
  "give each its own id": "各用各的编号",
  "every fact has {name} already": "每笔业务数据本来就有 {name}",
  "remove the attribute, or give it another name": "删去该附加字段，或换个名称",
  "the plan's conditions are too long together: every fact asks them": "方案的条件合计过长：每笔业务数据都要逐条判断",
  "an audience of units or roles must say which membership is meant":
    "参与对象限定了机构或角色，须说明以哪一刻的归属为准",
  "occurrence (where the seller worked at the sale) or periodEnd (where they work at the end)":
    "occurrence（销售发生时所在的机构）或 periodEnd（活动结束时所在的机构）",
  "{currency} can pay": "{currency} 的最小支付单位",
  "{id} is measured": "“{id}”的计量精度",
  "{text} is finer than {limit}": "{text} 的小数位多于{limit~}",
  "a whole number": "整数",
  "at most {digits} digits after the point": "最多 {digits} 位小数",
  "{text} is beyond what can be computed exactly": "{text} 超出可精确计算的范围",
  "there is no reward {id}": "没有奖励“{id}”",
  "{id} stands twice in the budget {budget}, and would be counted twice":
    "“{id}”在预算“{budget}”中出现两次，会被计两遍",
  "name it once": "只写一次",
  "P10D, P1M, PT48H, …": "P10D、P1M、PT48H 等",
  'use a decimal in quotes that is not negative, such as "8000.00"': '须为带引号的非负小数，例如 "8000.00"',
  'use {value: "10000.00"}': '须为 {value: "10000.00"}',
  "{target: start} for a label of the targets table": "{target: start}，即目标表里的名称",
  'use a rate in quotes that is not negative: "35%", "0.35" or "7/20"': '须为带引号的非负比例："35%"、"0.35" 或 "7/20"',
  'say how amounts are rounded: scope (`perFact` or `perTotal`), mode (`halfUp`, `halfEven`, `down` or `up`) and unit (such as "0.01")':
    '说明金额怎样取整：scope（perFact 或 perTotal）、mode（halfUp、halfEven、down 或 up）和 unit（例如 "0.01"）',
  "say what the marks are of: `value` – the measure": "说明按什么衡量：value——指标的数值",
  "{attainment: start} – measure ÷ the target of that label": "{attainment: start}——指标除以该名称的目标",
  'use a mark in quotes that is not negative: "10000.00" of a value, "50%" of an attainment':
    '须为带引号的非负标准：数值如 "10000.00"，达成率如 "50%"',
  "use `self`": "填写 self",
  "{ancestor: branch, membership: periodEnd} for a unit above": "{ancestor: branch, membership: periodEnd}，即上级机构",
  "say how the award is divided: byRole, membership, and nobody (`unit` or `forfeit`)":
    "说明奖金怎样分配：byRole、membership 和 nobody（unit 或 forfeit）",
  "say who is paid: `self` – who won": "说明发给谁：self——达成者本人或本机构",
  "`split` – the unit's members, by role": "split——按角色分给机构成员",
  "say campaign, day, week, month, quarter, year, or {windows: <list>}":
    "填写 campaign、day、week、month、quarter、year 或 {windows: <列表>}",
  "`full` – all of it": "full——全部",
  '{part: "50%"} – a fixed part': '{part: "50%"}——固定比例',
  "{unearned: months} – the part of `within` that had not passed, in whole started months or days":
    "{unearned: months}——within 中尚未经过的部分，按整月（已开始即算）或天计",
  "a reward has a kind: tiers, perUnit, milestone, commission, race, ranking, scorecard, pool, override, payPlan, advance, rebate, gift, points, honour or penalty":
    "奖励须有奖励方式 kind：tiers、perUnit、milestone、commission、race、ranking、scorecard、pool、override、payPlan、advance、rebate、gift、points、honour 或 penalty",
  "use {yearly: premium} or {monthly: premium}, with a measure that sums amounts":
    "须为 {yearly: premium} 或 {monthly: premium}，指标须为金额合计",
  'use {months: 9} or {part: "75%"}': '须为 {months: 9} 或 {part: "75%"}',
  "say for what: `eachFact` – each counted fact above zero (two renewals of one customer: two gifts) · `eachRecipient` – once for each recipient (one gift)":
    "说明因何赠送：eachFact——每笔大于零的计入业务（同一客户续保两次：两份）· eachRecipient——每位受赠人一次（一份）",
  '{every: "100"} – each time the payee\'s measure is that much higher': '{every: "100"}——收款人的指标每再满这么多',
  "say who receives it: `payee` – who sold or the unit": "说明给谁：payee——出单人或本机构",
  "{attribute: customer} – whom the fact names there; the payee hands it out":
    "{attribute: customer}——业务数据在该字段指明的人，由收款人转交",
  "say who holds it: {best: all} – the highest value of the measure": "说明谁获得：{best: all}——指标最高者",
  '{atLeast: {value: "95"}} – everybody at or above': '{atLeast: {value: "95"}}——达到及以上的所有人',
  "{winnerOf: cup} – everybody on place 1 of an earlier ranking": "{winnerOf: cup}——前面某排名的第 1 名",
  'say {best: all}, {best: earliestReach}, {atLeast: {value: "95"}} or {winnerOf: <ranking>}':
    '须为 {best: all}、{best: earliestReach}、{atLeast: {value: "95"}} 或 {winnerOf: <排名>}',
  "`self` – the leaders are paid; `leaders` says how several of them share":
    "self——发给负责人，多位负责人怎样分由 leaders 说明",
  "{lines: [commission], depth: subtree} – what the team was awarded":
    "{lines: [commission], depth: subtree}——团队获得的奖励",
  "{measure: sales} – what the unit sold": "{measure: sales}——机构的业绩",
  'use {amount: "2000.00"}, {byRole: {officer: "2000.00"}} or {target: {measure: sales, label: base}}':
    '须为 {amount: "2000.00"}、{byRole: {officer: "2000.00"}} 或 {target: {measure: sales, label: base}}',
  'use {rate: "0.9"}, {byUnit: {mountain: "1.2"}, without: one} or {byRole: {teller: "1"}, without: one}':
    '须为 {rate: "0.9"}、{byUnit: {mountain: "1.2"}, without: one} 或 {byRole: {teller: "1"}, without: one}',
  'say who is meant: {below: {value: "60"}} – a value below the mark': '说明罚谁：{below: {value: "60"}}——低于该标准者',
  "{last: 3, ties: all} – the lowest values": "{last: 3, ties: all}——数值最低的几名",
  'say {below: {value: "60"}} or {last: 3, ties: all}': '须为 {below: {value: "60"}} 或 {last: 3, ties: all}',
  "say over what: `inARow` – slices one after another": "说明在多长范围内累计：inARow——连续各期",
  "{slices: 6} – the last six slices, this one counted": "{slices: 6}——最近六期，含本期",
  '{amount: "50000.00"} – a fixed pot': '{amount: "50000.00"}——固定奖金池',
  '{rate: "5%", measure: sales, rounding: {mode, unit}} – a rate of what all sold':
    '{rate: "5%", measure: sales, rounding: {mode, unit}}——全体业绩的一定比例',
  "{byRank: {shares, ties, belowAverage, unclaimed}} – by place in the measure":
    "{byRank: {shares, ties, belowAverage, unclaimed}}——按指标名次",
  "{byContribution: true} – in proportion to the measure": "{byContribution: true}——按指标占比",
  "{byWeight: {roles: {manager: '2', agent: '1'}, membership: periodEnd}} – by role":
    "{byWeight: {roles: {manager: '2', agent: '1'}, membership: periodEnd}}——按角色",
  "{byAttainment: budget} – in proportion to what was attained of that target":
    "{byAttainment: budget}——按该目标的达成率占比",
  "say what is ranked: `value` – the measure": "说明按什么排名：value——指标的数值",
  "{scorecard: card} – the total of an earlier scorecard": "{scorecard: card}——前面某评分卡的总分",
  "say whose evidence serves an order: `payee` – any of the payee's since the order":
    "说明谁的凭证有效：payee——收款人下单后的任何凭证",
  "{attribute: order} – only evidence with the same value in that attribute":
    "{attribute: order}——仅限该字段数值相同的凭证",
  "say `payee`, or {attribute: order}": "填写 payee 或 {attribute: order}",
  "say what is given: `credit` – money of the plan's currency": "说明返还什么：credit——方案币种的金额",
  '{goods: cola, unitValue: "50.00"} – whole pieces of goods': '{goods: cola, unitValue: "50.00"}——整件物品',
  'say `credit`, or {goods: cola, unitValue: "50.00"}': '填写 credit 或 {goods: cola, unitValue: "50.00"}',
  'use a score in quotes: "80", "12.5" or "-5"': '须为带引号的得分："80"、"12.5" 或 "-5"',
  "{linear: {from: {at, score}, to: {at, score}, clamp}}": "{linear: {from: {at, score}, to: {at, score}, clamp}}",
  "{bands: [{from, score}], edge}": "{bands: [{from, score}], edge}",
  "{asIs: true} – the result is the score, as a judge gave it": "{asIs: true}——结果即为得分，例如评委打分",
  "`fail` – any grade with result: fail": "fail——任何 result 为 fail 的评级",
  "{grade: poor} – that grade alone": "{grade: poor}——仅该评级",
  "windows {windows}": "时段列表“{windows}”",
  "{subject} is neither a unit nor a participant": "“{subject}”既不是机构也不是人员",
  "a unit of the organisation or a participant on file": "组织机构中的机构，或在册人员",
  "correct the id, or add it to the organisation or the people": "更正编号，或把它加入组织机构或人员",
  "no reward of the plan is decided for {slice}": "方案里没有奖励按 {slice} 这一期评定",
  "the plan has no measure {measure}": "方案里没有指标“{measure}”",
  "correct the measure, or declare it in the plan": "更正指标，或在方案中声明",
  "{value} is finer than {measure} is measured, or beyond exact integers":
    "{value} 的小数位多于“{measure}”的计量精度，或超出可精确计算的范围",
  "empty (the whole campaign)": "留空（整个活动）",
  "it ends no later than it begins": "结束不晚于开始",
  "at most {most}": "最多 {most}",
  "{name!} is missing": "缺少 {name}",
};
