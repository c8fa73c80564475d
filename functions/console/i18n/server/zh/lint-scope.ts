import type { Sentences } from "../match.ts";

/** Findings about prizes, samples, who can take part, shares, targets and bands of a plan. */
export const lintScopeSentences: Sentences = {
  "place {from} wins {amount}, more than the {amount2} of place {to}: who sells more can win less":
    "第 {from} 名得 {amount}，多于第 {to} 名的 {amount2}：卖得多的反而得得少",
  "order the prizes so that none is above the one before": "按名次由高到低设奖，后面的不高于前面的",
  "place {from} of {reward} win {amount}": "“{reward}”第 {from} 名的奖金为 {amount}",
  "places {from} to {to} of {reward} win {amount}": "“{reward}”第 {from} 至 {to} 名的奖金为 {amount}",
  "give the band an amount, or remove it": "给该档设金额，或删去",
  "{reward} has {places} places for {subjects} of level {level} in scope: the last {places2} can never be won":
    "“{reward}”设了 {places} 个名次，而范围内的{level*}只有 {subjects} 个：最后 {places2} 个名次无人可得",
  "end the bands at place {subjects}, or widen who takes part": "名次到第 {subjects} 名为止，或扩大参与范围",
  "{reward} pays {rate} of each sale: nothing": "“{reward}”按每笔销售的 {rate} 发放：等于不发",
  "give it a rate, or remove the reward": "设定比例，或删去该奖励",
  "a sale of {sale} pays {paid}: {rate} is more than the sale itself":
    "一笔 {sale} 的销售要发 {paid}：比例 {rate} 比销售额还高",
  "each sale is rounded ({mode}) to {unit}, more than it earns: a sale of {sale} earns {rate} of it and is paid {paid}":
    "每笔按 {unit} 取整（{mode}），比应得还大：一笔 {sale} 的销售按 {rate} 计，实发 {paid}",
  'use unit "{moneyIn}", or scope: perTotal': '用单位 "{moneyIn}"，或 scope: perTotal',
  "none of the {sampleSize} sample facts occurred from {start} to {end}: no condition was tried":
    "{sampleSize} 笔样本数据没有一笔发生在 {start} 至 {end} 之间：条件没有试过",
  "check the period, or give facts that occurred in it": "检查活动期间，或提供期间内的样本数据",
  "{name} holds for 0 of the {facts} sample facts": "{name~}对 {facts} 笔样本数据都不成立",
  "{name} holds for 0 of the {facts} sample facts; {undecided} lack an attribute that it names":
    "{name~}对 {facts} 笔样本数据都不成立；其中 {undecided} 笔没有条件所用的字段",
  "correct the condition, or the sample": "更正条件，或更换样本",
  "{name} holds for all {facts} sample facts: it leaves nothing out":
    "{name~}对 {facts} 笔样本数据全都成立：没有筛掉任何一笔",
  "remove it, or check that it says what is meant": "删去，或检查条件是否写对",
  "{condition} names {name} {unseen}, which 0 of the {facts} sample facts have":
    "{condition~}引用了 {name} {unseen~}，而 {facts} 笔样本数据中没有出现过",
  "correct the spelling, or check that it is still sold": "更正写法，或确认是否仍在销售",
  "{message} (it has {count} units)": "{message~}（共有 {count} 个机构）",
  "correct the name, or add it to the organisation": "更正名称，或加入组织机构",
  "units {units}": "机构 {units~}",
  "roles {roles}": "角色 {roles~}",
  "none of the {everybody} people on file is in the audience ({where}): no sale can count":
    "在册的 {everybody} 人都不是参与对象（{where~}）：没有销售会计入",
  "widen the audience, or import the people": "放宽参与对象，或导入人员",
  "within {unit}": "限 {unit} 之内",
  "with role {anyOf}": "角色为 {anyOf~}",
  "at the period's end": "以活动结束时为准",
  "0 of the {all} people on file can take part in {reward} ({limits})":
    "在册的 {all} 人没有一人能参与“{reward}”（{limits~}）",
  "0 of the {all} units of level {level} can take part in {reward} ({limits})":
    "{level*}这一层的 {all} 个机构没有一个能参与“{reward}”（{limits~}）",
  "correct within, level or roles, or add who is missing": "更正 within、level 或 roles，或补上缺少的人员、机构",
  "0 people in the scope of {reward} are {role}": "“{reward}”范围内没有角色为 {role} 的人",
  "correct the role, or remove it": "更正角色，或删去",
  "{reward} looks only at {within}, and the sales of {units} alone count: 0 sales are in both":
    "“{reward}”只看“{within}”，而只有 {units~} 的销售计入：没有一笔销售两者兼属",
  "a unit above or below {units}": "{units~} 的上级或下级机构",
  "correct within, or add the unit to the audience": "更正 within，或把该机构加入参与对象",
  "nothing comes of {id}: its {grades} grades pay nothing, no reward is multiplied by it or ranked by it, and it has no consequence":
    "“{id}”没有用处：{grades} 个评级都不发奖金，没有奖励用它作系数或排名，也没有连续后果",
  "let grades pay, name it in a coefficient or a ranking, or accept that it only tells":
    "让评级发奖金，或在系数、排名中引用它，或接受它只作告知",
  "the grade {grade} of {id} starts at {from}, and the best total that there can be is {best}":
    "“{id}”的评级“{grade}”从 {from} 起，而总分最高只有 {best}",
  "lower the grade, or raise the scores": "调低评级分数线，或提高得分",
  "in {id} the grade {grade} pays {grade2}, and {before} below it {before2}: a better result is worth less":
    "“{id}”中评级“{grade}”发 {grade2}，低一级的“{before}”却发 {before2}：考得好反而少",
  "in {id} the grade {grade} has the factor {grade2}, and {before} below it {before2}: a better result is worth less":
    "“{id}”中评级“{grade}”的系数为 {grade2}，低一级的“{before}”却为 {before2}：考得好反而少",
  "swap the two, or accept it": "把两者对调，或接受",
  "the pot of {reward} has {shares} shares, and {subjects} can take part: what the others would get is not paid":
    "“{reward}”的奖金池设了 {shares} 个份额，而能参与的只有 {subjects} 个：其余份额不发",
  "the pot of {reward} has {shares} shares, and {subjects} can take part: the pot goes to them alone":
    "“{reward}”的奖金池设了 {shares} 个份额，而能参与的只有 {subjects} 个：奖金池全归他们",
  "make fewer shares, or accept it": "减少份额，或接受",
  "{without} of the {units} units in the scope of {reward} have no {roles} on file in the unit itself at the period's end: {without2}; their override is paid to the unit itself":
    "“{reward}”范围内的 {units} 个机构中，有 {without} 个在活动结束时本机构没有在册的 {roles~}：{without2~}；其管理津贴发给机构",
  "{without} of the {units} units in the scope of {reward} have no {roles} on file in the unit itself at the period's end: {without2}; their override is forfeited":
    "“{reward}”范围内的 {units} 个机构中，有 {without} 个在活动结束时本机构没有在册的 {roles~}：{without2~}；其管理津贴不发",
  "correct the roles, add the people, or accept it": "更正角色，补充人员，或接受",
  "0 of the {units} units in the scope of {reward} have a {sharing} at the period's end: every prize is paid to the unit itself":
    "“{reward}”范围内的 {units} 个机构在活动结束时都没有 {sharing~}：奖金全部发给机构",
  "0 of the {units} units in the scope of {reward} have a {sharing} at the period's end: every prize is forfeited":
    "“{reward}”范围内的 {units} 个机构在活动结束时都没有 {sharing~}：奖金全部不发",
  "correct the roles, or add the people": "更正角色，或补充人员",
  "0 people in the {units} units in the scope of {reward} are {role} at the period's end":
    "“{reward}”范围内的 {units} 个机构在活动结束时没有角色为 {role} 的人",
  "correct the role, or remove it from the split": "更正角色，或从分配中删去",
  "{empty} of {units} units have no {sharing} at the period's end: {empty2}; what they win is paid to the unit itself":
    "{units} 个机构中有 {empty} 个在活动结束时没有 {sharing~}：{empty2~}；获得的奖金发给机构",
  "{empty} of {units} units have no {sharing} at the period's end: {empty2}; what they win is forfeited":
    "{units} 个机构中有 {empty} 个在活动结束时没有 {sharing~}：{empty2~}；获得的奖金不发",
  "add the people, or accept it": "补充人员，或接受",
  "{without} of the {subjects} in the scope of {reward} have no target {label} of {measure}, or one finer than it is measured: {without2}":
    "“{reward}”范围内的 {subjects} 个对象中，有 {without} 个没有 {measure} 的目标“{label}”，或目标小数位过多：{without2~}",
  "{without} of the {subjects} in the scope of {reward} have no target {label} of {measure}, or one finer than it is measured in {slice}, the first slice: {without2}":
    "“{reward}”范围内的 {subjects} 个对象中，有 {without} 个在首期 {slice} 没有 {measure} 的目标“{label}”，或目标小数位过多：{without2~}",
  "add rows such as {first},{measure},{label},{slice},<value> to the targets table":
    "在目标表中补录，例如 {first},{measure},{label},{slice},<数值>",
  "{id} names the target {label} again as its number {index}, where it fills no place":
    "“{id}”的第 {index} 个目标又是“{label}”，填补不了任何名次",
  "for {rows} of {all} in {id} the fallback {label} is above {before} and fills no place: {subject} has {label2} {text} and {before2} {beforeText}; also {rows2}":
    "“{id}”有 {rows} 个（共 {all} 个）的替补目标“{label}”高于“{before}”，填补不了名次：{subject} 的 {label2} 为 {text}，{before2} 为 {beforeText}；还有 {rows2~}",
  "for {rows} of {all} in {id} the fallback {label} is above {before} and fills no place: {subject} has {label2} {text} and {before2} {beforeText}":
    "“{id}”有 {rows} 个（共 {all} 个）的替补目标“{label}”高于“{before}”，填补不了名次：{subject} 的 {label2} 为 {text}，{before2} 为 {beforeText}",
  "for {rows} of {all} in {id} the fallback {label} is the same as {before} and fills no place: {subject} has {label2} {text} and {before2} {beforeText}; also {rows2}":
    "“{id}”有 {rows} 个（共 {all} 个）的替补目标“{label}”与“{before}”相同，填补不了名次：{subject} 的 {label2} 为 {text}，{before2} 为 {beforeText}；还有 {rows2~}",
  "for {rows} of {all} in {id} the fallback {label} is the same as {before} and fills no place: {subject} has {label2} {text} and {before2} {beforeText}":
    "“{id}”有 {rows} 个（共 {all} 个）的替补目标“{label}”与“{before}”相同，填补不了名次：{subject} 的 {label2} 为 {text}，{before2} 为 {beforeText}",
  "swap the two targets, or correct the table": "把两个目标对调，或更正目标表",
  "lower the fallback, or accept it": "调低替补目标，或接受",
  "{subject} reaches the target {label} of {reward} at {target}, and the gate asks for {asked}: to reach the target is not enough; the same for {above} more":
    "{subject} 在“{reward}”的目标“{label}”为 {target}，而门槛要求 {asked}：完成目标还不够；另有 {above} 个也是如此",
  "{subject} reaches the target {label} of {reward} at {target}, and the gate asks for {asked}: to reach the target is not enough":
    "{subject} 在“{reward}”的目标“{label}”为 {target}，而门槛要求 {asked}：完成目标还不够",
  "lower the gate, or raise the target": "调低门槛，或提高目标",
  "the target {label} is 0 for {zero} in {reward}, who reach it with their first sale: {zero2}":
    "“{reward}”中有 {zero} 个对象的目标“{label}”为 0，卖出第一笔即达成：{zero2~}",
  "give them a target in the targets table": "在目标表中设定目标",
  "use mode: marginal, or let the band pay at least what the one before pays at its end":
    "用 mode: marginal，或让该档至少不低于前一档终点时的奖金",
  "{id} pays {higher} from {from} and only {lower} from {from2}: the better band adds less":
    "“{id}”从 {from} 起发 {higher}，从 {from2} 起只有 {lower}：更高的档反而加得少",
  "{id} pays {higher} from {from} and only {lower} from {from2}: each further sale is worth less":
    "“{id}”从 {from} 起发 {higher}，从 {from2} 起只有 {lower}：再多卖的反而不值钱",
  "swap the two, or accept that the better band pays less": "把两者对调，或接受更高的档发得少",
  "none of the {rewards} rewards and their gates looks at the measure {id}":
    "方案的 {rewards} 个奖励及其门槛都没有用到指标“{id}”",
  "remove it, or correct the reward that should name it": "删去，或更正应当引用它的奖励",
  "none of the {counts} clauses of counts and no measure names the attribute {name}":
    "方案的 {counts} 条计入条件和各指标都没有用到附加字段“{name}”",
  "remove it, or name it in a condition": "删去，或在条件中引用它",
  "in {reward!} ⟨a sale of ⟩{below} {measure!} pay⟨s⟩ {paidBelow}, {above} pay⟨s⟩ {paidAbove} (of a target of {target}): who sells more is paid less":
    "“{reward}”中 {measure} 为 {below} 时发 {paidBelow}，为 {above} 时反而只发 {paidAbove}（目标 {target}）：卖得多的得得少",
  "in {reward!} ⟨a sale of ⟩{below} {measure!} pay⟨s⟩ {paidBelow}, {above} pay⟨s⟩ {paidAbove}: who sells more is paid less":
    "“{reward}”中 {measure} 为 {below} 时发 {paidBelow}，为 {above} 时反而只发 {paidAbove}：卖得多的得得少",
};
