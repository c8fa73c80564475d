import type { DayBoard, UnitDay } from "#domain/day.ts";
import { type FactId, factKey } from "#domain/ids.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type {
  Credit,
  HeldFact,
  LateChange,
  ParticipantProgress,
  Place,
  PlaceBoards,
  PlaceTotal,
  UnitReach,
} from "#domain/progress.ts";
import type { RebuildJob, RebuildPart } from "#domain/rebuild.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { follows, joined, MemoryTable } from "./memory-table.ts";

export interface DirtyCredit {
  readonly campaign: string;
  readonly place: Place;
  readonly participantId: string;
}

export interface MemoryDerivedStoreOptions {
  /** Told whose credits changed where, as a database's stream would tell. */
  readonly onDirty?: (subject: DirtyCredit) => void;
}

export class MemoryDerivedStore implements DerivedStore {
  readonly #credits = new MemoryTable<Credit>();
  /** Who has credits in a place: one participant's are then found without looking at the others'. */
  readonly #creditedIn = new MemoryTable<string>();
  readonly #progress = new MemoryTable<ParticipantProgress>();
  readonly #totals = new MemoryTable<PlaceTotal>();
  readonly #boards = new MemoryTable<PlaceBoards>();
  readonly #reaches = new MemoryTable<UnitReach>();
  readonly #keptDays = new MemoryTable<string>();
  readonly #dayBoards = new MemoryTable<DayBoard>();
  readonly #unitDays = new MemoryTable<UnitDay>();
  readonly #rebuilds = new MemoryTable<RebuildJob>();
  readonly #rebuildParts = new MemoryTable<RebuildPart>();
  readonly #held = new MemoryTable<HeldFact>();
  readonly #lateChanges = new MemoryTable<LateChange>();
  readonly #onDirty: (subject: DirtyCredit) => void;

  constructor(options: MemoryDerivedStoreOptions = {}) {
    this.#onDirty = options.onDirty ?? (() => {});
  }

  async setCredit(credit: Credit): Promise<boolean> {
    const { campaign, place, participantId } = credit;
    const done = this.#credits.setIf(
      joined(placeKey(campaign, place), participantId),
      credit.fact,
      credit,
      (stored) =>
        !stored || stored.epoch < credit.epoch || (stored.epoch === credit.epoch && stored.version < credit.version),
    );
    if (!done) return false;
    this.#creditedIn.set(placeKey(campaign, place), participantId, participantId);
    this.#onDirty({ campaign, place: { ...place }, participantId });
    return true;
  }

  async credit(campaign: string, place: Place, participantId: string, fact: string): Promise<Credit | undefined> {
    return this.#credits.get(joined(placeKey(campaign, place), participantId), fact);
  }

  async participantCredits(campaign: string, place: Place, participantId: string): Promise<Credit[]> {
    return this.#credits.all(joined(placeKey(campaign, place), participantId));
  }

  async placeCredits(campaign: string, place: Place): Promise<Credit[]> {
    const participants = this.#creditedIn.all(placeKey(campaign, place));
    return participants.flatMap((id) => this.#credits.all(joined(placeKey(campaign, place), id)));
  }

  async progress(campaign: string, place: Place, participantId: string): Promise<ParticipantProgress | undefined> {
    return this.#progress.get(placeKey(campaign, place), participantId);
  }

  async setProgress(progress: ParticipantProgress): Promise<boolean> {
    const { campaign, place, participantId, seq } = progress;
    return this.#progress.setIf(placeKey(campaign, place), participantId, progress, (stored) =>
      follows(seq, stored?.seq),
    );
  }

  async placeProgress(campaign: string, place: Place): Promise<ParticipantProgress[]> {
    return this.#progress.all(placeKey(campaign, place));
  }

  async total(campaign: string, { leaf, shard }: Place): Promise<PlaceTotal | undefined> {
    return this.#totals.get(campaign, joined(leaf, shard));
  }

  async setTotal(total: PlaceTotal): Promise<boolean> {
    const { leaf, shard } = total.place;
    return this.#totals.setIf(total.campaign, joined(leaf, shard), total, (stored) => follows(total.seq, stored?.seq));
  }

  async totals(campaign: string): Promise<PlaceTotal[]> {
    return this.#totals.all(campaign);
  }

  async placeBoards(campaign: string, { leaf, shard }: Place): Promise<PlaceBoards | undefined> {
    return this.#boards.get(campaign, joined(leaf, shard));
  }

  async setPlaceBoards(boards: PlaceBoards): Promise<boolean> {
    const { campaign, place, seq } = boards;
    return this.#boards.setIf(campaign, joined(place.leaf, place.shard), boards, (stored) => follows(seq, stored?.seq));
  }

  async allPlaceBoards(campaign: string): Promise<PlaceBoards[]> {
    return this.#boards.all(campaign);
  }

  async reach(campaign: string, unit: string): Promise<UnitReach | undefined> {
    return this.#reaches.get(campaign, unit);
  }

  async setReach(reach: UnitReach): Promise<boolean> {
    return this.#reaches.setIf(reach.campaign, reach.unit, reach, (stored) => follows(reach.seq, stored?.seq));
  }

  async reaches(campaign: string): Promise<UnitReach[]> {
    return this.#reaches.all(campaign);
  }

  async keptDay(campaign: string): Promise<string | undefined> {
    return this.#keptDays.get(campaign, "day");
  }

  async setKeptDay(campaign: string, day: string): Promise<boolean> {
    return this.#keptDays.setIf(campaign, "day", day, (stored) => stored === undefined || stored < day);
  }

  async dayBoards(campaign: string): Promise<DayBoard[]> {
    return this.#dayBoards.all(campaign);
  }

  async setDayBoard(board: DayBoard): Promise<boolean> {
    return this.#dayBoards.setIf(board.campaign, board.reward, board, (stored) => !stored || stored.day <= board.day);
  }

  async putUnitDays(days: readonly UnitDay[]): Promise<void> {
    for (const one of days) this.#unitDays.set(joined(one.campaign, one.unit), one.day, one);
  }

  async unitDays(campaign: string, unit: string): Promise<UnitDay[]> {
    return this.#unitDays.all(joined(campaign, unit));
  }

  async rebuild(campaign: string): Promise<RebuildJob | undefined> {
    return this.#rebuilds.get(campaign, "job");
  }

  async setRebuild(job: RebuildJob): Promise<boolean> {
    return this.#rebuilds.setIf(job.campaign, "job", job, (stored) => isNext(job, stored));
  }

  async rebuildParts(campaign: string): Promise<RebuildPart[]> {
    return this.#rebuildParts.all(campaign);
  }

  async rebuildPart(campaign: string, part: string): Promise<RebuildPart | undefined> {
    return this.#rebuildParts.get(campaign, part);
  }

  async setRebuildPart(part: RebuildPart): Promise<boolean> {
    return this.#rebuildParts.setIf(part.campaign, part.part, part, (stored) => isNext(part, stored));
  }

  async hold(held: HeldFact): Promise<void> {
    this.#held.setIf("held", factKey(held), held, (stored) => !stored || stored.version < held.version);
  }

  async release(id: FactId, version: number): Promise<void> {
    const stored = this.#held.get("held", factKey(id));
    if (stored && stored.version <= version) this.#held.delete("held", factKey(id));
  }

  async held(request: PageRequest): Promise<Page<HeldFact>> {
    return this.#held.page("held", request);
  }

  async noteLateChange(change: LateChange): Promise<void> {
    const at = formatInstant(instantOf(change.recordedAt));
    this.#lateChanges.set(change.campaign, joined(at, change.fact, change.version), change);
  }

  async firstLateChange(campaign: string, after: string): Promise<LateChange | undefined> {
    return this.#lateChanges.all(campaign).find(({ recordedAt }) => instantOf(recordedAt) > instantOf(after));
  }

  async lateChangesAfter(campaign: string, after: string, limit: number): Promise<LateChange[]> {
    const late = this.#lateChanges.all(campaign);
    return late.filter(({ recordedAt }) => instantOf(recordedAt) > instantOf(after)).slice(0, limit);
  }

  async lateChanges(campaign: string): Promise<LateChange[]> {
    return this.#lateChanges.all(campaign);
  }
}

type Step = Pick<RebuildJob, "epoch" | "seq">;

/** The first of a newer epoch, or the next of the same. */
function isNext({ epoch, seq }: Step, stored: Step | undefined): boolean {
  if (stored === undefined || stored.epoch < epoch) return seq === 1;
  return stored.epoch === epoch && stored.seq === seq - 1;
}

function placeKey(campaign: string, { leaf, shard }: Place): string {
  return joined(campaign, leaf, shard);
}
