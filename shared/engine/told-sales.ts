import { formatDecimal } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import { formatInZone } from "#domain/time.ts";
import { MOST_TIME, putTime } from "./columns/clock.ts";
import { type ByteWriter, fragment, MOST_DIGITS, putBytes, putDecimal, putInteger } from "./columns/writer.ts";
import type { Sales } from "./sales.ts";

type MeasureStep = Extract<Step, { step: "measure" }>;
type Told = NonNullable<MeasureStep["contributions"]>;

/** What each sale pays by itself, in minor units; undefined of one that does not. */
export interface Pay {
  readonly digits: number;
  minor(index: number, value: number): number | undefined;
}

/** The sales of a trace: objects are made each time somebody looks, and the hash is taken without them. */
export class ToldSales {
  readonly #sales: Sales;
  readonly #digits: number;
  readonly #zone: string;
  #pay: Pay | undefined;

  /** @param digits of the measure */
  constructor(sales: Sales, digits: number, zone: string, pay?: Pay) {
    this.#sales = sales;
    this.#digits = digits;
    this.#zone = zone;
    this.#pay = pay;
  }

  /** Says beside each sale what it pays. */
  tell(pay: Pay): void {
    this.#pay = pay;
  }

  objects(): Told {
    const sales = this.#sales;
    return Array.from({ length: sales.length }, (_, index) => {
      const pays = this.#payText(index);
      const fact = sales.key(index);
      const occurredAt = formatInZone(sales.occurredAt(index), this.#zone);
      const value = formatDecimal(sales.value(index), this.#digits);
      const version = sales.version(index);
      return pays === undefined ? { fact, occurredAt, value, version } : { fact, occurredAt, pays, value, version };
    });
  }

  /** The canonical JSON of {@link objects}; a test holds the two together. */
  write(writer: ByteWriter): void {
    this.#sales.touchKeys();
    writer.ascii("[");
    for (let index = 0; index < this.#sales.length; index += 1) this.#writeOne(index, writer);
    writer.ascii("]");
  }

  #writeOne(index: number, writer: ByteWriter): void {
    const sales = this.#sales;
    writer.fragment(index === 0 ? FIRST_FACT : FACT);
    sales.writeKey(index, writer);
    writer.reserve(MOST_BEHIND_KEY);
    const { bytes } = writer;
    let at = putBytes(bytes, writer.length, OCCURRED_AT);
    at = putTime(bytes, at, sales.occurredAt(index), this.#zone);
    const value = sales.value(index);
    const pay = this.#pay;
    const minor = pay?.minor(index, value);
    if (pay && minor !== undefined) {
      at = putBytes(bytes, at, PAYS);
      at = putDecimal(bytes, at, minor, pay.digits);
    }
    at = putBytes(bytes, at, VALUE);
    at = putDecimal(bytes, at, value, this.#digits);
    at = putBytes(bytes, at, VERSION);
    at = putInteger(bytes, at, sales.version(index));
    bytes[at] = OBJECT_END;
    writer.length = at + 1;
  }

  #payText(index: number): string | undefined {
    const minor = this.#pay?.minor(index, this.#sales.value(index));
    return this.#pay && minor !== undefined ? formatDecimal(minor, this.#pay.digits) : undefined;
  }
}

/** What stands between the values of a sale. */
const FIRST_FACT = fragment('{"fact":"');
const FACT = fragment(',{"fact":"');
const OCCURRED_AT = fragment('","occurredAt":"');
const PAYS = fragment('","pays":"');
const VALUE = fragment('","value":"');
const VERSION = fragment('","version":');
const OBJECT_END = 0x7d;
/** Room for all that stands behind a sale's key: four names, a time, two decimals of at most fifteen places, an integer. */
const MOST_BEHIND_KEY = 64 + MOST_TIME + 5 * MOST_DIGITS;

const toldOf = new WeakMap<object, ToldSales>();

const TOLD_WHEN_ASKED = {
  enumerable: true,
  configurable: true,
  get(this: object) {
    return toldOf.get(this)?.objects();
  },
};

/** A measure step whose sales are told when somebody looks at them. */
export function stepOfSales(step: MeasureStep, sales: ToldSales): MeasureStep {
  Object.defineProperty(step, "contributions", TOLD_WHEN_ASKED);
  toldOf.set(step, sales);
  return step;
}

/** Says beside each sale of a step what it pays. The step must be the caller's own: it is changed. */
export function tellPay(step: object, pay: Pay): void {
  toldOf.get(step)?.tell(pay);
}

/** The sales of a step that {@link stepOfSales} made. */
export function salesOfStep(step: object): ToldSales | undefined {
  return toldOf.get(step);
}
