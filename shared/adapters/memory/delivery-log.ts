import type { DeliveryMinute } from "#domain/delivery.ts";
import type { DeliveryLog } from "#ports/delivery-log.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Clock } from "#ports/system.ts";
import { decodeCursor, encodeCursor, pageLimit } from "../paging.ts";
import { minuteCursorSchema } from "../paging-minutes.ts";

export class MemoryDeliveryLog implements DeliveryLog {
  readonly #minutes = new Map<string, Map<string, DeliveryMinute>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async put(minute: DeliveryMinute): Promise<void> {
    const ofSource = this.#minutes.get(minute.source) ?? new Map<string, DeliveryMinute>();
    ofSource.set(`${minute.minute}#${minute.instance}`, structuredClone(minute));
    this.#minutes.set(minute.source, ofSource);
  }

  async newest(source: string, request: PageRequest): Promise<Page<DeliveryMinute>> {
    const limit = pageLimit(request);
    const before = request.cursor === undefined ? undefined : decodeCursor(minuteCursorSchema, request.cursor).before;
    const now = this.#clock.now() / 1000;
    const found = [...(this.#minutes.get(source) ?? [])]
      .filter(([key, { expiresAt }]) => expiresAt > now && (before === undefined || key < before))
      .sort(([a], [b]) => (a < b ? 1 : -1));
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1)?.[0] : undefined;
    return {
      items: shown.map(([, minute]) => structuredClone(minute)),
      ...(last === undefined ? {} : { cursor: encodeCursor({ before: last }) }),
    };
  }
}
