/** One page of a listing; `cursor` continues it and is opaque to callers. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export interface PageRequest {
  /** At most so many items, at least 1; without it the adapter's own page size. */
  readonly limit?: number;
  readonly cursor?: string | undefined;
}
