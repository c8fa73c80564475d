import type { Actor } from "#domain/actor.ts";

/** Somebody who can sign in on the local cloud. */
export interface LocalPerson extends Actor {
  readonly name: string;
  readonly job: string;
}

/** One person a role, for the story of the Jiangxi campaign. A seller signs in under their participant id. */
export const PEOPLE = [
  {
    subject: "sun.hao",
    name: "Sun Hao 孙浩",
    job: "runs the platform: people, organisation, sources",
    roles: ["administrator"],
    units: [],
    sources: [],
  },
  {
    subject: "mei.lin",
    name: "Mei Lin 林梅",
    job: "marketing: makes campaigns and submits their settlement",
    roles: ["marketing"],
    units: [],
    sources: [],
  },
  {
    subject: "fang.wei",
    name: "Fang Wei 方伟",
    job: "finance: approves what is paid, never what they submitted",
    roles: ["approver"],
    units: [],
    sources: [],
  },
  {
    subject: "luo.jie",
    name: "Luo Jie 罗杰",
    job: "manages the Nanchang branch and sees its figures only",
    roles: ["branch-manager"],
    units: ["nanchang"],
    sources: [],
  },
  {
    subject: "he.yun",
    name: "He Yun 何云",
    job: "auditor: reads everything, changes nothing",
    roles: ["auditor"],
    units: [],
    sources: [],
  },
  {
    subject: "pos.team",
    name: "POS team",
    job: "integrator: reports the sales of its systems",
    roles: ["integrator"],
    units: [],
    sources: ["jx-app-pos", "hq-web"],
  },
  {
    subject: "a-nanchang-001",
    name: "Du Siyuan 杜思远",
    job: "seller in Nanchang: sees their own statement",
    roles: ["seller"],
    units: [],
    sources: [],
  },
] as const satisfies readonly LocalPerson[];

export type PersonId = (typeof PEOPLE)[number]["subject"];

/** Undefined when nobody of that name is here. */
export function personOf(subject: string): LocalPerson | undefined {
  return PEOPLE.find((person) => person.subject === subject);
}
