import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { formatInstant } from "#domain/instant.ts";
import type { UploadLink, UploadLinks } from "#ports/imports.ts";
import type { Clock } from "#ports/system.ts";
import { checkFileKey } from "./file-key.ts";

/** Long enough for a slow line, short enough that a link that was found later is of no use. */
export const LINK_SECONDS = 900;

/** One type for every file, whatever it holds: nothing in a browser opens it by itself. */
export const UPLOAD_TYPE = "application/octet-stream";

/**
 * Links that put one file into a bucket. Size and type are part of the signature, so that a link for a small file takes no large one.
 * The client must not compute checksums by itself: of a link it would sign that of an empty body.
 */
export class S3UploadLinks implements UploadLinks {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #clock: Clock;

  /** `clock` is the machine's: what it signs is judged by S3's. */
  constructor(client: S3Client, bucket: string, clock: Clock) {
    this.#client = client;
    this.#bucket = bucket;
    this.#clock = clock;
  }

  async link(key: string, size: number): Promise<UploadLink> {
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: checkFileKey(key),
      ContentLength: size,
      ContentType: UPLOAD_TYPE,
    });
    const now = this.#clock.now();
    const url = await getSignedUrl(this.#client, command, {
      expiresIn: LINK_SECONDS,
      signableHeaders: new Set(["host", "content-length", "content-type"]),
      signingDate: new Date(now),
    });
    return {
      method: "PUT",
      url,
      headers: { "content-type": UPLOAD_TYPE, "content-length": String(size) },
      expiresAt: formatInstant(now + LINK_SECONDS * 1000),
    };
  }
}
