import { useQuery } from "@tanstack/react-query";
import { useCaller } from "../api/hooks.ts";
import { shapeOf } from "./shape.ts";

/** The plan language as the server speaks it. */
export function usePlanShape() {
  const { api } = useCaller();
  return useQuery({
    queryKey: ["planShape"],
    queryFn: async () => shapeOf(await api.json("getPlanSchema")),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
