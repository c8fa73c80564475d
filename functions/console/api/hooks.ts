import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { ApiOperationId } from "#contracts/routes.ts";
import type { Answer, ApiClient, Call } from "./client.ts";

/** Whoever is signed in, and what they may do. */
export interface Caller {
  readonly api: ApiClient;
  readonly me: Answer<"getMe">;
  readonly may: (operation: ApiOperationId) => boolean;
  readonly signOut: () => void;
}

export const CallerContext = createContext<Caller | undefined>(undefined);

export function useCaller(): Caller {
  const caller = useContext(CallerContext);
  if (caller === undefined) throw new Error("nobody is signed in here");
  return caller;
}

export interface AnswerOptions {
  readonly enabled?: boolean;
  /** Asked again after so many milliseconds, as long as somebody looks. */
  readonly every?: number;
  /** Shows the answer before while another is fetched. */
  readonly keeps?: boolean;
  /** Never changes: it is not asked again when somebody comes back to it. */
  readonly isFixed?: boolean;
}

/** An operation's answer, kept, and asked again when it may be old. */
export function useAnswer<K extends ApiOperationId>(operation: K, call: Call<K> = {}, options: AnswerOptions = {}) {
  const { api } = useCaller();
  return useQuery<Answer<K>>({
    queryKey: [operation, call],
    queryFn: () => api.json(operation, call),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keeps ? { placeholderData: keepPreviousData } : {}),
    ...(options.isFixed ? { staleTime: Number.POSITIVE_INFINITY } : {}),
  });
}

type Listing = { readonly items: readonly unknown[]; readonly nextCursor?: string | undefined };
type ListingId = {
  [K in ApiOperationId]: Answer<K> extends Listing ? K : never;
}[ApiOperationId];

/** A listing page by page, as `pages`; show it with `Listed` of `parts/`. */
export function usePages<K extends ListingId>(operation: K, call: Call<K> = {}, options: AnswerOptions = {}) {
  const { api } = useCaller();
  return useInfiniteQuery({
    queryKey: [operation, "pages", call],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => api.json(operation, { ...call, cursor: pageParam }),
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }: Listing) => nextCursor,
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keeps ? { placeholderData: keepPreviousData } : {}),
    ...(options.isFixed ? { staleTime: Number.POSITIVE_INFINITY } : {}),
  });
}

/** An operation that changes something. Whatever was asked before is asked anew afterwards. */
export function useAction<K extends ApiOperationId>(operation: K, onDone?: (answer: Answer<K>) => void) {
  const { api } = useCaller();
  const queries = useQueryClient();
  return useMutation<Answer<K>, Error, Call<K>>({
    mutationFn: (call) => api.json(operation, call),
    onSuccess: async (answer) => {
      onDone?.(answer);
      await queries.invalidateQueries();
    },
  });
}
