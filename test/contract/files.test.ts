import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, expect, it } from "vitest";
import { DirectoryFileStore } from "#adapters/system/files-directory.ts";
import { MemoryFileStore } from "#adapters/system/files-memory.ts";
import { S3FileStore } from "#adapters/system/files-s3.ts";
import { LOCAL_CLIENT_CONFIG } from "#infra/local/dynamodb.ts";
import { fakeAws } from "./suites/fake-aws.ts";
import { describeFileStore } from "./suites/files.ts";

describeFileStore("memory", async () => new MemoryFileStore());

const parent = await mkdtemp(join(tmpdir(), "laurel-files-"));
afterAll(() => rm(parent, { recursive: true }));
const freshFolder = () => mkdtemp(join(parent, "store-"));
describeFileStore("folder", async () => new DirectoryFileStore(await freshFolder()));

it("a folder holds only finished files, below itself", async () => {
  const folder = await freshFolder();
  const store = new DirectoryFileStore(folder);
  await store.put("runs/a.txt", Buffer.from("x"), "text/plain");
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(["runs", join("runs", "a.txt")]);
});

const objects = new Map<string, { body: Buffer; contentType: string | undefined }>();
/** What S3 answers of ListObjectsV2: keys of one folder, in order. */
function listing(bucket: string, query: URLSearchParams): string {
  const [prefix, after] = [query.get("prefix") ?? "", query.get("start-after") ?? ""];
  const keys = [...objects.keys()]
    .map((path) => path.slice(bucket.length + 1))
    .filter(
      (key) =>
        key.startsWith(prefix) && key > after && !key.slice(prefix.length).includes(query.get("delimiter") ?? ""),
    )
    .sort()
    .slice(0, Number(query.get("max-keys")));
  const contents = keys.map((key) => `<Contents><Key>${key.replaceAll("&", "&amp;")}</Key></Contents>`);
  return `<ListBucketResult>${contents.join("")}</ListBucketResult>`;
}

const endpoint = fakeAws(({ method, path, query, headers, body }) => {
  if (method === "GET" && query.get("list-type") === "2")
    return { status: 200, body: listing(path.replace(/\/$/, ""), query) };
  if (method === "PUT") {
    objects.set(path, { body, contentType: headers["content-type"] });
    return { status: 200 };
  }
  const object = objects.get(path);
  if (object) return { status: 200, body: object.body };
  const error = path.startsWith("/forbidden/") ? "AccessDenied" : "NoSuchKey";
  return { status: error === "NoSuchKey" ? 404 : 403, body: `<Error><Code>${error}</Code></Error>` };
});
const s3 = (bucket: string) => {
  objects.clear();
  const client = new S3Client({ ...LOCAL_CLIENT_CONFIG, endpoint: endpoint(), forcePathStyle: true });
  return new S3FileStore(client, bucket);
};
describeFileStore("S3", async () => s3("files"));

it("S3 is told the content type; a refusal is an error, not a file that is missing", async () => {
  const store = s3("files");
  await store.put("a.csv", Buffer.from("x"), "text/csv");
  expect(objects.get("/files/a.csv")?.contentType).toBe("text/csv");
  await expect(s3("forbidden").get("a.csv")).rejects.toMatchObject({ name: "AccessDenied" });
});
