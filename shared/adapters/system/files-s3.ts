import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { FileStore } from "#ports/system.ts";
import { checkFileKey } from "./file-key.ts";

/** Files in a bucket. The role also needs s3:ListBucket: without it S3 says "access denied" of a file that is not there. */
export class S3FileStore implements FileStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(key: string, body: Uint8Array, contentType: string): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({ Bucket: this.#bucket, Key: checkFileKey(key), Body: body, ContentType: contentType }),
    );
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: checkFileKey(key) }));
      return await answer.Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async list(folder: string, { limit, after }: { limit: number; after?: string | undefined }): Promise<string[]> {
    const Prefix = `${checkFileKey(folder)}/`;
    const page = { Prefix, Delimiter: "/", MaxKeys: limit, StartAfter: after };
    const answer = await this.#client.send(new ListObjectsV2Command({ Bucket: this.#bucket, ...page }));
    return (answer.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
  }
}
