import { createHash } from "node:crypto";
import * as z from "zod";
import { type FactId, factKey } from "#domain/ids.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { type Line, lineId, type NotAwarded, type Payee } from "#domain/line.ts";
import { overlapping, type Part, partIndex } from "#domain/part.ts";
import { Refusal } from "#domain/problem.ts";
import type { LateChange, Place } from "#domain/progress.ts";
import type { LimitRef, ReservationKey } from "#domain/reservation.ts";
import type { Posting } from "#domain/run.ts";
import { type TargetPlace, targetKey } from "#domain/target.ts";
import type { CallKey } from "#ports/answer-store.ts";
import type { BesideKind, LinesOf } from "#ports/ledger-store.ts";
import {
  CREDIT_SORT_PREFIX,
  DAY_PARTITION_PREFIX,
  DELIVERY_PARTITION_PREFIX,
  DUE_PARTITION_PREFIX,
  FACT_PARTITION_PREFIX,
  LEVEL_PARTITION_PREFIX,
  OUTBOX_PARTITION_PREFIX,
} from "./table.ts";

/**
 * Every key of every item, built and read here and nowhere else. Parts are joined by `#`, which no part may contain, so
 * that no two things share a key. Sort keys order by UTF-8 bytes, that is by Unicode code point.
 */
export interface Key {
  readonly PK: string;
  readonly SK: string;
}

/** The items of one partition whose sort key begins with `prefix`. */
export interface Range {
  readonly partition: string;
  readonly prefix: string;
}

/** DynamoDB's limit for a sort key. */
const SORT_KEY_MAX_BYTES = 1024;
/** Over how many partitions people, and facts on hold, are spread: a full import is not held back by one of them. */
const BUCKETS = 16;

const key = (PK: string, SK: string): Key => ({ PK, SK });
const range = (partition: string, prefix: string): Range => ({ partition, prefix });

/** An id as a part of a key. Lone surrogates are refused too: all of them would be written as the same replacement character. */
function part(id: string): string {
  if (!id.includes("#") && id.isWellFormed()) return id;
  throw new Refusal("invalid", "an id cannot be a key", [
    {
      code: "id-characters",
      path: "",
      message: "ids cannot contain # or broken Unicode",
      seen: id,
      allowed: "printable characters without #",
    },
  ]);
}

/** Numbers are padded to the digits of the largest safe integer, so that text order is number order. */
function padded(number: number): string {
  return String(number).padStart(16, "0");
}

/** An ISO 8601 instant as UTC milliseconds, so that text order is time order whatever offset it was written with. */
function instant(text: string): string {
  const milliseconds = parseInstant(text);
  if (milliseconds === undefined) throw new TypeError(`${text} is not an instant`);
  return formatInstant(milliseconds);
}

function factPart(fact: string): string {
  return fact.split("#").map(part).join("#");
}

function idOf(fact: FactId): string {
  return `${part(fact.source)}#${part(fact.externalId)}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function bucketOf(id: string): string {
  return String(Number.parseInt(sha256(id).slice(0, 4), 16) % BUCKETS);
}

function allBuckets(partition: string, prefix: string): Range[] {
  return Array.from({ length: BUCKETS }, (_, bucket) => range(`${partition}#${bucket}`, prefix));
}

/** Bodies too large for one item, in parts, by the hash of their bytes. In any table. */
export const blobKeys = {
  part: (hash: string, index: number) => key(`blob#${hash}`, `part#${padded(index)}`),
  parts: (hash: string) => range(`blob#${hash}`, "part#"),
};

export const factKeys = {
  version: (id: FactId, version: number) => key(`${FACT_PARTITION_PREFIX}${idOf(id)}`, `v#${padded(version)}`),
  versions: (id: FactId) => range(`${FACT_PARTITION_PREFIX}${idOf(id)}`, "v#"),
  conflict: (id: FactId, version: number, contentHash: string) =>
    key(`conflict#${part(id.source)}`, `fact#${part(id.externalId)}#v#${padded(version)}#${contentHash}`),
  conflicts: (source: string) => range(`conflict#${part(source)}`, "fact#"),
  /** A delivery id is whatever a sender chose, of any length and with any character: its hash stands in. */
  unreadable: (source: string, deliveryId: string) =>
    key(`unreadable#${part(source)}`, `delivery#${sha256(JSON.stringify(deliveryId))}`),
  rejected: (source: string, rowId: string) => key(`rejected#${part(source)}`, `row#${part(rowId)}`),
  allRejected: (source: string) => range(`rejected#${part(source)}`, "row#"),
  unreadables: (source: string) => range(`unreadable#${part(source)}`, "delivery#"),
};

const placePartition = (campaign: string, { leaf, shard }: Place) =>
  `camp#${part(campaign)}#unit#${part(leaf)}#${shard}`;

const creditPrefix = (participantId: string) => `${CREDIT_SORT_PREFIX}${part(participantId)}#fact#`;

export const derivedKeys = {
  /** Two ids of 128 four-byte characters do not fit a sort key together; then the fact's hash stands in (`~` begins no source). */
  credit(campaign: string, place: Place, participantId: string, fact: string) {
    const prefix = creditPrefix(participantId);
    const sortKey = prefix + factPart(fact);
    const fits = Buffer.byteLength(sortKey) <= SORT_KEY_MAX_BYTES;
    return key(placePartition(campaign, place), fits ? sortKey : `${prefix}~${sha256(fact)}`);
  },
  credits: (campaign: string, place: Place) => range(placePartition(campaign, place), CREDIT_SORT_PREFIX),
  participantCredits: (campaign: string, place: Place, participantId: string) =>
    range(placePartition(campaign, place), creditPrefix(participantId)),
  progress: (campaign: string, place: Place, participantId: string) =>
    key(placePartition(campaign, place), `progress#${part(participantId)}`),
  progresses: (campaign: string, place: Place) => range(placePartition(campaign, place), "progress#"),
  total: (campaign: string, { leaf, shard }: Place) =>
    key(`camp#${part(campaign)}#totals`, `unit#${part(leaf)}#${shard}`),
  totals: (campaign: string) => range(`camp#${part(campaign)}#totals`, "unit#"),
  placeBoards: (campaign: string, { leaf, shard }: Place) =>
    key(`camp#${part(campaign)}#boards`, `unit#${part(leaf)}#${shard}`),
  allPlaceBoards: (campaign: string) => range(`camp#${part(campaign)}#boards`, "unit#"),
  reach: (campaign: string, unit: string) => key(`camp#${part(campaign)}#reaches`, `unit#${part(unit)}`),
  reaches: (campaign: string) => range(`camp#${part(campaign)}#reaches`, "unit#"),
  rebuild: (campaign: string) => key(`camp#${part(campaign)}#rebuild`, "job"),
  rebuildPart: (campaign: string, name: string) => key(`camp#${part(campaign)}#rebuild`, `part#${part(name)}`),
  rebuildParts: (campaign: string) => range(`camp#${part(campaign)}#rebuild`, "part#"),
  held: (id: FactId) => key(`held#${bucketOf(factKey(id))}`, `fact#${idOf(id)}`),
  allHeld: () => allBuckets("held", "fact#"),
  /** In order of the instant at which they became known: what came after a cut-off is found without reading what came before. */
  lateChange: (campaign: string, { fact, version, recordedAt }: Omit<LateChange, "campaign">) =>
    key(`camp#${part(campaign)}#late`, `at#${instant(recordedAt)}#fact#${sha256(fact)}#v#${padded(version)}`),
  lateChanges: (campaign: string) => range(`camp#${part(campaign)}#late`, "at#"),
  /** Sort keys of late changes that became known after an instant follow this one. */
  lateAfter: (milliseconds: number) => `at#${formatInstant(milliseconds)}#~`,
};

/** In the derived table; roles name the first part of these partitions: infra/lib/access.ts. Days are in order of time. */
export const dayKeys = {
  kept: (campaign: string) => key(`${DAY_PARTITION_PREFIX}${part(campaign)}`, "kept"),
  board: (campaign: string, reward: string) => key(`${DAY_PARTITION_PREFIX}${part(campaign)}`, `board#${part(reward)}`),
  boards: (campaign: string) => range(`${DAY_PARTITION_PREFIX}${part(campaign)}`, "board#"),
  unitDay: (campaign: string, unit: string, day: string) =>
    key(`${DAY_PARTITION_PREFIX}${part(campaign)}#unit#${part(unit)}`, `day#${part(day)}`),
  unitDays: (campaign: string, unit: string) =>
    range(`${DAY_PARTITION_PREFIX}${part(campaign)}#unit#${part(unit)}`, "day#"),
};

/** Ids that a vendor gave may have any character: their hashes stand in. */
export const orderLineKeys = {
  line: (source: string, order: string, externalId: string) =>
    key(`order#${part(source)}#${sha256(order)}`, `line#${sha256(externalId)}`),
  lines: (source: string, order: string) => range(`order#${part(source)}#${sha256(order)}`, "line#"),
};

/** In the derived table; roles name the first part of this partition: infra/lib/access.ts. Minutes are in order of time. */
export const deliveryKeys = {
  minute: (source: string, minute: string, instance: string) =>
    key(`${DELIVERY_PARTITION_PREFIX}${part(source)}`, `at#${instant(minute)}#${part(instance)}`),
  minutes: (source: string) => range(`${DELIVERY_PARTITION_PREFIX}${part(source)}`, "at#"),
};

/** Who calls, and the key they give a call, may be any text: both are hashed. */
export const answerKeys = {
  call: ({ caller, operation, key: given }: CallKey) =>
    key(`answers#${sha256(caller)}`, `${part(operation)}#${sha256(given)}`),
};

export const planKeys = {
  campaign: (id: string) => key("campaigns", `campaign#${part(id)}`),
  campaigns: () => range("campaigns", "campaign#"),
  version: (campaign: string, version: number) => key(`versions#${part(campaign)}`, `v#${padded(version)}`),
  versions: (campaign: string) => range(`versions#${part(campaign)}`, "v#"),
  /** Apart from the campaigns and versions, whose listings would read them each time. */
  draftText: (campaign: string) => key(`texts#${part(campaign)}`, "draft"),
  versionText: (campaign: string, version: number) => key(`texts#${part(campaign)}`, `v#${padded(version)}`),
  unit: (unit: string) => key("units", `unit#${part(unit)}`),
  units: () => range("units", "unit#"),
  person: (participantId: string) => key(`people#${bucketOf(participantId)}`, `person#${part(participantId)}`),
  allPeople: () => allBuckets("people", "person#"),
  directoryRevision: () => key("directory", "revision"),
  /** The slice comes last and may contain anything. */
  target: (campaign: string, target: TargetPlace) => key(`targets#${part(campaign)}`, `target#${targetKey(target)}`),
  targets: (campaign: string) => range(`targets#${part(campaign)}`, "target#"),
  targetsRevision: (campaign: string) => key(`targets#${part(campaign)}`, "revision"),
  /** In order of epochs; those of one are told apart by their content. */
  affected: (campaign: string, epoch: number, content: string) =>
    key(`affected#${part(campaign)}`, `epoch#${padded(epoch)}#${sha256(content)}`),
  allAffected: (campaign: string) => range(`affected#${part(campaign)}`, "epoch#"),
  source: (source: string) => key("sources", `source#${part(source)}`),
  sources: () => range("sources", "source#"),
  /** By what it is about: a campaign, or the directory. */
  approval: (scope: string, id: string) => key(`approvals#${part(scope)}`, `approval#${part(id)}`),
  approvals: (scope: string) => range(`approvals#${part(scope)}`, "approval#"),
  layout: (id: string) => key("layouts", `layout#${part(id)}`),
  layouts: () => range("layouts", "layout#"),
  account: (subject: string) => key("accounts", `account#${part(subject)}`),
  accounts: () => range("accounts", "account#"),
};

/** In the plans table; roles name the first parts of these partitions: infra/lib/access.ts. An event's id may be long: its hash stands in. */
export const outboxKeys = {
  channel: (channel: string) => key("channels", `channel#${part(channel)}`),
  channels: () => range("channels", "channel#"),
  event: (scope: string, id: string) => key(`${OUTBOX_PARTITION_PREFIX}events#${part(scope)}`, `event#${sha256(id)}`),
  events: (scope: string) => range(`${OUTBOX_PARTITION_PREFIX}events#${part(scope)}`, "event#"),
  outgoing: (channel: string, id: string) =>
    key(`${OUTBOX_PARTITION_PREFIX}messages#${part(channel)}`, `message#${part(id)}`),
  allOutgoing: (channel: string) => range(`${OUTBOX_PARTITION_PREFIX}messages#${part(channel)}`, "message#"),
  /** Of messages that wait, in order of when they are due. */
  due: ({ channel, id, nextAt }: { readonly channel: string; readonly id: string; readonly nextAt: string }) =>
    key(`${OUTBOX_PARTITION_PREFIX}due#${part(channel)}`, `at#${instant(nextAt)}#${part(id)}`),
  allDue: (channel: string) => range(`${OUTBOX_PARTITION_PREFIX}due#${part(channel)}`, "at#"),
};

/** Beside the ledger's own items: nothing that may write there may delete or update them. */
export const auditKeys = {
  entry: (chain: string, seq: number) => key(`audit#${part(chain)}`, `seq#${padded(seq)}`),
  entries: (chain: string) => range(`audit#${part(chain)}`, "seq#"),
  chain: (chain: string) => key("audits", `chain#${part(chain)}`),
  chains: () => range("audits", "chain#"),
};

/** Beside the ledger's own items. */
export const disputeKeys = {
  dispute: (campaign: string, id: string) => key(`disputes#${part(campaign)}`, `dispute#${part(id)}`),
  disputes: (campaign: string) => range(`disputes#${part(campaign)}`, "dispute#"),
};

const payeePart = ({ kind, id }: Payee) => `${kind}#${part(id)}`;

/** Over how many partitions a campaign's postings and payouts are spread. They outlive runs, so the number is one for ever. */
const ENTRY_SHARDS = 16;

/** A run's lines lie in as many partitions as it recorded; those of a run that recorded none in one. */
function linesPartition({ runId, lineShards = 1 }: LinesOf, shard: number): string {
  return lineShards === 1 ? `lines#${part(runId)}` : `lines#${part(runId)}#${shard}`;
}

const lineKey = (run: LinesOf, payee: Payee, sortKey: string) =>
  key(linesPartition(run, partIndex(payee, run.lineShards ?? 1)), sortKey);

const lineRanges = (run: LinesOf, only: Part, prefix: string) =>
  overlapping(only, run.lineShards ?? 1).map((shard) => range(linesPartition(run, shard), prefix));

const entryPartition = (kind: "postings" | "payouts", campaign: string, shard: number) =>
  `${kind}#${part(campaign)}#${shard}`;

const entryRanges = (kind: "postings" | "payouts", campaign: string, only: Part, prefix: string) =>
  overlapping(only, ENTRY_SHARDS).map((shard) => range(entryPartition(kind, campaign, shard), prefix));

export const ledgerKeys = {
  run: (campaign: string, runId: string) => key(`runs#${part(campaign)}`, `run#${part(runId)}`),
  runs: (campaign: string) => range(`runs#${part(campaign)}`, "run#"),
  /** Of all campaigns in one partition, written once a run: a page of campaigns is one query. */
  outcome: (campaign: string) => key("outcomes", `campaign#${part(campaign)}`),
  line: (run: LinesOf, { lineId, payee }: Pick<Line, "lineId" | "payee">) =>
    lineKey(run, payee, `line#${part(lineId)}`),
  lines: (run: LinesOf, only: Part) => lineRanges(run, only, "line#"),
  /** Ids of the payee's lines begin so, and those of others whose id begins with this one's. */
  payeeLines: (run: LinesOf, payee: Payee, reward: string) =>
    range(linesPartition(run, partIndex(payee, run.lineShards ?? 1)), `line#${part(lineId(reward, payee))}`),
  /** Slice and part are told apart by name: a slice `first` and a part `first` are two entries. */
  notAwarded(run: LinesOf, { reward, subject, slice, part: instalment }: Omit<NotAwarded, "trace">) {
    const ofSlice = slice === undefined ? "" : `#slice#${part(slice)}`;
    const ofPart = instalment === undefined ? "" : `#part#${part(instalment)}`;
    return lineKey(run, subject, `none#${part(reward)}#${payeePart(subject)}${ofSlice}${ofPart}`);
  },
  allNotAwarded: (run: LinesOf, only: Part) => lineRanges(run, only, "none#"),
  beside: (run: LinesOf, kind: BesideKind, { lineId, payee }: Pick<Line, "lineId" | "payee">) =>
    lineKey(run, payee, `${kind}#${part(lineId)}`),
  allBeside: (run: LinesOf, kind: BesideKind, only: Part) => lineRanges(run, only, `${kind}#`),
  head: (campaign: string) => key(`head#${part(campaign)}`, "head"),
  posting: (campaign: string, { lineId, payee, seq }: Pick<Posting, "lineId" | "payee" | "seq">) =>
    key(entryPartition("postings", campaign, partIndex(payee, ENTRY_SHARDS)), `line#${part(lineId)}#${padded(seq)}`),
  linePostings: (campaign: string, { lineId, payee }: Pick<Posting, "lineId" | "payee">) =>
    range(entryPartition("postings", campaign, partIndex(payee, ENTRY_SHARDS)), `line#${part(lineId)}#`),
  postings: (campaign: string, only: Part) => entryRanges("postings", campaign, only, "line#"),
  payout: (campaign: string, payee: Payee, seq: number) =>
    key(
      entryPartition("payouts", campaign, partIndex(payee, ENTRY_SHARDS)),
      `payout#${payeePart(payee)}#${padded(seq)}`,
    ),
  payouts: (campaign: string, only: Part) => entryRanges("payouts", campaign, only, "payout#"),
  statement: (campaign: string, payee: Payee, asOf: string, runId: string) =>
    key(`statements#${part(campaign)}#${payeePart(payee)}`, `asOf#${instant(asOf)}#run#${part(runId)}`),
  statements: (campaign: string, payee: Payee) => range(`statements#${part(campaign)}#${payeePart(payee)}`, "asOf#"),
};

const limitPart = ({ kind, id }: LimitRef) => `${kind}#${part(id)}`;

/** Beside the ledger's own items. Roles name the first parts of these partitions: infra/lib/access.ts. */
export const reservationKeys = {
  level: (campaign: string, limit: LimitRef) =>
    key(`${LEVEL_PARTITION_PREFIX}${part(campaign)}`, `limit#${limitPart(limit)}`),
  levels: (campaign: string) => range(`${LEVEL_PARTITION_PREFIX}${part(campaign)}`, "limit#"),
  reservation: ({ campaign, limit, reservationId }: ReservationKey) =>
    key(`reservations#${part(campaign)}#${limitPart(limit)}`, `reservation#${part(reservationId)}`),
  reservations: (campaign: string, limit: LimitRef) =>
    range(`reservations#${part(campaign)}#${limitPart(limit)}`, "reservation#"),
  /** Open reservations only, in the order in which they expire. */
  due: ({ campaign, limit, reservationId, expiresAt }: ReservationKey & { readonly expiresAt: string }) =>
    key(
      `${DUE_PARTITION_PREFIX}${part(campaign)}`,
      `at#${instant(expiresAt)}#${limitPart(limit)}#${part(reservationId)}`,
    ),
  allDue: (campaign: string) => range(`${DUE_PARTITION_PREFIX}${part(campaign)}`, "at#"),
};

const streamKeysSchema = z.object({ PK: z.object({ S: z.string() }), SK: z.object({ S: z.string() }) });

/** `dynamodb.Keys` of a stream record of `facts` → the fact whose versions changed; undefined for any other item. */
export function factOfStreamKeys(keys: unknown): FactId | undefined {
  const parsed = streamKeysSchema.safeParse(keys);
  const [table, source, externalId, ...rest] = parsed.data?.PK.S.split("#") ?? [];
  if (!`${table}#`.startsWith(FACT_PARTITION_PREFIX) || rest.length > 0) return undefined;
  return source && externalId ? { source, externalId } : undefined;
}

export interface CreditSubject {
  readonly campaign: string;
  readonly place: Place;
  readonly participantId: string;
}

/** `dynamodb.Keys` of a stream record of `derived` → whose credits changed where; undefined for any item that is no credit. */
export function creditOfStreamKeys(keys: unknown): CreditSubject | undefined {
  const parsed = streamKeysSchema.safeParse(keys).data;
  if (!parsed?.SK.S.startsWith(CREDIT_SORT_PREFIX)) return undefined;
  const [camp, campaign, unit, leaf, shard, ...rest] = parsed.PK.S.split("#");
  const [, participantId] = parsed.SK.S.split("#");
  if (camp !== "camp" || unit !== "unit" || rest.length > 0) return undefined;
  if (!campaign || !leaf || !participantId || !/^\d+$/.test(shard ?? "")) return undefined;
  return { campaign, place: { leaf, shard: Number(shard) }, participantId };
}
