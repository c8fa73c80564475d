import { S3Client } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { LINK_SECONDS, S3UploadLinks } from "#adapters/system/upload-links-s3.ts";

it("signs size, type and place of a file, and nothing of a body that nobody knows yet", async () => {
  const client = new S3Client({
    region: "eu-central-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  const clock = new SimulatedClock(Date.parse("2026-03-01T00:00:00Z"));
  const link = await new S3UploadLinks(client, "files", clock).link("uploads/1/file", 48_213);
  const url = new URL(link.url);
  expect(url.pathname).toBe("/uploads/1/file");
  expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;content-type;host");
  expect(url.searchParams.get("X-Amz-Expires")).toBe(String(LINK_SECONDS));
  expect(url.searchParams.get("X-Amz-Date")).toBe("20260301T000000Z");
  expect([...url.searchParams.keys()].join()).not.toMatch(/checksum/i);
  expect(link).toMatchObject({
    method: "PUT",
    headers: { "content-length": "48213" },
    expiresAt: "2026-03-01T00:15:00.000Z",
  });
});
