import { describe, expect, it } from "vitest";
import { importReader } from "#adapters/files/import-reader.ts";
import { channelSettingsSchema } from "#contracts/views/channel-views.ts";
import { sourceSchema } from "#domain/campaign.ts";
import { EVENT_TYPES } from "#domain/event.ts";
import { LEVELS as API_LEVELS, SOURCE_KINDS } from "#domain/source.ts";
import {
  KINDS as CHANNEL_KINDS,
  valuesOf as channelValues,
  EVENTS,
  settingsOf,
} from "#functions/console/channels/kinds.ts";
import { LANGUAGES, loadTexts, translator } from "#functions/console/i18n/language.ts";
import { ENGLISH, wordsOf } from "#functions/console/i18n/server/use-server-words.ts";
import * as chinese from "#functions/console/i18n/server/zh.ts";
import { IMPORT_KINDS, isOfSource, templateOf } from "#functions/console/imports/kinds.ts";
import { peekAt } from "#functions/console/imports/peek.ts";
import { noteText, placeOf } from "#functions/console/imports/told.ts";
import { differingFields, flat } from "#functions/console/inbox/fields.ts";
import { factHref, factOfKey, ofConflict, ofRejected } from "#functions/console/inbox/items.ts";
import { isReplayable } from "#functions/console/inbox/replay.ts";
import { reasonText, toldOf } from "#functions/console/inbox/told.ts";
import { mappingOf, valuesOf } from "#functions/console/sources/mapping-values.ts";
import { KINDS, LEVELS, nextSecretName } from "#functions/console/sources/vendors.ts";

await Promise.all(LANGUAGES.map(loadTexts));

const en = translator("en");
const zh = translator("zh");
const CHINESE = wordsOf(chinese);

const FACT = {
  kind: "sale",
  source: "pos",
  externalId: "JX#1/2",
  version: 1,
  status: "active",
  participantId: "a-1",
  occurredAt: "2018-05-01T08:00:00+08:00",
  attributes: { entry: "app" },
  amount: "128.00",
  currency: "CNY",
  quantity: "1",
  product: "LAY",
  channel: "individual",
  recordedAt: "2018-05-01T00:00:01Z",
} as const;

const rejected = (reason: string, mendedAt?: string) =>
  ofRejected({
    source: "pos",
    rowId: "0".repeat(64),
    message: '{"externalId":"JX-1"}',
    reason,
    receivedAt: "2018-05-01T00:00:00Z",
    ...(mendedAt === undefined ? {} : { mendedAt }),
  });

describe("what went wrong with a fact", () => {
  it("is told sentence by sentence, with its field and its values, in the reader's language; what is not known stays", () => {
    const item = rejected(
      "/3/amount use a decimal with at most 2 digits after the point for CNY, within exact integers; /3/colour there is no field colour here",
    );
    expect(toldOf(item, zh, CHINESE).map(({ field, text }) => `${field}: ${text}`)).toEqual([
      "amount: 须为可精确计算的小数，CNY 最多 2 位小数",
      "colour: 这里没有字段 colour",
    ]);
    expect(toldOf(item, en, ENGLISH)[0]?.original).toMatch(/^use a decimal/);
    expect(toldOf(rejected("something that nobody translated"), zh, CHINESE)).toEqual([
      { text: "something that nobody translated" },
    ]);
  });

  it("of a conflict names the fields that differ, and a higher version settles it", () => {
    const fact = { ...FACT, amount: "1.00", attributes: { entry: "web" } };
    const open = ofConflict({ fact, contentHash: "c".repeat(64), stored: FACT, newest: 1 });
    expect(toldOf(open, en, ENGLISH)[0]?.text).toBe(
      "Version 1 was said before, and differently. Different: attributes.entry, amount.",
    );
    expect([open.isDone, isReplayable(open)]).toEqual([false, false]);
    expect(ofConflict({ fact, contentHash: "c".repeat(64), stored: FACT, newest: 2 }).isDone).toBe(true);
  });

  it("can be replayed until it is mended", () => {
    expect([isReplayable(rejected("x")), isReplayable(rejected("x", "2018-05-02T00:00:00Z"))]).toEqual([true, false]);
  });

  it("says why it does not count: a word that is known, or the plan's own rule", () => {
    expect(reasonText("outside-period", String, en)).toBe("It occurred outside the campaign's period.");
    expect(reasonText("two-products", (id) => `<${id}>`, zh)).toBe("方案规则不计：<two-products>。");
  });

  it("compares versions field by field, leaving out what each has of its own", () => {
    const later = {
      ...FACT,
      version: 2,
      recordedAt: "later",
      quantity: "2",
      splits: [{ participantId: "b", part: "1" }],
    };
    expect(differingFields([flat(FACT), flat(later)])).toEqual(["quantity", "splits.0.participantId", "splits.0.part"]);
  });

  it("finds the page of a fact, whatever its id", () => {
    expect(factOfKey("pos#JX#1/2")).toEqual({ source: "pos", externalId: "JX#1/2" });
    expect(factHref("pos", "JX#1/2")).toBe("/facts/pos/JX%231%2F2");
  });
});

describe("templates of files", () => {
  const context = { source: "pos", zone: "Asia/Shanghai", attributes: {} };
  const cases = IMPORT_KINDS.flatMap(([kind]) => [[kind, "en"] as const, [kind, "zh"] as const]);

  it.each(cases)("of %s with headings in %s are read without a finding", async (kind, headings) => {
    const bytes = new Uint8Array(await templateOf(kind, headings).arrayBuffer());
    const file = { name: `${kind}.csv`, bytes };
    const factKinds = { sales: "sale", scores: "score", evidence: "evidence" } as const;
    const own = kind === "sales" || kind === "scores" || kind === "evidence" ? { kind: factKinds[kind] } : {};
    const read = () => {
      if (isOfSource(kind)) return importReader.facts(file, { ...context, ...own });
      if (kind === "people") return importReader.memberships(file);
      return kind === "units" ? importReader.units(file) : importReader.targets(file);
    };
    const { rows, badRows } = await read();
    expect(badRows).toEqual([]);
    expect(rows).toHaveLength(1);
    const seen = await peekAt(new File([bytes], file.name), kind);
    expect(seen?.encoding).toBe("utf-8");
    expect(seen?.columns.filter(({ known }) => !known)).toEqual([]);
  });

  it("are told by their encoding and columns before they are sent", async () => {
    const gbk = new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb, 0x3b, 0x78, 0x0d, 0x0a]); // 姓名;x
    expect(await peekAt(new File([gbk], "p.csv"), "people")).toEqual({
      encoding: "gb18030",
      columns: [
        { heading: "姓名", known: true },
        { heading: "x", known: false },
      ],
    });
    expect(await peekAt(new File([gbk], "p.xlsx"), "people")).toBeUndefined();
    expect(noteText("read as GB18030 with semicolons between the cells", zh, CHINESE)).toBe(
      "按 GB18030 读取，列以 ; 分隔",
    );
    expect(placeOf("people.csv:7:unit")).toEqual({ row: "7", column: "unit" });
  });
});

describe("forms of sources and channels", () => {
  it("know every vendor and level that the API knows", () => {
    expect(KINDS).toEqual([...SOURCE_KINDS]);
    expect(LEVELS).toEqual(API_LEVELS);
  });

  it("give back the mapping that they were given, and take tables as a spreadsheet copies them", () => {
    const mapping = {
      level: "line" as const,
      basis: "goods" as const,
      seller: { paths: ["line/a/*/id", "b"], table: { "gid://x/1": "ann", "2": "bob" }, otherwise: "web" },
      product: { paths: ["line/sku"], table: { A: "a" }, otherwise: "other" },
      attributes: { sku: "line/sku" },
      money: "presentment" as const,
    };
    const values = valuesOf(mapping, "order", "https://x");
    expect(mappingOf("shopify", values, mapping)).toEqual(mapping);
    const pasted = mappingOf("shopify", { ...values, sellerTable: "1\tann\n2, bob\n\nnonsense" }, mapping);
    expect(pasted.seller?.table).toEqual({ "1": "ann", "2": "bob" });
    const source = { source: "shop", name: "Shop", kind: "shopify", secretNames: ["x"], mapping: pasted };
    expect(sourceSchema.safeParse(source).success).toBe(true);
  });

  it("name the next secret, so that the old one stays", () => {
    expect(nextSecretName(["laurel/prod/sources/pos"], "pos")).toBe("laurel/prod/sources/pos-2");
    expect(nextSecretName(["laurel/prod/sources/pos-9"], "pos")).toBe("laurel/prod/sources/pos-10");
    expect(nextSecretName([], "pos")).toBe("laurel/prod/sources/pos-2");
  });

  it.each(CHANNEL_KINDS)("make a channel of kind %s that the API takes", (kind) => {
    const said = {
      ...channelValues(undefined, "zh"),
      name: "Group",
      secretName: "s",
      address: "https://example.com/x",
    };
    const values = {
      ...said,
      recipients: "a@example.com， b@example.com",
      events: EVENTS,
      isQuiet: true,
      quietZone: "UTC",
    };
    const settings = settingsOf(kind, values);
    expect(channelSettingsSchema.safeParse(settings).error?.issues ?? []).toEqual([]);
    expect([...settings.events].sort()).toEqual([...EVENT_TYPES].sort());
  });
});
