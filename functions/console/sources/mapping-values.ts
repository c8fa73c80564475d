import type { Mapping, Vendor } from "./use-source.ts";

/** A mapping as a form has it: lists and tables as lines, which can be pasted from a spreadsheet. */
export interface MappingValues {
  readonly level: Mapping["level"];
  readonly basis: Mapping["basis"];
  readonly sellerPaths: string;
  readonly sellerTable: string;
  readonly sellerOtherwise: string;
  readonly productPaths: string;
  readonly productTable: string;
  readonly productOtherwise: string;
  readonly channelPaths: string;
  readonly channelTable: string;
  readonly channelOtherwise: string;
  readonly attributes: string;
  readonly money: NonNullable<Mapping["money"]>;
  readonly currency: string;
  readonly notificationUrl: string;
  readonly clientId: string;
  readonly fetchSecret: string;
}

export function valuesOf(mapping: Mapping | undefined, level: Mapping["level"], address: string): MappingValues {
  const { seller, product, channel } = mapping ?? {};
  return {
    level: mapping?.level ?? level,
    basis: mapping?.basis ?? "paid",
    sellerPaths: lines(seller?.paths),
    sellerTable: table(seller?.table),
    sellerOtherwise: seller?.otherwise ?? "unattributed",
    productPaths: lines(product?.paths),
    productTable: table(product?.table),
    productOtherwise: product?.otherwise ?? "",
    channelPaths: lines(channel?.paths),
    channelTable: table(channel?.table),
    channelOtherwise: channel?.otherwise ?? "",
    attributes: table(mapping?.attributes),
    money: mapping?.money ?? "shop",
    currency: mapping?.currency ?? "",
    notificationUrl: mapping?.notificationUrl ?? address,
    clientId: mapping?.clientId ?? "",
    fetchSecret: mapping?.fetch?.secretName ?? "",
  };
}

/** The mapping that a form says, with only what its vendor has. */
export function mappingOf(kind: Vendor, values: MappingValues, before: Mapping | undefined): Mapping {
  const sellerPaths = listOf(values.sellerPaths);
  const product = wordOf(values.productPaths, values.productTable, values.productOtherwise);
  const channel = wordOf(values.channelPaths, values.channelTable, values.channelOtherwise);
  const isOf = (...kinds: readonly Vendor[]) => kinds.includes(kind);
  const fetched = { ...before?.fetch, secretName: values.fetchSecret.trim() };
  return {
    level: values.level,
    basis: values.level === "payment" ? "paid" : values.basis,
    seller: {
      ...(sellerPaths.length === 0 ? {} : { paths: sellerPaths }),
      table: tableOf(values.sellerTable),
      otherwise: values.sellerOtherwise.trim() || "unattributed",
    },
    ...(product === undefined ? {} : { product }),
    ...(channel === undefined ? {} : { channel }),
    attributes: tableOf(values.attributes),
    ...(isOf("shopify") ? { money: values.money } : {}),
    ...(isOf("toast", "youzan") && values.currency !== "" ? { currency: values.currency.trim() } : {}),
    ...(isOf("square") ? { notificationUrl: values.notificationUrl.trim() } : {}),
    ...(isOf("youzan") ? { clientId: values.clientId.trim() } : {}),
    ...(isOf("square", "stripe", "youzan") && values.fetchSecret !== "" ? { fetch: fetched } : {}),
  };
}

function wordOf(paths: string, said: string, otherwise: string) {
  if (otherwise.trim() === "") return undefined;
  return { paths: listOf(paths), table: tableOf(said), otherwise: otherwise.trim() };
}

function lines(texts: readonly string[] = []): string {
  return texts.join("\n");
}

function table(entries: Readonly<Record<string, string>> = {}): string {
  return lines(Object.entries(entries).map(([name, value]) => `${name} = ${value}`));
}

function listOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** `123 = a-1`, or two columns as a spreadsheet copies them. */
function tableOf(text: string): Record<string, string> {
  const entries = listOf(text).flatMap((line): [string, string][] => {
    const at = line.slice(1).search(/[=\t，,]/) + 1;
    const value = line
      .slice(at)
      .replace(/^\s*[=\t，,]/, "")
      .trim();
    return at === 0 || value === "" ? [] : [[line.slice(0, at).trim(), value]];
  });
  return Object.fromEntries(entries);
}
