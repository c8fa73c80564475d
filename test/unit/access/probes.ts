import type { OperationId } from "#contracts/routes.ts";
import type { Actor } from "#domain/actor.ts";
import { sale } from "#test/fixtures/plan-builder.ts";
import { madeAttachment, madeDispute, NOTE } from "./disputes.ts";
import { type AccessWorld, CAMPAIGN, RESERVATIONS, type Scope, scopeOf } from "./world.ts";

/**
 * How it shows what somebody sees or touches inside a route. A route that a branch manager, a seller or an integrator may call
 * needs a line here, or one in {@link UNSCOPED} with the reason why it has no scope.
 */
export type Probe = (world: AccessWorld, actor: Actor) => Promise<ReadonlySet<Scope>>;

const NAMES = ["subject", "payee", "participantId", "unit", "source", "createdBy"];

/** Whose the items of a listing are. */
function listed(path: string | ((world: AccessWorld) => string)): Probe {
  return async (world, actor) => {
    const { status, json } = await world.call("GET", typeof path === "string" ? path : path(world), actor);
    return new Set(status === 200 ? json.items.map((item: unknown) => scopeOf(ownerOf(item))) : []);
  };
}

function ownerOf(item: unknown): string {
  for (const name of NAMES) {
    const value = typeof item === "object" && item !== null ? Reflect.get(item, name) : undefined;
    if (typeof value === "string") return value;
    if (typeof value === "object" && value !== null) return String(Reflect.get(value, "id"));
  }
  throw new Error(`nobody owns ${JSON.stringify(item)}`);
}

/** Which of these calls are let through. What is hidden looks as if it were not there. */
function each(
  ids: readonly string[],
  pathOf: (id: string) => string,
  method = "GET",
  bodyOf?: (id: string) => unknown,
) {
  const probe: Probe = async (world, actor) => {
    const seen = new Set<Scope>();
    for (const id of ids) {
      const { status } = await world.call(method, pathOf(id), actor, bodyOf?.(id));
      if (status !== 403 && status !== 404) seen.add(scopeOf(id));
    }
    return seen;
  };
  return probe;
}

/** On one reservation of one's own and one of others, both made for this. */
function reservation(method: string, action = ""): Probe {
  return async (world, actor) => {
    const paths = await world.reservations();
    const seen = new Set<Scope>();
    for (const whose of ["own", "other"] as const) {
      const { status } = await world.call(method, paths[whose] + action, actor);
      if (status < 300) seen.add(whose);
    }
    return seen;
  };
}

/** On a fresh dispute, or its file, of everybody. */
function dispute(method: string, action = "", body?: unknown, made = madeDispute): Probe {
  return async (world, actor) => {
    const seen = new Set<Scope>();
    for (const id of [...PEOPLE, "east", "west"]) {
      const { status } = await world.call(method, (await made(world, id)) + action, actor, body);
      if (status < 300) seen.add(scopeOf(id));
    }
    return seen;
  };
}

const PEOPLE = ["ann", "bob", "cy"];
const SOURCES = ["pos", "other"];

/** A fact of each source is held; whose are told. */
const heldFacts: Probe = async (world, actor) => {
  for (const source of SOURCES) {
    const held = { source, externalId: "held", version: 1, participantId: "nobody", message: "nobody is not on file" };
    const when = { reason: "unknown-participant", recordedAt: "2018-05-02T00:00:00.000Z" } as const;
    await world.harness.cloud.deps.derived.hold({ ...held, ...when });
  }
  const { status, json } = await world.call("GET", "/v1/facts:held", actor);
  return new Set(status === 200 ? json.items.map(({ source }: { source: string }) => scopeOf(source)) : []);
};

export const PROBES: Partial<Record<OperationId, Probe>> = {
  listOrgUnits: listed("/v1/org-units"),
  listPeople: listed("/v1/people"),
  getPerson: each(PEOPLE, (id) => `/v1/people/${id}`),
  listTargets: listed(`${CAMPAIGN}/targets`),
  getBoards: async (world, actor) => {
    const { status, json } = await world.call("GET", `${CAMPAIGN}/boards`, actor);
    if (status !== 200) return new Set();
    const rows = json.boards.flatMap((board: { rows: unknown[] }) => board.rows);
    return new Set([...rows, ...json.progress].map((row: unknown) => scopeOf(ownerOf(row))));
  },
  getTrend: each(PEOPLE, (id) => `${CAMPAIGN}/trends/${id}`),
  listUnitStandings: async (world, actor) => {
    const parents = ["", "?parent=firm", "?parent=north", "?parent=south"];
    const asked = parents.map((parent) => listed(`${CAMPAIGN}/unit-standings${parent}`)(world, actor));
    return (await Promise.all(asked)).reduce<ReadonlySet<Scope>>((all, some) => all.union(some), new Set());
  },
  getUnitTrend: each(["east", "west"], (id) => `${CAMPAIGN}/unit-trends/${id}`),
  getBoardPlace: each(PEOPLE, (id) => `${CAMPAIGN}/boards/ranking/places/${id}`),
  listLines: listed(({ run }) => `${run}/lines`),
  listNotAwarded: listed(({ run }) => `${run}/not-awarded`),
  listHeld: listed(({ run }) => `${run}/held`),
  listComponents: listed(({ run }) => `${run}/components`),
  compareRuns: listed(({ run }) => `${run}/differences`),
  comparePayee: async (world, actor) => {
    const ids = [...PEOPLE, "east", "west"];
    const pathOf = (id: string) => `${world.run}/differences/${PEOPLE.includes(id) ? "participant" : "unit"}/${id}`;
    return each(ids, pathOf)(world, actor);
  },
  listPostings: listed(`${CAMPAIGN}/postings`),
  listPayouts: listed(`${CAMPAIGN}/payouts`),
  getStatement: each([...PEOPLE, "east", "west"], (id) => {
    return `${CAMPAIGN}/statements/${PEOPLE.includes(id) ? "participant" : "unit"}/${id}`;
  }),
  listStatements: each([...PEOPLE, "east", "west"], (id) => {
    return `${CAMPAIGN}/statements/${PEOPLE.includes(id) ? "participant" : "unit"}/${id}/history`;
  }),
  listAllDisputes: async (world, actor) => {
    for (const id of [...PEOPLE, "east", "west"]) await madeDispute(world, id);
    return listed("/v1/disputes?limit=200")(world, actor);
  },
  listDisputes: async (world, actor) => {
    for (const id of [...PEOPLE, "east", "west"]) await madeDispute(world, id);
    return listed(`${CAMPAIGN}/disputes?limit=200`)(world, actor);
  },
  getDispute: dispute("GET"),
  getAttachment: dispute("GET", "", undefined, madeAttachment),
  attachToDispute: dispute("POST", "/attachments", NOTE),
  listDisputeHandlers: dispute("GET", "/handlers"),
  assignDispute: dispute("POST", "/assign", { to: "luo.jie" }),
  answerDispute: dispute("POST", "/answer", { text: "we look into it" }),
  askWhatIf: each(
    PEOPLE,
    () => `${CAMPAIGN}/what-if`,
    "POST",
    (participantId) => {
      return { participantId, sales: 1, amount: "10.00", at: "2018-05-20T12:00" };
    },
  ),
  listConflicts: each(SOURCES, (source) => `/v1/sources/${source}/conflicts`),
  listDeliveries: each(SOURCES, (source) => `/v1/sources/${source}/deliveries`),
  getSourceHealth: each(SOURCES, (source) => `/v1/sources/${source}/health`),
  listUnreadable: each(SOURCES, (source) => `/v1/sources/${source}/unreadable`),
  listRejected: each(SOURCES, (source) => `/v1/sources/${source}/rejected`),
  listSources: listed("/v1/sources"),
  listInboxCounts: listed("/v1/sources:inbox"),
  listHeldFacts: heldFacts,
  getFactCredits: each(SOURCES, (source) => `/v1/facts/${source}/${encodeURIComponent("ann 05-02")}/credits`),
  getFact: each(SOURCES, (source) => `/v1/facts/${source}/${encodeURIComponent("ann 05-02")}`),
  reportFacts: async (world, actor) => {
    const facts = SOURCES.map((source) => ({ ...sale("ann", 10, "05-06"), recordedAt: undefined, source }));
    const { status, json } = await world.call("POST", "/v1/facts:batch", actor, { facts });
    if (status !== 200) return new Set();
    const taken = SOURCES.filter((_source, index) => json.receipts[index].outcome !== "rejected");
    return new Set(taken.map(scopeOf));
  },
  listReservations: async (world, actor) => {
    await world.reservations();
    const { status, json } = await world.call("GET", RESERVATIONS, actor);
    if (status !== 200) return new Set();
    return new Set(
      json.items.map(({ createdBy }: { createdBy: string }) => (createdBy === actor.subject ? "own" : "other")),
    );
  },
  getReservation: reservation("GET"),
  commitReservation: reservation("POST", "/commit"),
  releaseReservation: reservation("POST", "/release"),
};

/** Open to roles that elsewhere see only a part, and the same for whoever may call. */
export const UNSCOPED: Partial<Record<OperationId, string>> = {
  getMe: "it tells of nobody but the caller",
  listMyCampaigns: "campaigns that one takes part in (`test/unit/my-campaigns.test.ts`)",
  getCampaignAbout: "what a campaign is called that one takes part in; others are not there",
  listTargetColumns: "it tells what a plan asks for, of levels and not of anybody",
  requestUpload: "a place for a file of one's own",
  startImport: "of one's own upload; facts only of sources that the token names",
  listImports: "one's own imports; auditors read all",
  getImport: "one's own imports; auditors read all",
  listImportFindings: "one's own imports; auditors read all",
  confirmImport: "one's own imports alone",
  listLimits: "how much is left is no secret among those who reserve",
  openDispute:
    "a payee questions what they are paid, and a manager what units of theirs are: nobody questions anything else",
  withdrawDispute: "only who opened a dispute takes it back",
  reserve: "what is reserved belongs to who reserves it",
};
