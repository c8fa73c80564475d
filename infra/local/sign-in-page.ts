import type { Role } from "#domain/actor.ts";
import { TOKEN_HOURS } from "./identity.ts";
import { escapeHtml, html, type Page } from "./page.ts";
import { type LocalPerson, PEOPLE } from "./people.ts";

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  administrator: "administrator 管理员",
  marketing: "marketing 营销",
  approver: "approver 财务审批",
  "branch-manager": "branch manager 机构经理",
  seller: "seller 销售人员",
  auditor: "auditor 审计",
  integrator: "integrator 系统对接",
};

/**
 * Who are you? One row a person; the choice is a link to `path` with `as` besides what is in `query`.
 *
 * @param above shown before the choice
 */
export function choicePage(path: string, query: Readonly<Record<string, string | undefined>>, above = ""): Page {
  const link = ({ subject }: LocalPerson) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value);
    parameters.set("as", subject);
    return `${path}?${parameters}`;
  };
  return html(
    "Laurel: sign in 登录",
    `${above}
    <h1>Sign in <span lang="zh">登录</span></h1>
    <p>Laurel on this machine. Choose who you are; there are no passwords here.<br>
    <span lang="zh">本机上的 Laurel。请选择身份；这里没有密码。</span></p>
    <table><tr><th>Who <span lang="zh">身份</span></th><th>Role <span lang="zh">角色</span></th><th>Does <span lang="zh">职责</span></th></tr>
      ${PEOPLE.map((person) => personRow(person, link(person))).join("\n      ")}
    </table>`,
  );
}

function personRow({ name, roles, units, job }: LocalPerson, href: string): string {
  const place = units.length > 0 ? `: ${units.join(", ")}` : "";
  const role = roles.map((one) => ROLE_NAMES[one]).join(", ") + place;
  return `<tr><td><a href="${escapeHtml(href)}">${escapeHtml(name)}</a></td><td>${escapeHtml(role)}</td><td>${escapeHtml(job.en)}<br><small lang="zh">${escapeHtml(job.zh)}</small></td></tr>`;
}

/** Somebody's token, to be copied. */
export function tokenSection({ name }: LocalPerson, token: string): string {
  return `<section>
      <h1>You are ${escapeHtml(name)}</h1>
      <p>Your token, valid for ${TOKEN_HOURS} hours. Click it to select it and copy it. The <a href="/docs">API reference</a> signs
      you in by itself: <em>Authorize</em>.<br>
      <span lang="zh">您的令牌，有效 ${TOKEN_HOURS} 小时。点击可选中并复制。</span></p>
      <code>${escapeHtml(token)}</code>
    </section>`;
}
