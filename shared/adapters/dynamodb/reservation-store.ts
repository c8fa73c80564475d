import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  type LimitLevel,
  type LimitRef,
  limitLevelSchema,
  limitRefSchema,
  type Reservation,
  type ReservationKey,
  reservationSchema,
} from "#domain/reservation.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { ReservationClaim, ReservationStore, ReserveResult } from "#ports/reservation-store.ts";
import { type Fields, ItemTable, parseItem } from "./item-table.ts";
import { reservationKeys } from "./keys.ts";
import { type TransactionItems, transact } from "./transaction.ts";

/** Refused although there is room when we look: somebody gave back in between. So often we try again. */
const LOOKS = 4;

const dueSchema = z.strictObject({
  campaign: z.string(),
  limit: limitRefSchema,
  reservationId: z.string(),
  expiresAt: z.string(),
});

/**
 * One item a reservation, one a limit with how much of it is taken, one a reminder while a reservation is open; they change in
 * one transaction. The limit's item is counted up and down without being read first, under a condition; it cannot be
 * counted twice, because the reservation beside it can be put once and closed once.
 */
export class DynamoReservationStore implements ReservationStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#name = tableName;
    this.#table = new ItemTable(client, tableName);
  }

  async reserve(claim: ReservationClaim): Promise<ReserveResult> {
    for (let look = 0; look < LOOKS; look++) {
      // More than the whole limit fits in no state of it, not even in one that nobody has written yet.
      const isPossible = claim.reservation.quantity <= claim.capacity;
      const outcome = isPossible ? await transact(this.#client, this.#reserving(claim)) : "refused";
      if (outcome === "done") return { outcome: "reserved" };
      if (outcome === "busy") return { outcome };
      const refusal = await this.#whyRefused(claim);
      if (refusal) return refusal;
    }
    return { outcome: "busy" };
  }

  async reservation(key: ReservationKey): Promise<Reservation | undefined> {
    const item = await this.#table.get(reservationKeys.reservation(key));
    return item && parseItem(reservationSchema, item);
  }

  async close(closed: Reservation): Promise<"closed" | "stale" | "busy"> {
    const outcome = await transact(this.#client, this.#closing(closed));
    if (outcome === "busy") return outcome;
    return outcome === "done" ? "closed" : "stale";
  }

  async reservations(campaign: string, limit: LimitRef, request: PageRequest): Promise<Page<Reservation>> {
    const { items, ...page } = await this.#table.page([reservationKeys.reservations(campaign, limit)], request);
    return { ...page, items: items.map((item) => parseItem(reservationSchema, item)) };
  }

  async due(campaign: string, until: string, count: number): Promise<ReservationKey[]> {
    const due: ReservationKey[] = [];
    const last = Date.parse(until);
    for await (const item of this.#table.items(reservationKeys.allDue(campaign), { limit: count })) {
      const { expiresAt, ...key } = parseItem(dueSchema, item);
      if (Date.parse(expiresAt) > last) break;
      due.push(key);
    }
    return due;
  }

  async level(campaign: string, limit: LimitRef): Promise<LimitLevel | undefined> {
    const item = await this.#table.get(reservationKeys.level(campaign, limit));
    return item && toLevel(item);
  }

  async levels(campaign: string): Promise<LimitLevel[]> {
    return (await this.#table.all(reservationKeys.levels(campaign))).map(toLevel);
  }

  /** undefined: nothing stands against it any more. */
  async #whyRefused({ reservation, capacity, epoch }: ReservationClaim): Promise<ReserveResult | undefined> {
    const known = await this.reservation(reservation);
    if (known) return { outcome: "known", reservation: known };
    const level = await this.level(reservation.campaign, reservation.limit);
    if (level && level.epoch > epoch) return { outcome: "outdated" };
    const taken = level ? level.reserved + level.committed : 0;
    return taken + reservation.quantity > capacity ? { outcome: "refused", level } : undefined;
  }

  #reserving({ reservation, capacity, epoch }: ReservationClaim): TransactionItems {
    const { campaign, limit, reservationId, quantity, expiresAt } = reservation;
    return [
      {
        Update: {
          TableName: this.#name,
          Key: { ...reservationKeys.level(campaign, limit) },
          UpdateExpression:
            "SET campaign = :campaign, #limit = :limit, epoch = :epoch, committed = if_not_exists(committed, :none), " +
            "reserved = if_not_exists(reserved, :none) + :quantity, taken = if_not_exists(taken, :none) + :quantity",
          // A condition cannot add: `taken` is kept beside its two parts, and what it may be is worked out here.
          ConditionExpression: "attribute_not_exists(PK) OR (taken <= :room AND epoch <= :epoch)",
          ExpressionAttributeNames: { "#limit": "limit" },
          ExpressionAttributeValues: {
            ":campaign": campaign,
            ":limit": limit,
            ":epoch": epoch,
            ":none": 0,
            ":quantity": quantity,
            ":room": capacity - quantity,
          },
        },
      },
      {
        Put: {
          TableName: this.#name,
          Item: { ...reservation, ...reservationKeys.reservation(reservation) },
          ConditionExpression: "attribute_not_exists(PK)",
        },
      },
      {
        Put: {
          TableName: this.#name,
          Item: { campaign, limit, reservationId, expiresAt, ...reservationKeys.due(reservation) },
        },
      },
    ];
  }

  #closing(closed: Reservation): TransactionItems {
    const { campaign, limit, quantity, revision, state } = closed;
    return [
      {
        Put: {
          TableName: this.#name,
          Item: { ...closed, ...reservationKeys.reservation(closed) },
          ConditionExpression: "revision = :before",
          ExpressionAttributeValues: { ":before": revision - 1 },
        },
      },
      {
        Update: {
          TableName: this.#name,
          Key: { ...reservationKeys.level(campaign, limit) },
          UpdateExpression:
            state === "committed"
              ? "SET reserved = reserved - :quantity, committed = committed + :quantity"
              : "SET reserved = reserved - :quantity, taken = taken - :quantity",
          ExpressionAttributeValues: { ":quantity": quantity },
        },
      },
      { Delete: { TableName: this.#name, Key: { ...reservationKeys.due(closed) } } },
    ];
  }
}

function toLevel(item: Fields): LimitLevel {
  const { taken: _, ...level } = item;
  return parseItem(limitLevelSchema, level);
}
