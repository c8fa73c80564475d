import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { FileStore } from "#ports/system.ts";

/** What every FileStore does. `makeStore` gives an empty one. */
export function describeFileStore(name: string, makeStore: () => Promise<FileStore>): void {
  describe(`FileStore: ${name}`, () => {
    let store: FileStore;
    beforeEach(async () => {
      store = await makeStore();
    });
    const put = (key: string, body: Uint8Array | string) =>
      store.put(key, typeof body === "string" ? Buffer.from(body) : body, "application/octet-stream");
    const get = async (key: string) => {
      const body = await store.get(key);
      return body && Buffer.from(body).toString("base64");
    };
    const base64 = (text: string) => Buffer.from(text).toString("base64");

    it("has no file that was not put", async () => {
      expect(await store.get("payouts/run-1.csv")).toBeUndefined();
      await put("payouts/run-1.csv", "x");
      expect(await store.get("payouts/run-2.csv")).toBeUndefined();
    });

    it("gives back the bytes, of any size", async () => {
      for (const body of [Buffer.alloc(0), Buffer.from([0, 255, 13, 10]), randomBytes(3_000_000)]) {
        await put("runs/run-1/inputs.bin", body);
        expect(await get("runs/run-1/inputs.bin")).toBe(body.toString("base64"));
      }
    });

    it("replaces a file as a whole", async () => {
      await put("a.txt", "long text");
      await put("a.txt", "short");
      expect(await get("a.txt")).toBe(base64("short"));
      await Promise.all(["one", "two", "three"].map((text) => put("b.txt", text)));
      expect(["one", "two", "three"].map(base64)).toContain(await get("b.txt"));
    });

    it("takes names as people write them", async () => {
      const keys = [
        "赣州/5月 发放表.csv",
        "a/b/c/d.txt",
        "100%.txt",
        `it's "it".txt`,
        "..a/b..",
        "a+b&c=d?e.txt",
        "...",
      ];
      for (const key of keys) await put(key, key);
      for (const key of keys) expect(await get(key)).toBe(base64(key));
    });

    it.each(["", "/etc/passwd", "../secret", "a/../../secret", "a//b", "a/", ".", "a/./b", "a\\..\\b", "a\u0000b"])(
      "refuses the key %j",
      async (key) => {
        await expect(put(key, "x")).rejects.toMatchObject({ name: "Refusal", kind: "invalid" });
        await expect(store.get(key)).rejects.toMatchObject({ name: "Refusal", kind: "invalid" });
      },
    );

    it("lists what lies directly in a folder, in order, page by page", async () => {
      expect(await store.list("imports/of", { limit: 10 })).toEqual([]);
      for (const name of ["b", "a", "d & e", "c", "c/inside"])
        await put(`imports/of-${name.length > 4 ? "x" : "y"}/${name}`, "x");
      for (const name of ["3", "1", "2", "2-4/deeper"]) await put(`imports/of/${name}`, "x");
      expect(await store.list("imports/of", { limit: 10 })).toEqual(["imports/of/1", "imports/of/2", "imports/of/3"]);
      expect(await store.list("imports/of", { limit: 1, after: "imports/of/1" })).toEqual(["imports/of/2"]);
      expect(await store.list("imports/of", { limit: 10, after: "imports/of/3" })).toEqual([]);
      await expect(store.list("../imports", { limit: 1 })).rejects.toMatchObject({ kind: "invalid" });
    });

    it("is not changed through the bytes that were given or got", async () => {
      const body = Buffer.from("abc");
      await put("a.txt", body);
      body[0] = 0;
      const got = await store.get("a.txt");
      if (got) got[0] = 0;
      expect(await get("a.txt")).toBe(base64("abc"));
    });
  });
}
