import { beforeEach, describe, expect, it } from "vitest";
import { ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX } from "#domain/dispute.ts";
import { APPROVER, type ApiHarness, AUDITOR, problemOf, SELLER } from "./api-harness.ts";
import { ok } from "./api-world.ts";
import { OTHER_SELLER, opened, settledHarness } from "./disputes-world.ts";

const base64 = (content: string | Uint8Array) => Buffer.from(content).toString("base64");
const NOTE = { name: "合同 4471.txt", type: "text/plain", content: base64("Policy 4471\n") };
const PDF = { name: "contract.pdf", type: "application/pdf", content: base64("%PDF-1.7 …") };

let harness: ApiHarness;
let path: string;
beforeEach(async () => {
  harness = await settledHarness();
  path = await opened(harness);
});

const attach = (file: object, as = SELLER) => harness.post(`${path}/attachments`, as, file);

describe("attachments of a dispute", () => {
  it("are kept under the hash of their bytes, and read back by who may see the dispute", async () => {
    await ok(attach(NOTE));
    await ok(attach(PDF, APPROVER));
    const again = (await ok(attach(NOTE))).json;
    expect(again.attachments).toMatchObject([
      { name: NOTE.name, by: "a-1", size: 12 },
      { name: PDF.name, by: "fang.wei" },
    ]);
    const [note] = again.attachments;
    const file = await ok(harness.get(`${path}/attachments/${note.hash}`, AUDITOR));
    expect(file.text).toBe("Policy 4471\n");
    expect(file.headers).toMatchObject({
      "content-type": "text/plain",
      "content-disposition": 'attachment; filename="___4471.txt"',
      "x-content-type-options": "nosniff",
    });
    expect((await harness.get(`${path}/attachments/${note.hash}`, OTHER_SELLER)).status).toBe(403);
    expect((await harness.get(`${path}/attachments/${"0".repeat(64)}`, SELLER)).status).toBe(404);
    expect((await attach(PDF, OTHER_SELLER)).status).toBe(403);
  });

  it.each([
    "../../runs/x.txt",
    "a/b.txt",
    "a\\b.txt",
    ".htaccess",
    "..txt",
    "a..b.txt",
    "note",
    "",
    "a\u0000.txt",
    "a\n.txt",
    '"; x=".txt',
    `${"a".repeat(120)}.txt`,
  ])("are not called %j", async (name) => {
    expect((await attach({ ...NOTE, name })).status).toBe(422);
    expect((await harness.get(path, SELLER)).json.attachments).toEqual([]);
  });

  it.each([
    ["a type that is not taken", { ...NOTE, type: "text/html" }, "invalid-value"],
    ["another extension", { ...NOTE, name: "note.exe" }, "extension"],
    ["a text that says it is a PDF", { ...PDF, content: NOTE.content }, "content-type"],
    ["bytes that say they are a text", { ...NOTE, content: base64(Uint8Array.of(0, 255, 1)) }, "content-type"],
    ["no base64", { ...NOTE, content: "%%%%" }, "base64"],
    ["one byte too many", { ...NOTE, content: base64("a".repeat(ATTACHMENT_BYTES_MAX + 3)) }, "too-big"],
  ])("are refused: %s", async (_what, file, code) => {
    expect(problemOf(await attach(file)).problems).toMatchObject([{ code }]);
  });

  it("can be as large as it says, and so many", async () => {
    await ok(attach({ ...NOTE, content: base64("a".repeat(ATTACHMENT_BYTES_MAX)) }));
    for (let count = 1; count < ATTACHMENTS_MAX; count += 1) {
      await ok(attach({ ...NOTE, content: base64(`note ${count}`) }));
    }
    expect(problemOf(await attach({ ...NOTE, content: base64("one more") })).problems).toMatchObject([
      { code: "too-many" },
    ]);
  });

  it("are not added to what is decided", async () => {
    await ok(harness.post(`${path}/refuse`, APPROVER, { reason: "no" }));
    expect((await attach(NOTE)).status).toBe(409);
  });
});
