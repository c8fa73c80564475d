import type { campaigns as english } from "../en/campaigns.ts";

export const campaigns: Readonly<Record<keyof typeof english, string>> = {
  "campaigns.title": "方案",
  "campaigns.none": "还没有方案",
  "campaigns.none.next": "由营销人员新建；方案库里有现成的可选。",
  "campaigns.new": "新建方案",
  "campaigns.noneFits": "没有符合的方案",
  "campaigns.noneFits.next": "换个词查找，或查看全部状态。",
  "campaigns.search": "按名称或编号查找",
  "campaigns.col.name": "方案",
  "campaigns.col.state": "状态",
  "campaigns.col.period": "活动期间",
  "campaigns.col.version": "生效版本",
  "campaigns.col.budgets": "预算使用",
  "campaigns.col.currency": "币种",
  "campaigns.noVersion": "无",
  "campaigns.version": "第 {version} 版",
  "campaigns.all": "全部状态",
  "tab.board": "实时榜单",
  "tab.runs": "结算",
  "tab.statement": "对账单",
};
