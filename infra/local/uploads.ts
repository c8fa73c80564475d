import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { LINK_SECONDS, UPLOAD_TYPE } from "#adapters/system/upload-links-s3.ts";
import { formatInstant } from "#domain/instant.ts";
import { bodyBytes } from "#functions/_kit/body-bytes.ts";
import type { UploadLink, UploadLinks } from "#ports/imports.ts";
import type { Clock, FileStore } from "#ports/system.ts";
import type { HttpRoute } from "./http-server.ts";

/** Stands in for S3's presigned links: an address of this machine with key, size and end signed. A file may have 10 MB here. */
export class LocalUploads implements UploadLinks {
  readonly #secret = randomBytes(32);
  readonly #files: FileStore;
  readonly #clock: Clock;
  #url = "";

  /** `clock` is the machine's, as S3's is. */
  constructor(files: FileStore, clock: Clock) {
    this.#files = files;
    this.#clock = clock;
  }

  servedAt(url: string): void {
    this.#url = url;
  }

  async link(key: string, size: number): Promise<UploadLink> {
    const ends = this.#clock.now() + LINK_SECONDS * 1000;
    const query = new URLSearchParams({
      key,
      size: String(size),
      ends: String(ends),
      signature: this.#sign(key, size, ends),
    });
    return {
      method: "PUT",
      url: `${this.#url}/local/uploads?${query}`,
      headers: { "content-type": UPLOAD_TYPE, "content-length": String(size) },
      expiresAt: formatInstant(ends),
    };
  }

  route(): HttpRoute {
    return { method: "PUT", path: "/local/uploads", functionName: "local", handler: (event) => this.#take(event) };
  }

  async #take(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
    const { key = "", size = "", ends = "", signature = "" } = { ...event.queryStringParameters };
    const expected = Buffer.from(this.#sign(key, Number(size), Number(ends)));
    const given = Buffer.from(signature);
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isOurs || this.#clock.now() > Number(ends)) return { statusCode: 403 };
    const bytes = bodyBytes(event);
    if (bytes.length !== Number(size) || event.headers["content-type"] !== UPLOAD_TYPE) return { statusCode: 403 };
    await this.#files.put(key, bytes, UPLOAD_TYPE);
    return { statusCode: 200 };
  }

  #sign(key: string, size: number, ends: number): string {
    return createHmac("sha256", this.#secret)
      .update(JSON.stringify([key, size, ends]))
      .digest("base64url");
  }
}
