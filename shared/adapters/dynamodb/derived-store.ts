import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type DayBoard, dayBoardSchema, type UnitDay, unitDaySchema } from "#domain/day.ts";
import type { FactId } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import {
  type Credit,
  creditSchema,
  type HeldFact,
  heldFactSchema,
  type LateChange,
  lateChangeSchema,
  type ParticipantProgress,
  type Place,
  type PlaceBoards,
  type PlaceTotal,
  participantProgressSchema,
  placeBoardsSchema,
  placeTotalSchema,
  type UnitReach,
  unitReachSchema,
} from "#domain/progress.ts";
import { type RebuildJob, type RebuildPart, rebuildJobSchema, rebuildPartSchema } from "#domain/rebuild.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { type Condition, follows, ItemTable, parseItem } from "./item-table.ts";
import { dayKeys, derivedKeys } from "./keys.ts";
import { pack, unpack } from "./packing.ts";

const keptDaySchema = z.strictObject({ day: z.string() });

export class DynamoDerivedStore implements DerivedStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async setCredit(credit: Credit): Promise<boolean> {
    const { campaign, place, participantId, fact } = credit;
    return this.#putIf(derivedKeys.credit(campaign, place, participantId, fact), credit, {
      expression: "attribute_not_exists(PK) OR #epoch < :epoch OR (#epoch = :epoch AND #version < :version)",
      names: { "#epoch": "epoch", "#version": "version" },
      values: { ":epoch": credit.epoch, ":version": credit.version },
    });
  }

  async credit(campaign: string, place: Place, participantId: string, fact: string): Promise<Credit | undefined> {
    const item = await this.#table.get(derivedKeys.credit(campaign, place, participantId, fact));
    return item && parseItem(creditSchema, item);
  }

  async participantCredits(campaign: string, place: Place, participantId: string): Promise<Credit[]> {
    const items = await this.#table.all(derivedKeys.participantCredits(campaign, place, participantId));
    return items.map((item) => parseItem(creditSchema, item));
  }

  async placeCredits(campaign: string, place: Place): Promise<Credit[]> {
    const items = await this.#table.all(derivedKeys.credits(campaign, place));
    return items.map((item) => parseItem(creditSchema, item));
  }

  async progress(campaign: string, place: Place, participantId: string): Promise<ParticipantProgress | undefined> {
    const item = await this.#table.get(derivedKeys.progress(campaign, place, participantId));
    return item && parseItem(participantProgressSchema, item);
  }

  async setProgress(progress: ParticipantProgress): Promise<boolean> {
    const { campaign, place, participantId, seq } = progress;
    return this.#putIf(derivedKeys.progress(campaign, place, participantId), progress, follows("seq", seq));
  }

  async placeProgress(campaign: string, place: Place): Promise<ParticipantProgress[]> {
    const items = await this.#table.all(derivedKeys.progresses(campaign, place));
    return items.map((item) => parseItem(participantProgressSchema, item));
  }

  async total(campaign: string, place: Place): Promise<PlaceTotal | undefined> {
    const item = await this.#table.get(derivedKeys.total(campaign, place));
    return item && parseItem(placeTotalSchema, item);
  }

  async setTotal(total: PlaceTotal): Promise<boolean> {
    return this.#putIf(derivedKeys.total(total.campaign, total.place), total, follows("seq", total.seq));
  }

  async totals(campaign: string): Promise<PlaceTotal[]> {
    return (await this.#table.all(derivedKeys.totals(campaign))).map((item) => parseItem(placeTotalSchema, item));
  }

  async placeBoards(campaign: string, place: Place): Promise<PlaceBoards | undefined> {
    const item = await this.#table.get(derivedKeys.placeBoards(campaign, place));
    return item && parseItem(placeBoardsSchema, await unpack(this.#table, item));
  }

  async setPlaceBoards({ campaign, place, seq, boards }: PlaceBoards): Promise<boolean> {
    const fields = { campaign, place, seq, ...(await pack(this.#table, { boards })) };
    return this.#putIf(derivedKeys.placeBoards(campaign, place), fields, follows("seq", seq));
  }

  async allPlaceBoards(campaign: string): Promise<PlaceBoards[]> {
    const items = await this.#table.all(derivedKeys.allPlaceBoards(campaign));
    return Promise.all(items.map(async (item) => parseItem(placeBoardsSchema, await unpack(this.#table, item))));
  }

  async reach(campaign: string, unit: string): Promise<UnitReach | undefined> {
    const item = await this.#table.get(derivedKeys.reach(campaign, unit));
    return item && parseItem(unitReachSchema, item);
  }

  async setReach(reach: UnitReach): Promise<boolean> {
    return this.#putIf(derivedKeys.reach(reach.campaign, reach.unit), reach, follows("seq", reach.seq));
  }

  async reaches(campaign: string): Promise<UnitReach[]> {
    return (await this.#table.all(derivedKeys.reaches(campaign))).map((item) => parseItem(unitReachSchema, item));
  }

  async keptDay(campaign: string): Promise<string | undefined> {
    const item = await this.#table.get(dayKeys.kept(campaign));
    return item && parseItem(keptDaySchema, item).day;
  }

  async setKeptDay(campaign: string, day: string): Promise<boolean> {
    return this.#putIf(dayKeys.kept(campaign), { day }, isLater("<", day));
  }

  async dayBoards(campaign: string): Promise<DayBoard[]> {
    const items = await this.#table.all(dayKeys.boards(campaign));
    return Promise.all(items.map(async (item) => parseItem(dayBoardSchema, await unpack(this.#table, item))));
  }

  async setDayBoard({ campaign, reward, day, ...body }: DayBoard): Promise<boolean> {
    const fields = { campaign, reward, day, ...(await pack(this.#table, body)) };
    return this.#putIf(dayKeys.board(campaign, reward), fields, isLater("<=", day));
  }

  async putUnitDays(days: readonly UnitDay[]): Promise<void> {
    await this.#table.putAll(days.map((one) => ({ ...one, ...dayKeys.unitDay(one.campaign, one.unit, one.day) })));
  }

  async unitDays(campaign: string, unit: string): Promise<UnitDay[]> {
    return (await this.#table.all(dayKeys.unitDays(campaign, unit))).map((item) => parseItem(unitDaySchema, item));
  }

  async rebuild(campaign: string): Promise<RebuildJob | undefined> {
    const item = await this.#table.get(derivedKeys.rebuild(campaign));
    return item && parseItem(rebuildJobSchema, item);
  }

  async setRebuild(job: RebuildJob): Promise<boolean> {
    return this.#putIf(derivedKeys.rebuild(job.campaign), job, isNext(job));
  }

  async rebuildParts(campaign: string): Promise<RebuildPart[]> {
    return (await this.#table.all(derivedKeys.rebuildParts(campaign))).map((item) =>
      parseItem(rebuildPartSchema, item),
    );
  }

  async rebuildPart(campaign: string, part: string): Promise<RebuildPart | undefined> {
    const item = await this.#table.get(derivedKeys.rebuildPart(campaign, part));
    return item && parseItem(rebuildPartSchema, item);
  }

  async setRebuildPart(part: RebuildPart): Promise<boolean> {
    return this.#putIf(derivedKeys.rebuildPart(part.campaign, part.part), part, isNext(part));
  }

  async hold(held: HeldFact): Promise<void> {
    await this.#putIf(derivedKeys.held(held), held, {
      expression: "attribute_not_exists(PK) OR #version < :version",
      names: { "#version": "version" },
      values: { ":version": held.version },
    });
  }

  async release(id: FactId, version: number): Promise<void> {
    // Nearly no fact is held, and deleting nothing costs as much as a write: looking first costs a quarter of that.
    if ((await this.#table.get(derivedKeys.held(id))) === undefined) return;
    await this.#table.deleteIf(derivedKeys.held(id), {
      expression: "#version <= :version",
      names: { "#version": "version" },
      values: { ":version": version },
    });
  }

  async held(request: PageRequest): Promise<Page<HeldFact>> {
    const { items, ...page } = await this.#table.page(derivedKeys.allHeld(), request);
    return { ...page, items: items.map((item) => parseItem(heldFactSchema, item)) };
  }

  async noteLateChange(change: LateChange): Promise<void> {
    await this.#table.put(derivedKeys.lateChange(change.campaign, change), { ...change });
  }

  async firstLateChange(campaign: string, after: string): Promise<LateChange | undefined> {
    return (await this.lateChangesAfter(campaign, after, 1))[0];
  }

  async lateChangesAfter(campaign: string, after: string, limit: number): Promise<LateChange[]> {
    const found: LateChange[] = [];
    const options = { after: derivedKeys.lateAfter(instantOf(after)), limit };
    for await (const item of this.#table.items(derivedKeys.lateChanges(campaign), options)) {
      found.push(parseItem(lateChangeSchema, item));
    }
    return found;
  }

  async lateChanges(campaign: string): Promise<LateChange[]> {
    return (await this.#table.all(derivedKeys.lateChanges(campaign))).map((item) => parseItem(lateChangeSchema, item));
  }

  /**
   * No mark of the writer here (see {@link ItemTable.claim}): a rebuild must give the same bytes, and a worker that is
   * told wrongly that another was faster only looks again.
   */
  async #putIf(key: Parameters<ItemTable["putIf"]>[0], fields: object, condition: Condition): Promise<boolean> {
    return (await this.#table.putIf(key, { ...fields }, condition)) === undefined;
  }
}

/** Nothing stands there, or something of an older day; `<=`: or of the same. */
function isLater(order: "<" | "<=", day: string): Condition {
  return {
    expression: `attribute_not_exists(PK) OR #day ${order} :day`,
    names: { "#day": "day" },
    values: { ":day": day },
  };
}

/** The first of a newer epoch, or the next of the same. */
function isNext({ epoch, seq }: Pick<RebuildJob, "epoch" | "seq">): Condition {
  const names = { "#epoch": "epoch", "#seq": "seq" };
  return seq === 1
    ? {
        expression: "attribute_not_exists(PK) OR #epoch < :epoch",
        names: { "#epoch": "epoch" },
        values: { ":epoch": epoch },
      }
    : { expression: "#epoch = :epoch AND #seq = :before", names, values: { ":epoch": epoch, ":before": seq - 1 } };
}
