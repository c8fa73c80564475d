import { S3Client } from "@aws-sdk/client-s3";
import type { UploadLinks } from "#ports/imports.ts";
import { systemClock } from "./clock.ts";
import { S3UploadLinks } from "./upload-links-s3.ts";

/** Links into a bucket, with a client of its own; region and credentials are the environment's. */
export function awsUploadLinks(bucket: string): UploadLinks {
  return new S3UploadLinks(new S3Client({ requestChecksumCalculation: "WHEN_REQUIRED" }), bucket, systemClock);
}
