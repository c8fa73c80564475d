import type { Campaign, DraftText, PlanVersion, Source } from "#domain/campaign.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { OrgUnit } from "#domain/org.ts";
import type { AffectedPeople } from "#domain/rebuild.ts";
import { type Target, type TargetPlace, targetKey } from "#domain/target.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Person, PlanStore } from "#ports/plan-store.ts";
import { follows, joined, MemoryTable } from "./memory-table.ts";

export class MemoryPlanStore implements PlanStore {
  readonly #campaigns = new MemoryTable<Campaign>();
  readonly #versions = new MemoryTable<PlanVersion>();
  readonly #draftTexts = new MemoryTable<DraftText>();
  readonly #versionTexts = new MemoryTable<string>();
  readonly #units = new MemoryTable<OrgUnit>();
  readonly #people = new MemoryTable<Person>();
  readonly #targets = new MemoryTable<Target>();
  readonly #affected = new MemoryTable<AffectedPeople>();
  readonly #sources = new MemoryTable<Source>();
  readonly #targetsRevisions = new Map<string, number>();
  #directoryRevision = 0;

  async campaign(id: string): Promise<Campaign | undefined> {
    return this.#campaigns.get("all", id);
  }

  async campaigns(request: PageRequest): Promise<Page<Campaign>> {
    return this.#campaigns.page("all", request);
  }

  async saveCampaign(campaign: Campaign): Promise<boolean> {
    return this.#campaigns.setIf("all", campaign.id, campaign, (stored) =>
      follows(campaign.revision, stored?.revision),
    );
  }

  async addVersion(version: PlanVersion): Promise<boolean> {
    return this.#versions.setIf(version.campaign, joined(version.version), version, (stored) => stored === undefined);
  }

  async version(campaign: string, version: number): Promise<PlanVersion | undefined> {
    return this.#versions.get(campaign, joined(version));
  }

  async versions(campaign: string): Promise<PlanVersion[]> {
    return this.#versions.all(campaign);
  }

  async putDraftText(text: DraftText): Promise<void> {
    this.#draftTexts.setIf("all", text.campaign, text, (stored) => !stored || stored.revision <= text.revision);
  }

  async draftText(campaign: string): Promise<DraftText | undefined> {
    return this.#draftTexts.get("all", campaign);
  }

  async addVersionText(campaign: string, version: number, text: string): Promise<void> {
    this.#versionTexts.setIf(campaign, joined(version), text, (stored) => stored === undefined);
  }

  async versionText(campaign: string, version: number): Promise<string | undefined> {
    return this.#versionTexts.get(campaign, joined(version));
  }

  async putUnits(units: readonly OrgUnit[]): Promise<void> {
    for (const unit of units) this.#units.set("all", unit.unit, unit);
  }

  async units(): Promise<OrgUnit[]> {
    return this.#units.all("all");
  }

  async putPeople(people: readonly Person[]): Promise<void> {
    for (const person of people) this.#people.set("all", person.participantId, person);
  }

  async person(participantId: string): Promise<Person | undefined> {
    return this.#people.get("all", participantId);
  }

  async people(request: PageRequest): Promise<Page<Person>> {
    return this.#people.page("all", request);
  }

  async allPeople(): Promise<Person[]> {
    return this.#people.all("all");
  }

  async directoryRevision(): Promise<number> {
    return this.#directoryRevision;
  }

  async setDirectoryRevision(revision: number): Promise<boolean> {
    if (this.#directoryRevision !== revision - 1) return false;
    this.#directoryRevision = revision;
    return true;
  }

  async putTargets(campaign: string, targets: readonly Target[]): Promise<void> {
    for (const target of targets) this.#targets.set(campaign, targetKey(target), target);
  }

  async removeTargets(campaign: string, places: readonly TargetPlace[]): Promise<void> {
    for (const place of places) this.#targets.delete(campaign, targetKey(place));
  }

  async targets(campaign: string): Promise<Target[]> {
    return this.#targets.all(campaign);
  }

  async targetsRevision(campaign: string): Promise<number> {
    return this.#targetsRevisions.get(campaign) ?? 0;
  }

  async setTargetsRevision(campaign: string, revision: number): Promise<boolean> {
    if ((this.#targetsRevisions.get(campaign) ?? 0) !== revision - 1) return false;
    this.#targetsRevisions.set(campaign, revision);
    return true;
  }

  async addAffected(affected: AffectedPeople): Promise<void> {
    this.#affected.set(affected.campaign, joined(affected.epoch, canonicalJson(affected.who)), affected);
  }

  async affected(campaign: string): Promise<AffectedPeople[]> {
    return this.#affected.all(campaign);
  }

  async putSource(source: Source): Promise<void> {
    this.#sources.set("all", source.source, source);
  }

  async source(source: string): Promise<Source | undefined> {
    return this.#sources.get("all", source);
  }

  async sources(): Promise<Source[]> {
    return this.#sources.all("all");
  }
}
