import { useQueries } from "@tanstack/react-query";
import type { ApiOperationId } from "#contracts/routes.ts";
import type { Answer, Call } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";

/** The same asked of several, as far as it is answered; what is not told yet, or is refused, is left out. */
export function useEach<K extends ApiOperationId>(
  operation: K,
  calls: readonly Call<K>[],
  { every }: { readonly every: number },
): readonly Answer<K>[] {
  const { api } = useCaller();
  const answers = useQueries({
    queries: calls.map((call) => ({
      queryKey: [operation, call],
      queryFn: () => api.json(operation, call),
      refetchInterval: every,
    })),
  });
  return answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
}
