import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiProblem } from "../api/client.ts";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { Plan } from "../api/plan-names.ts";
import { addressOf, type Choice, callOf, type Kept } from "./choice.ts";

const EVERY_MS = 1000;

/** What a choice came to, or how far it is, whoever of this browser has asked for it and when. */
export interface Trial {
  readonly kept: Kept | undefined;
  readonly isWorking: boolean;
  /** Nothing is kept under the id of the address any more. */
  readonly isGone: boolean;
  readonly error: Error | undefined;
  /** Begins one under a new id. */
  readonly begin: (id: string, plan: Plan | undefined) => void;
}

/** @param id of the address */
export function useTrial(campaign: string, choice: Choice, id: string | undefined): Trial {
  const { api } = useCaller();
  const queries = useQueryClient();
  const start = useMutation<void, Error, { readonly id: string; readonly plan: Plan | undefined }>({
    mutationFn: async (asked) => {
      await api.json("simulatePlan", callOf(campaign, choice, asked.plan, asked.id));
    },
    onSettled: async () => {
      // A question that is on its way was put before there was an answer, and would be taken for the new one.
      await queries.cancelQueries({ queryKey: ["getSimulation"] });
      await queries.invalidateQueries({ queryKey: ["getSimulation"] });
    },
  });
  const isOwn = id !== undefined && start.variables?.id === id;
  const call = { params: { campaign, simulation: id ?? "" } };
  const options = { enabled: id !== undefined };
  // Asked for as long as it is under way, and once when it ended.
  const known = queries.getQueryData<Kept>(["getSimulation", call]);
  const isUnderWay = known === undefined ? isOwn && start.isPending : known.state === "working";
  const found = useAnswer("getSimulation", call, isUnderWay ? { ...options, every: EVERY_MS } : options);
  const refused = isOwn ? (start.error ?? undefined) : undefined;
  const isWorking = found.data === undefined ? isOwn && start.isPending : found.data.state === "working";
  const isUnknown = found.error instanceof ApiProblem && found.error.status === 404;
  return {
    kept: found.data,
    isWorking,
    isGone: isUnknown && !isWorking && refused === undefined,
    error: refused ?? refusalOf(found.data) ?? (found.data === undefined ? (found.error ?? undefined) : undefined),
    begin: (next, plan) => {
      keepTrial(campaign, choice, next);
      start.mutate({ id: next, plan });
    },
  };
}

const STATUS: Readonly<Record<string, number>> = { invalid: 422, conflict: 409, notFound: 404, forbidden: 403 };

/** Why it came to nothing, of one that is found again: as it was answered then. */
function refusalOf(kept: Kept | undefined): Error | undefined {
  if (kept?.refusal === undefined) return undefined;
  const { kind, message, problems } = kept.refusal;
  return new ApiProblem(STATUS[kind] ?? 422, { detail: message, problems });
}

const nameOf = (campaign: string, choice: Choice) => `laurel.tried.${campaign}/${addressOf(choice)}`;

/** The id under which this tab has tried a choice last, so that who comes back by a menu finds it too. */
export function trialOf(campaign: string, choice: Choice): string | undefined {
  return sessionStorage.getItem(nameOf(campaign, choice)) ?? undefined;
}

function keepTrial(campaign: string, choice: Choice, id: string): void {
  sessionStorage.setItem(nameOf(campaign, choice), id);
}
