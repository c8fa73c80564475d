import * as z from "zod";
import type { SecretStore } from "#ports/system.ts";

const secretSchema = z.strictObject({ url: z.url(), sign: z.string().min(1).optional() });

export interface RobotSecret {
  readonly url: URL;
  readonly sign: string;
}

export interface RobotHost {
  readonly hosts: readonly string[];
  readonly path: string;
  readonly isSigned: boolean;
}

/**
 * A robot's address and its signing key: the address alone, or `{"url": "…", "sign": "…"}`. Only the vendor's own hosts are ever called,
 * whatever a secret says.
 *
 * @returns a short reason where it cannot be used; it never repeats the secret
 */
export async function robotSecret(
  secrets: SecretStore,
  name: string | undefined,
  { hosts, path, isSigned }: RobotHost,
): Promise<RobotSecret | string> {
  const text = name === undefined ? undefined : await secrets.secret(name);
  if (text === undefined) return "there is no secret of that name";
  const parsed = secretSchema.safeParse(readSecret(text.trim()));
  if (!parsed.success) return "the secret is neither an address nor url and sign";
  const url = new URL(parsed.data.url);
  const isVendors =
    url.protocol === "https:" && hosts.includes(url.host) && url.pathname.startsWith(path) && url.username === "";
  if (!isVendors) return `the secret's address is not one of ${hosts.join(" or ")}${path}`;
  if (isSigned && parsed.data.sign === undefined) return "the secret has no sign: switch signing on in the robot";
  return { url, sign: parsed.data.sign ?? "" };
}

function readSecret(text: string): unknown {
  if (!text.startsWith("{")) return { url: text };
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
