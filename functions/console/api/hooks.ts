import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { ApiOperationId } from "#contracts/routes.ts";
import type { Answer, ApiClient, Call } from "./client.ts";

/** Whoever is signed in, and what they may do. */
export interface Caller {
  readonly api: ApiClient;
  readonly me: Answer<"getMe">;
  /** Campaigns that are offered to those who cannot list them. */
  readonly campaigns: readonly string[];
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
  });
}
