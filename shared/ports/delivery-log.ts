import type { DeliveryMinute } from "#domain/delivery.ts";
import type { Page, PageRequest } from "./page.ts";

/**
 * What became of deliveries lately, for people who look why a sale is missing. It may be lost: facts, and the bodies that
 * could not be used, are kept elsewhere.
 */
export interface DeliveryLog {
  /** Keeps a minute as one function instance saw it, in place of what that instance kept of it before. */
  put(minute: DeliveryMinute): Promise<void>;
  /** Newest first; several of one minute where several instances saw deliveries. What has expired is left out. */
  newest(source: string, request: PageRequest): Promise<Page<DeliveryMinute>>;
}
