import { reservationRoutes as routes } from "#contracts/routes/reservations.ts";
import type { LimitRef, Reservation } from "#domain/reservation.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { itself, pageView } from "../pages.ts";

/** Only campaigns with stocks ask for these; what they need is loaded when one does. */
export function reservationOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  const reading = () => import("#app/reservations/read-reservations.ts");
  const closing = () => import("#app/reservations/close-reservation.ts");
  return {
    listLimits: operation(routes.listLimits, async ({ actor, params, query }) => {
      const { listLimits } = await reading();
      const page = await listLimits(deps, actor, params.campaign, query);
      return { json: pageView(page, ({ ref, ...limit }) => ({ ...ref, ...limit })) };
    }),

    reserve: operation(routes.reserve, async ({ actor, params, body }) => {
      const { reserve } = await import("#app/reservations/reserve.ts");
      const reservation = await reserve(deps, actor, params.campaign, limitOf(params), body);
      return { json: reservation, location: pathOf(reservation) };
    }),

    listReservations: operation(routes.listReservations, async ({ actor, params, query }) => {
      const { listReservations } = await reading();
      return { json: pageView(await listReservations(deps, actor, params.campaign, limitOf(params), query), itself) };
    }),

    getReservation: operation(routes.getReservation, async ({ actor, params }) => {
      const { readReservation } = await reading();
      return { json: await readReservation(deps, actor, keyOf(params)) };
    }),

    commitReservation: operation(routes.commitReservation, async ({ actor, params }) => {
      const { commitReservation } = await closing();
      return { json: await commitReservation(deps, actor, keyOf(params)) };
    }),

    releaseReservation: operation(routes.releaseReservation, async ({ actor, params }) => {
      const { releaseReservation } = await closing();
      return { json: await releaseReservation(deps, actor, keyOf(params)) };
    }),
  };
}

interface LimitPath {
  readonly campaign: string;
  readonly kind: LimitRef["kind"];
  readonly limit: string;
}

function limitOf({ kind, limit }: LimitPath): LimitRef {
  return { kind, id: limit };
}

function keyOf({ reservationId, ...limit }: LimitPath & { readonly reservationId: string }) {
  return { campaign: limit.campaign, limit: limitOf(limit), reservationId };
}

/** Ids that a gateway would tear are written as the path parameter asks for them. */
function pathOf({ campaign, limit, reservationId }: Reservation): string {
  const id = /^[\w.-]+$/.test(reservationId)
    ? reservationId
    : `~${Buffer.from(reservationId, "utf8").toString("base64url")}`;
  return `/v1/campaigns/${campaign}/limits/${limit.kind}/${limit.id}/reservations/${id}`;
}
