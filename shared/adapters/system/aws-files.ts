import { S3Client } from "@aws-sdk/client-s3";
import type { FileStore } from "#ports/system.ts";
import { S3FileStore } from "./files-s3.ts";

/** Files in a bucket, with a client of its own; region and credentials are the environment's. */
export function awsFiles(bucket: string): FileStore {
  return new S3FileStore(new S3Client({}), bucket);
}
