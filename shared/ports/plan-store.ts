import type { Campaign, DraftText, PlanVersion, Source } from "#domain/campaign.ts";
import type { Membership, OrgUnit } from "#domain/org.ts";
import type { AffectedPeople } from "#domain/rebuild.ts";
import type { Target, TargetPlace } from "#domain/target.ts";
import type { Page, PageRequest } from "./page.ts";

/** One participant's whole history of memberships. */
export interface Person {
  readonly participantId: string;
  readonly memberships: readonly Membership[];
}

/** Campaigns, plan versions, people and organisation, targets, sources. Reads are consistent. */
export interface PlanStore {
  campaign(id: string): Promise<Campaign | undefined>;
  campaigns(request: PageRequest): Promise<Page<Campaign>>;
  /** Creates with revision 1 if the id is free, or replaces exactly the revision before; false when another was faster. */
  saveCampaign(campaign: Campaign): Promise<boolean>;

  /** Stores a version that does not exist yet; false when it does. */
  addVersion(version: PlanVersion): Promise<boolean>;
  version(campaign: string, version: number): Promise<PlanVersion | undefined>;
  versions(campaign: string): Promise<PlanVersion[]>;

  /** Keeps how a draft was written; one of a later revision stays. */
  putDraftText(text: DraftText): Promise<void>;
  draftText(campaign: string): Promise<DraftText | undefined>;
  /** Keeps how a version was written; the first that is kept stays for good. */
  addVersionText(campaign: string, version: number, text: string): Promise<void>;
  versionText(campaign: string, version: number): Promise<string | undefined>;

  /** Adds units, or replaces those of the same name; others stay. */
  putUnits(units: readonly OrgUnit[]): Promise<void>;
  units(): Promise<OrgUnit[]>;
  /** Replaces the whole history of each person named. */
  putPeople(people: readonly Person[]): Promise<void>;
  person(participantId: string): Promise<Person | undefined>;
  people(request: PageRequest): Promise<Page<Person>>;
  allPeople(): Promise<Person[]>;
  /** A number that changes whenever units or people do, so that copies can be kept until then; 0 before the first import. */
  directoryRevision(): Promise<number>;
  /** Sets the revision to `revision` if it is `revision - 1` now; false when another was faster. */
  setDirectoryRevision(revision: number): Promise<boolean>;

  /** Adds targets, or replaces those of the same subject, measure, label and slice; others stay. */
  putTargets(campaign: string, targets: readonly Target[]): Promise<void>;
  /** Takes targets away; those that are not there stay away. */
  removeTargets(campaign: string, places: readonly TargetPlace[]): Promise<void>;
  targets(campaign: string): Promise<Target[]>;
  /** A number that changes whenever a campaign's targets do; 0 before the first import. */
  targetsRevision(campaign: string): Promise<number>;
  /** Sets the revision to `revision` if it is `revision - 1` now; false when another was faster. */
  setTargetsRevision(campaign: string, revision: number): Promise<boolean>;

  /** Keeps whose credits an epoch of a campaign computes anew, however many they are. The same again changes nothing. */
  addAffected(affected: AffectedPeople): Promise<void>;
  /** All that was kept of a campaign, by epoch; those of one epoch in parts. */
  affected(campaign: string): Promise<AffectedPeople[]>;

  putSource(source: Source): Promise<void>;
  source(source: string): Promise<Source | undefined>;
  sources(): Promise<Source[]>;
}
