import type { DayBoard, UnitDay } from "#domain/day.ts";
import type { FactId } from "#domain/ids.ts";
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
import type { Page, PageRequest } from "./page.ts";

/**
 * What the workers derive. Every write has a condition and says whether it took effect, so a slow or repeated worker
 * cannot overwrite newer work. Reads are consistent.
 */
export interface DerivedStore {
  /** Writes if no credit of that campaign, place, participant and fact has an equal or higher (epoch, version). */
  setCredit(credit: Credit): Promise<boolean>;
  /** One credit; undefined where there is none. */
  credit(campaign: string, place: Place, participantId: string, fact: string): Promise<Credit | undefined>;
  participantCredits(campaign: string, place: Place, participantId: string): Promise<Credit[]>;
  /** All credits of a place, withdrawn ones included, in no promised order. */
  placeCredits(campaign: string, place: Place): Promise<Credit[]>;

  progress(campaign: string, place: Place, participantId: string): Promise<ParticipantProgress | undefined>;
  /** Writes `progress` (whose `seq` is one more than the one read, or 1) if the stored seq is still `seq - 1`, or none for 1. */
  setProgress(progress: ParticipantProgress): Promise<boolean>;
  placeProgress(campaign: string, place: Place): Promise<ParticipantProgress[]>;

  total(campaign: string, place: Place): Promise<PlaceTotal | undefined>;
  /** Same rule of `seq` as {@link setProgress}. */
  setTotal(total: PlaceTotal): Promise<boolean>;
  totals(campaign: string): Promise<PlaceTotal[]>;

  placeBoards(campaign: string, place: Place): Promise<PlaceBoards | undefined>;
  /** Same rule of `seq` as {@link setProgress}. */
  setPlaceBoards(boards: PlaceBoards): Promise<boolean>;
  allPlaceBoards(campaign: string): Promise<PlaceBoards[]>;

  reach(campaign: string, unit: string): Promise<UnitReach | undefined>;
  /** Same rule of `seq` as {@link setProgress}. */
  setReach(reach: UnitReach): Promise<boolean>;
  reaches(campaign: string): Promise<UnitReach[]>;

  /** The newest day of which a campaign's standing was kept. */
  keptDay(campaign: string): Promise<string | undefined>;
  /** Says that a day is kept, unless a later one is. */
  setKeptDay(campaign: string, day: string): Promise<boolean>;
  /** The newest that was kept of each board. */
  dayBoards(campaign: string): Promise<DayBoard[]>;
  /** Writes over one of the same day or an older one. */
  setDayBoard(board: DayBoard): Promise<boolean>;
  /** Those of the same unit and day are replaced. */
  putUnitDays(days: readonly UnitDay[]): Promise<void>;
  /** In order of days. */
  unitDays(campaign: string, unit: string): Promise<UnitDay[]>;

  /** The newest rebuild of a campaign. */
  rebuild(campaign: string): Promise<RebuildJob | undefined>;
  /** Writes over a job of an older epoch, and over one of the same epoch whose seq is one less; the first has seq 1. */
  setRebuild(job: RebuildJob): Promise<boolean>;
  /** Those of older epochs too, which their places still hold. */
  rebuildParts(campaign: string): Promise<RebuildPart[]>;
  rebuildPart(campaign: string, part: string): Promise<RebuildPart | undefined>;
  /** Same rule as {@link setRebuild}. */
  setRebuildPart(part: RebuildPart): Promise<boolean>;

  /** Keeps a held fact; one with an equal or higher version stays. */
  hold(held: HeldFact): Promise<void>;
  /** Lets go of a held fact if its version is not above `version`. */
  release(id: FactId, version: number): Promise<void>;
  held(request: PageRequest): Promise<Page<HeldFact>>;

  noteLateChange(change: LateChange): Promise<void>;
  /** The earliest that became known after an instant, without reading what came before. */
  firstLateChange(campaign: string, after: string): Promise<LateChange | undefined>;
  /** The earliest `limit` that became known after an instant. */
  lateChangesAfter(campaign: string, after: string, limit: number): Promise<LateChange[]>;
  /** All of them, in order of when they became known. */
  lateChanges(campaign: string): Promise<LateChange[]>;
}
