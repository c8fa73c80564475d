import type { Actor } from "#domain/actor.ts";

/** Somebody who can sign in on the local cloud. */
export interface LocalPerson extends Actor {
  readonly name: string;
  /** What they do, for the sign-in page. */
  readonly job: { readonly en: string; readonly zh: string };
}

/** One person a role, in finance two, for the story of the Jiangxi campaign. A seller signs in under their participant id. */
export const PEOPLE = [
  {
    subject: "sun.hao",
    name: "Sun Hao 孙浩",
    job: { en: "runs the platform: people, organisation, sources", zh: "管理平台：人员、组织、数据来源" },
    roles: ["administrator"],
    units: [],
    sources: [],
  },
  {
    subject: "mei.lin",
    name: "Mei Lin 林梅",
    job: { en: "marketing: makes campaigns and submits their settlement", zh: "营销：制定方案，提交结算" },
    roles: ["marketing"],
    units: [],
    sources: [],
  },
  {
    subject: "fang.wei",
    name: "Fang Wei 方伟",
    job: { en: "finance: approves what is paid, never what they submitted", zh: "财务：审批发放，不能审批自己提交的" },
    roles: ["approver"],
    units: [],
    sources: [],
  },
  {
    subject: "tan.yue",
    name: "Tan Yue 谭悦",
    job: { en: "finance too: approves what a colleague in finance asks for", zh: "财务：审批财务同事提交的事项" },
    roles: ["approver"],
    units: [],
    sources: [],
  },
  {
    subject: "luo.jie",
    name: "Luo Jie 罗杰",
    job: { en: "manages the Nanchang branch and sees its figures only", zh: "南昌分公司经理：只看本机构数据" },
    roles: ["branch-manager"],
    units: ["nanchang"],
    sources: [],
  },
  {
    subject: "he.yun",
    name: "He Yun 何云",
    job: { en: "auditor: reads everything, changes nothing", zh: "审计：可看全部，不能改动" },
    roles: ["auditor"],
    units: [],
    sources: [],
  },
  {
    subject: "pos.team",
    name: "POS team",
    job: { en: "integrator: reports the sales of its systems", zh: "系统对接：上报本系统的销售" },
    roles: ["integrator"],
    units: [],
    sources: ["jx-app-pos", "hq-web"],
  },
  {
    subject: "a-nanchang-001",
    name: "Du Siyuan 杜思远",
    job: { en: "seller in Nanchang: sees their own statement", zh: "南昌的销售人员：只看自己的对账单" },
    roles: ["seller"],
    units: [],
    sources: [],
  },
] as const satisfies readonly LocalPerson[];

/** A system that gets its tokens by client credentials. */
export interface LocalMachine {
  readonly clientId: string;
  /** No secret at all: this cloud is heard on one machine only. */
  readonly clientSecret: string;
  readonly name: string;
  /** At most these it gets; what they mean is told in `shared/adapters/system/identity-claims.ts`. */
  readonly scopes: readonly string[];
}

export const MACHINES: readonly LocalMachine[] = [
  {
    clientId: "jx-pos-machine",
    clientSecret: "for-this-machine-only",
    name: "POS of Jiangxi",
    scopes: ["laurel/integrator", "laurel/source:jx-app-pos"],
  },
];

export type PersonId = (typeof PEOPLE)[number]["subject"];

/** Undefined when nobody of that name is here. */
export function personOf(subject: string): LocalPerson | undefined {
  return PEOPLE.find((person) => person.subject === subject);
}
