import type { home as english } from "../en/home.ts";

export const home: Readonly<Record<keyof typeof english, string>> = {
  "home.hello": "您好，{name}",
  "home.waits": "等您决定",
  "home.waits.none": "没有等您处理的事项",
  "home.waits.none.next": "有人提交结算或方案请求审批时，会出现在这里。",
  "home.running": "进行中的方案",
  "home.settled": "已结算的方案",
  "home.running.none": "没有进行中的方案",
  "home.running.none.next": "打开方案列表，可以看到草稿和已结算的方案。",
  "home.requested": "您提交的",
  "home.yours": "您的方案",
  "home.open": "打开方案",
  "home.open.id": "方案编号，见发给您的链接",
  "home.open.button": "打开",
  "home.decide": "查看并决定",
  "home.look": "查看",
  "home.open.board": "榜单",
  "home.open.statement": "我的对账单",
};
