import { describe, expect, it } from "vitest";
import * as z from "zod";
import { explainStep } from "#app/statements/explain-step.ts";
import { ATTACHMENT_BYTES_MAX, ATTACHMENT_TYPES, ATTACHMENTS_MAX, attachmentNameSchema } from "#domain/dispute.ts";
import { stepSchema } from "#domain/step.ts";
import { FILE_BYTES_MAX, FILE_TYPES, FILES_MAX, safeName } from "#functions/console/disputes/attach-file.ts";
import { isTextKey, LANGUAGES, LOCALES, loadTexts, translator } from "#functions/console/i18n/language.ts";
import {
  fieldLabel,
  fieldsOf,
  kindOf,
  LISTS,
  listsOf,
  shownValue,
  type TraceWords,
} from "#functions/console/statement/fields.ts";
import { amountText, figure, rate } from "#functions/console/statement/figures.ts";
import { namesOf } from "#functions/console/statement/names.ts";
import { stepTitle } from "#functions/console/statement/trace.ts";
import { BENEFIT_STEPS } from "#test/fixtures/told-steps/benefit-steps.ts";
import { MEASURED_STEPS } from "#test/fixtures/told-steps/measured-steps.ts";
import { PAY_STEPS } from "#test/fixtures/told-steps/pay-steps.ts";
import { PRICED_STEPS } from "#test/fixtures/told-steps/priced-steps.ts";
import { SHARED_STEPS } from "#test/fixtures/told-steps/shared-steps.ts";

await Promise.all(LANGUAGES.map(loadTexts));

/** The console has words for every step that the schema of traces knows, and shows each of its fields as what it is. */

const SAMPLES = [...MEASURED_STEPS, ...PRICED_STEPS, ...SHARED_STEPS, ...PAY_STEPS, ...BENEFIT_STEPS];
const NAMED: Readonly<Record<string, string>> = { ann: "Ann", east: "East" };
const words = (language: (typeof LANGUAGES)[number]): TraceWords => ({
  t: translator(language),
  locale: LOCALES[language],
  currency: "CNY",
  names: namesOf(
    { rewards: {}, measures: {}, subjects: { ...NAMED }, others: {} },
    { reward: (id) => `R-${id}`, measure: (id) => `M-${id}`, label: (id) => `L-${id}` },
  ),
});

describe("every type of step in the console", () => {
  const types = stepSchema.options.map(({ shape }) => shape.step.value);

  it("has a title in both languages, and none falls through to the name in the trace", () => {
    expect(types.length).toBeGreaterThan(50);
    expect(types.filter((type) => !isTextKey(`trace.${type}`))).toEqual([]);
    const told = new Set(SAMPLES.map(([{ step }]) => step));
    expect(types.filter((type) => !told.has(type))).toEqual([]);
  });

  it("has a kind for every field, and a label for every field that is shown", () => {
    const faults = stepSchema.options.flatMap(({ shape }) => {
      const step = shape.step.value;
      return Object.keys(shape).flatMap((field) => {
        const kind = kindOf(step, field);
        if (kind === undefined) return [`${step}.${field} has no kind`];
        if (kind === "told" || kind === "reached") return [];
        if (fieldLabel(step, field, translator("en")) === field) return [`${step}.${field} has no label`];
        return [];
      });
    });
    expect(faults).toEqual([]);
  });

  it("lists what stands behind a number by columns that the schema has, all of which have labels", () => {
    const lists = stepSchema.options.flatMap(({ shape }) =>
      Object.entries(shape).flatMap(([field, schema]) =>
        kindOf(shape.step.value, field) === "list" ? [{ field, fields: fieldsOfItems(schema) }] : [],
      ),
    );
    expect(lists.length).toBeGreaterThan(6);
    for (const { field, fields } of lists) {
      const columns = LISTS[field]?.map(([name]) => name) ?? [];
      expect([field, fields.filter((name) => !columns.includes(name) && name !== "version")]).toEqual([field, []]);
      for (const name of columns) {
        const hasLabel = isTextKey(`field.${field}.${name}`) || isTextKey(`field.${name}`) || name === "outcome";
        expect([field, name, hasLabel]).toEqual([field, name, true]);
      }
    }
  });

  it.each(SAMPLES)("$step is shown without a hole in either language", (step) => {
    for (const language of LANGUAGES) {
      const context = words(language);
      const nameOf = (_kind: string, id: string) => id;
      const { sentence } = explainStep(step, { lang: language, nameOf });
      const { title } = stepTitle(step, context, sentence);
      const fields = fieldsOf(step, context).flatMap(({ label, value }) => [label, value]);
      for (const text of [title, ...fields]) expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}|^\s*$|“/);
      if (language === "zh") expect(title).toMatch(/[\u4e00-\u9fff]/);
      for (const { name, items } of listsOf(step)) {
        for (const item of items) {
          const cells = (LISTS[name] ?? []).map(([field, kind]) => shownValue(Reflect.get(item, field), kind, context));
          expect(cells.join("")).not.toMatch(/undefined|NaN|\[object/);
        }
      }
    }
  });
});

/** Names of the fields of a list's items, through `optional` and what else wraps it. */
function fieldsOfItems(schema: unknown): string[] {
  if (schema instanceof z.ZodOptional) return fieldsOfItems(schema.unwrap());
  if (!(schema instanceof z.ZodArray)) return [];
  return schema.element instanceof z.ZodObject ? Object.keys(schema.element.shape) : [];
}

describe("figures of a trace", () => {
  it("are money with its currency, rates per cent, dates and names", () => {
    const context = words("en");
    expect(shownValue("4320.75", "money", context)).toBe("CN¥4,320.75");
    expect(shownValue("2018-05-02T10:00:00+08:00", "instant", context)).toBe("2 May 2018, 10:00");
    expect(shownValue("ann", "subject", context)).toBe("Ann");
    expect(shownValue(["ann", "east"], "subject", context)).toBe("Ann and East");
    expect(shownValue("premium", "measure", context)).toBe("M-premium");
    expect(shownValue("start", "named", context)).toBe("L-start");
  });

  it("tell rates per cent, however they are written", () => {
    expect(["35%", "0.35", "0.0325", "1", "0.005", "15/32"].map((text) => rate(text, "en-GB"))).toEqual([
      "35%",
      "35%",
      "3.25%",
      "100%",
      "0.5%",
      "15/32 (≈ 46.88%)",
    ]);
  });

  it("lose digits that say nothing, and say about what a fraction is", () => {
    expect(
      ["30.000000", "12.500000", "12.50", "7", "5/13", "8000/1", "1/0"].map((text) => figure(text, "en-GB")),
    ).toEqual(["30", "12.5", "12.50", "7", "5/13 (≈ 0.3846)", "8,000", "1/0"]);
    expect(amountText("1000/3", "CNY", "en-GB")).toBe("1000/3 (≈ 333.3333)");
    expect(amountText("3", "item:rice", "en-GB")).toBe("3");
  });
});

describe("files for a dispute", () => {
  it("are those that the API takes", () => {
    const taken = Object.entries(ATTACHMENT_TYPES).flatMap(([type, { extensions }]) =>
      extensions.map((extension) => [extension, type]),
    );
    expect(Object.entries(FILE_TYPES).sort()).toEqual(taken.sort());
    expect([FILE_BYTES_MAX, FILES_MAX]).toEqual([ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX]);
  });

  it.each([
    "合同（4471）.PDF",
    "../../etc/passwd.txt",
    "IMG_0001.jpeg",
    ".csv",
    "a..b.csv",
    "  spaces  .png",
    `${"x".repeat(200)}.xlsx`,
    "emoji 🎉.jpg",
  ])("%s gets a name that the API takes", (name) => {
    expect(attachmentNameSchema.safeParse(safeName(name)).error).toBeUndefined();
  });
});
