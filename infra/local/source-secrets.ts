import { randomBytes, randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { vendors } from "#adapters/pos/vendors.ts";
import { vendorSource } from "#domain/source.ts";
import type { PlanStore } from "#ports/plan-store.ts";
import type { SecretStore } from "#ports/system.ts";

const PREFIX = "local/sources/";

/** The name of a source's signing secret here: what a source is registered with. */
export function sourceSecretName(source: string): string {
  return `${PREFIX}${source}`;
}

/** Signing secrets of sources, made when first asked for and forgotten with the process. */
export class SourceSecrets implements SecretStore {
  readonly #secrets = new Map<string, string>();

  async secret(name: string): Promise<string | undefined> {
    return name.startsWith(PREFIX) ? this.#secretNamed(name) : undefined;
  }

  /**
   * The headers with which a source delivers `body`. Signed by the standard's own library rather than by ours, so that the
   * two check each other; with the machine's time, because a replay window is about the wire.
   */
  sign(source: string, body: string | Uint8Array, deliveryId = `msg_${randomUUID()}`): Record<string, string> {
    const now = new Date();
    const bytes = typeof body === "string" ? body : Buffer.from(body);
    const signature = new Webhook(this.#secretNamed(sourceSecretName(source))).sign(deliveryId, now, bytes);
    return {
      "content-type": "application/json",
      "webhook-id": deliveryId,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": signature,
    };
  }

  #secretNamed(name: string): string {
    const secret = this.#secrets.get(name) ?? `whsec_${randomBytes(24).toString("base64")}`;
    this.#secrets.set(name, secret);
    return secret;
  }
}

/** The headers with which a registered source delivers `body`: a vendor's as the vendor signs, any other's by the standard. */
export async function signAs(
  plans: Pick<PlanStore, "source">,
  secrets: SourceSecrets,
  { source, body, event }: { readonly source: string; readonly body: Uint8Array; readonly event: string },
): Promise<Record<string, string>> {
  const registered = await plans.source(source);
  const vendor = registered && vendorSource(registered);
  if (!vendor) return secrets.sign(source, body);
  const secret = await secrets.secret(vendor.secretNames[0] ?? sourceSecretName(source));
  const adapter = await vendors(vendor.kind);
  return adapter.sign(body, vendor, secret ?? "", Date.now(), event);
}
