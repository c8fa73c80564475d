import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { ROOT } from "#test/arch/source.ts";

/** Who was not on file, and somebody of a unit that there is not. */
export const FIXED_PEOPLE = `员工编号,姓名,机构编号,岗位,开始日期,结束日期
a-nanchang-099,林新,nanchang,agent,,
ann,Ann,nanchang,agent,,
a-x-1,错误,nowhere,agent,,
`;

const SALE = {
  kind: "sale",
  source: "jx-app-pos",
  version: 1,
  status: "active",
  participantId: "a-nanchang-003",
  occurredAt: "2018-07-01T10:00:00+08:00",
  amount: "128.00",
  currency: "CNY",
  product: "LAY",
  channel: "individual",
  attributes: { entry: "app" },
};

/** One of each that can go wrong: held, in conflict, refused, unreadable; and a shop's order of somebody unknown. */
export async function wrongFacts(cloud: LocalCloud): Promise<void> {
  const as = (who: "sun.hao" | "pos.team") => new ApiClient(cloud.url, () => cloud.tokenFor(who));
  const report = (...facts: readonly object[]) =>
    as("pos.team").send("/v1/facts:batch", { method: "POST", json: { facts } });
  await report(
    { ...SALE, externalId: "JX2018-900002", participantId: "a-nanchang-099" },
    { ...SALE, externalId: "JX2018-900004", amount: "12x.00" },
    { ...SALE, externalId: "JX2018-900006" },
  );
  await report({ ...SALE, externalId: "JX2018-900006", amount: "1280.00", product: "LAI" });
  await deliver(cloud, "jx-app-pos", '{"facts": [{"kind": "sale", ');
  for (const sequence of [1, 2, 5, 9]) {
    await deliver(cloud, "jx-app-pos", JSON.stringify({ sequence, facts: [{ ...SALE, externalId: `n-${sequence}` }] }));
  }
  const mapping = { level: "order", basis: "paid" };
  const shop = { name: "Web shop", kind: "woocommerce", secretNames: ["local/sources/web-shop"], mapping };
  await as("sun.hao").send("/v1/sources/web-shop", { method: "PUT", json: shop });
  const order = readFileSync(join(ROOT, "test/fixtures/vendors/woocommerce/order.json"), "utf8");
  await deliver(cloud, "web-shop", order, "?event=order.updated");
}

/** As the source would, signed by the page that only the local cloud has. */
async function deliver({ url }: LocalCloud, source: string, body: string, event = ""): Promise<void> {
  const signed = await (await fetch(`${url}/local/sign/${source}${event}`, { method: "POST", body })).text();
  const headers = signed
    .trim()
    .split("\n")
    .map((line): [string, string] => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trim()];
    });
  await fetch(`${url}/v1/webhooks/${source}`, { method: "POST", headers, body });
}
