import { bytes, floats, integers } from "./grow.ts";
import { FactKeys } from "./keys.ts";
import { Names } from "./names.ts";

/** Bytes of a content hash. */
export const CONTENT_BYTES = 32;

/** No text: a credit that no `distinct` measure looks at. */
export const NO_TEXTS = 0xffffffff;

/**
 * The newest version of each fact in columns: fact `n` is at place `n` of each. Texts that many facts share are numbers of lists.
 * The credits of a fact stand together, from `firstCredit` on. Those of a version that was superseded stay behind, unused.
 */
export class FactTable {
  keys: FactKeys = new FactKeys();
  /** People and units. */
  names: Names = new Names();
  /** What else a fact means, in JSON: outcome, reason, answers. */
  meanings: Names = new Names();
  /** What `distinct` measures tell apart, in JSON. */
  texts: Names = new Names();

  versions: Float64Array = new Float64Array(0);
  occurredAt: Float64Array = new Float64Array(0);
  /** When it was cancelled; 0 of a fact that stands. */
  undoneAt: Float64Array = new Float64Array(0);
  contents: Uint8Array = new Uint8Array(0);
  participants: Uint32Array = new Uint32Array(0);
  meaningOf: Uint32Array = new Uint32Array(0);
  firstCredit: Uint32Array = new Uint32Array(0);
  creditCount: Uint8Array = new Uint8Array(0);

  credits = 0;
  creditedTo: Uint32Array = new Uint32Array(0);
  leafOf: Uint32Array = new Uint32Array(0);
  rollsUp: Uint8Array = new Uint8Array(0);
  textsOf: Uint32Array = new Uint32Array(0);
  /** By credit, then by measure; not a number where it is none of the measure's. */
  values: Float64Array = new Float64Array(0);
  /** Measures of the plan; undefined before the first credit. */
  width: number | undefined;

  get size(): number {
    return this.keys.size;
  }

  clone(): FactTable {
    const [size, credits] = [this.size, this.credits];
    const copy = new FactTable();
    copy.keys = this.keys.clone();
    copy.names = new Names(this.names.texts);
    copy.meanings = new Names(this.meanings.texts);
    copy.texts = new Names(this.texts.texts);
    copy.versions = this.versions.slice(0, size);
    copy.occurredAt = this.occurredAt.slice(0, size);
    copy.undoneAt = this.undoneAt.slice(0, size);
    copy.contents = this.contents.slice(0, size * CONTENT_BYTES);
    copy.participants = this.participants.slice(0, size);
    copy.meaningOf = this.meaningOf.slice(0, size);
    copy.firstCredit = this.firstCredit.slice(0, size);
    copy.creditCount = this.creditCount.slice(0, size);
    copy.credits = credits;
    copy.creditedTo = this.creditedTo.slice(0, credits);
    copy.leafOf = this.leafOf.slice(0, credits);
    copy.rollsUp = this.rollsUp.slice(0, credits);
    copy.textsOf = this.textsOf.slice(0, credits);
    copy.values = this.values.slice(0, credits * (this.width ?? 0));
    copy.width = this.width;
    return copy;
  }

  /** Room for so many facts more. */
  reserve(more = 1): void {
    const size = this.size + more;
    if (size <= this.creditCount.length) return;
    if (more > 1) this.keys.reserve(more);
    this.creditCount = bytes(this.creditCount, size);
    const room = this.creditCount.length;
    this.versions = floats(this.versions, room);
    this.occurredAt = floats(this.occurredAt, room);
    this.undoneAt = floats(this.undoneAt, room);
    this.contents = bytes(this.contents, room * CONTENT_BYTES);
    this.participants = integers(this.participants, room);
    this.meaningOf = integers(this.meaningOf, room);
    this.firstCredit = integers(this.firstCredit, room);
  }

  /** Says of a fact what its version means; its credits follow by {@link credit}. */
  put(fact: number, version: number, participant: number, occurredAt: number, undoneAt: number, meaning: number): void {
    this.versions[fact] = version;
    this.participants[fact] = participant;
    this.occurredAt[fact] = occurredAt;
    this.undoneAt[fact] = undoneAt;
    this.meaningOf[fact] = meaning;
    this.firstCredit[fact] = this.credits;
    this.creditCount[fact] = 0;
  }

  /** One more credit of the fact that was put last. Its values are set by the caller, at the place that is answered. */
  credit(fact: number, participant: number, leaf: number, rollsUp: boolean, texts: number, width: number): number {
    this.width ??= width;
    if (this.width !== width) throw new RangeError(`credits of ${this.width} measures and of ${width}`);
    const credit = this.credits;
    this.credits += 1;
    if (this.credits > this.rollsUp.length) {
      // Most facts have one credit or none.
      this.rollsUp = bytes(this.rollsUp, Math.max(this.credits, this.creditCount.length));
      const room = this.rollsUp.length;
      this.creditedTo = integers(this.creditedTo, room);
      this.leafOf = integers(this.leafOf, room);
      this.textsOf = integers(this.textsOf, room);
      this.values = floats(this.values, room * width);
    }
    this.creditedTo[credit] = participant;
    this.leafOf[credit] = leaf;
    this.rollsUp[credit] = rollsUp ? 1 : 0;
    this.textsOf[credit] = texts;
    this.creditCount[fact] = (this.creditCount[fact] ?? 0) + 1;
    return credit * width;
  }

  /** The content hash in hex. */
  contentOf(fact: number): string {
    return Buffer.from(this.contents.buffer, this.contents.byteOffset + fact * CONTENT_BYTES, CONTENT_BYTES).toString(
      "hex",
    );
  }

  /** Below 0 where the content of a fact is smaller than one at another place: bytes order like their hex. */
  compareContent(fact: number, other: Uint8Array, place: number): number {
    const [own, theirs] = [fact * CONTENT_BYTES, place * CONTENT_BYTES];
    for (let at = 0; at < CONTENT_BYTES; at += 1) {
      const difference = (this.contents[own + at] ?? 0) - (other[theirs + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
