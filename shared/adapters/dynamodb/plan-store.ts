import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  type Campaign,
  campaignSchema,
  type DraftText,
  draftTextSchema,
  type PlanVersion,
  planVersionSchema,
  type Source,
  sourceSchema,
} from "#domain/campaign.ts";
import { membershipSchema, type OrgUnit, orgUnitSchema } from "#domain/org.ts";
import { type AffectedPeople, affectedPeopleSchema } from "#domain/rebuild.ts";
import { type Target, type TargetPlace, targetSchema } from "#domain/target.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Person, PlanStore } from "#ports/plan-store.ts";
import { ABSENT, chunks, follows, ItemTable, parseItem } from "./item-table.ts";
import { planKeys } from "./keys.ts";

const personSchema = z.strictObject({ participantId: z.string(), memberships: z.array(membershipSchema) });
const versionTextSchema = z.strictObject({ text: z.string() });
const revisionSchema = z.strictObject({ revision: z.int().min(1) });

/** With ids and units as long as they can be an item of so many stays within 400 KB. */
const PEOPLE_PER_ITEM = 100;

export class DynamoPlanStore implements PlanStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async campaign(id: string): Promise<Campaign | undefined> {
    const item = await this.#table.get(planKeys.campaign(id));
    return item && parseItem(campaignSchema, item);
  }

  async campaigns(request: PageRequest): Promise<Page<Campaign>> {
    const { items, ...page } = await this.#table.page([planKeys.campaigns()], request);
    return { ...page, items: items.map((item) => parseItem(campaignSchema, item)) };
  }

  async saveCampaign(campaign: Campaign): Promise<boolean> {
    return this.#table.claim(planKeys.campaign(campaign.id), { ...campaign }, follows("revision", campaign.revision));
  }

  async addVersion(version: PlanVersion): Promise<boolean> {
    return this.#table.claim(planKeys.version(version.campaign, version.version), { ...version }, ABSENT);
  }

  async version(campaign: string, version: number): Promise<PlanVersion | undefined> {
    const item = await this.#table.get(planKeys.version(campaign, version));
    return item && parseItem(planVersionSchema, item);
  }

  async versions(campaign: string): Promise<PlanVersion[]> {
    return (await this.#table.all(planKeys.versions(campaign))).map((item) => parseItem(planVersionSchema, item));
  }

  async putDraftText(text: DraftText): Promise<void> {
    await this.#table.putIf(
      planKeys.draftText(text.campaign),
      { ...text },
      {
        expression: "attribute_not_exists(PK) OR revision <= :revision",
        values: { ":revision": text.revision },
      },
    );
  }

  async draftText(campaign: string): Promise<DraftText | undefined> {
    const item = await this.#table.get(planKeys.draftText(campaign));
    return item && parseItem(draftTextSchema, item);
  }

  async addVersionText(campaign: string, version: number, text: string): Promise<void> {
    await this.#table.putIf(planKeys.versionText(campaign, version), { text }, ABSENT);
  }

  async versionText(campaign: string, version: number): Promise<string | undefined> {
    const item = await this.#table.get(planKeys.versionText(campaign, version));
    return item && parseItem(versionTextSchema, item).text;
  }

  async putUnits(units: readonly OrgUnit[]): Promise<void> {
    await this.#table.putAll(units.map((unit) => ({ ...unit, ...planKeys.unit(unit.unit) })));
  }

  async units(): Promise<OrgUnit[]> {
    return (await this.#table.all(planKeys.units())).map((item) => parseItem(orgUnitSchema, item));
  }

  async putPeople(people: readonly Person[]): Promise<void> {
    await this.#table.putAll(people.map((person) => ({ ...person, ...planKeys.person(person.participantId) })));
  }

  async person(participantId: string): Promise<Person | undefined> {
    const item = await this.#table.get(planKeys.person(participantId));
    return item && parseItem(personSchema, item);
  }

  async people(request: PageRequest): Promise<Page<Person>> {
    const { items, ...page } = await this.#table.page(planKeys.allPeople(), request);
    return { ...page, items: items.map((item) => parseItem(personSchema, item)) };
  }

  async allPeople(): Promise<Person[]> {
    const buckets = await Promise.all(planKeys.allPeople().map((range) => this.#table.all(range)));
    return buckets.flat().map((item) => parseItem(personSchema, item));
  }

  async directoryRevision(): Promise<number> {
    const item = await this.#table.get(planKeys.directoryRevision());
    return item ? parseItem(revisionSchema, item).revision : 0;
  }

  async setDirectoryRevision(revision: number): Promise<boolean> {
    return this.#table.claim(planKeys.directoryRevision(), { revision }, follows("revision", revision));
  }

  async putTargets(campaign: string, targets: readonly Target[]): Promise<void> {
    await this.#table.putAll(targets.map((target) => ({ ...target, ...planKeys.target(campaign, target) })));
  }

  async removeTargets(campaign: string, places: readonly TargetPlace[]): Promise<void> {
    await this.#table.deleteAll(places.map((place) => planKeys.target(campaign, place)));
  }

  async targets(campaign: string): Promise<Target[]> {
    return (await this.#table.all(planKeys.targets(campaign))).map((item) => parseItem(targetSchema, item));
  }

  async targetsRevision(campaign: string): Promise<number> {
    const item = await this.#table.get(planKeys.targetsRevision(campaign));
    return item ? parseItem(revisionSchema, item).revision : 0;
  }

  async setTargetsRevision(campaign: string, revision: number): Promise<boolean> {
    return this.#table.claim(planKeys.targetsRevision(campaign), { revision }, follows("revision", revision));
  }

  async addAffected({ campaign, epoch, who }: AffectedPeople): Promise<void> {
    const parts = chunks(who, PEOPLE_PER_ITEM).map((some) => ({ campaign, epoch, who: some }));
    await this.#table.putAll(
      parts.map((part) => ({ ...part, ...planKeys.affected(campaign, epoch, JSON.stringify(part.who)) })),
    );
  }

  async affected(campaign: string): Promise<AffectedPeople[]> {
    return (await this.#table.all(planKeys.allAffected(campaign))).map((item) => parseItem(affectedPeopleSchema, item));
  }

  async putSource(source: Source): Promise<void> {
    await this.#table.put(planKeys.source(source.source), { ...source });
  }

  async source(source: string): Promise<Source | undefined> {
    const item = await this.#table.get(planKeys.source(source));
    return item && parseItem(sourceSchema, item);
  }

  async sources(): Promise<Source[]> {
    return (await this.#table.all(planKeys.sources())).map((item) => parseItem(sourceSchema, item));
  }
}
