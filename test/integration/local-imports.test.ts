import { afterAll, beforeAll, expect, it } from "vitest";
import { writeXlsx } from "#adapters/files/xlsx-writer.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";

let cloud: LocalCloud;
let authorization = "";

beforeAll(async () => {
  cloud = await startLocalCloud({ clock: { simulatedFrom: "2018-04-28T00:00:00+08:00" } });
  authorization = `Bearer ${await cloud.tokenFor("sun.hao")}`;
});
afterAll(() => cloud.stop());

async function call(method: string, path: string, body?: unknown): Promise<ReturnType<typeof JSON.parse>> {
  const answer = await fetch(`${cloud.url}${path}`, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return JSON.parse(await answer.text());
}

it("takes a workbook by a link of its own, previews it, and imports it by a job", async () => {
  const rows = [
    ["机构编号", "上级机构", "层级", "名称"],
    ["jiangxi", "", "province", "江西"],
    ["nanchang", "jiangxi", "branch", "南昌"],
  ];
  const bytes = await writeXlsx({ name: "机构", rows, totalRows: 0, widths: [9, 9, 9, 9] });
  const body = { kind: "units", fileName: "机构.xlsx", size: bytes.length };
  const { id: upload, put } = await call("POST", "/v1/uploads", body);
  const send = (url: string, sent: Uint8Array) =>
    fetch(url, {
      method: put.method,
      headers: { "content-type": put.headers["content-type"] },
      body: Buffer.from(sent),
    });
  expect((await send(`${put.url}x`, bytes)).status).toBe(403);
  expect((await send(put.url, bytes.slice(1))).status).toBe(403);
  expect((await send(put.url.replace(/key=[^&]+/, "key=runs%2Fx"), bytes)).status).toBe(403);
  expect((await send(put.url, bytes)).status).toBe(200);

  const { id } = await call("POST", "/v1/imports", { upload, mode: "allOrNothing", preview: true });
  await cloud.idle();
  expect(await call("GET", `/v1/imports/${id}`)).toMatchObject({ state: "ready", report: { rows: 2, taken: 2 } });
  await call("POST", `/v1/imports/${id}/confirm`);
  await cloud.idle();
  expect(await call("GET", `/v1/imports/${id}`)).toMatchObject({ state: "done", report: { rows: 2, taken: 2 } });
  const units = await call("GET", "/v1/org-units");
  expect(units.items.map(({ name }: { name: string }) => name).sort()).toEqual(["南昌", "江西"]);
  expect(cloud.failures().jobs).toEqual([]);
});
