/** One page of a listing; `cursor` continues it and is opaque to callers. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export interface PageRequest {
  readonly limit?: number;
  readonly cursor?: string | undefined;
}
