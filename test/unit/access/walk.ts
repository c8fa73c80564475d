import type { Route } from "#contracts/route.ts";
import { type OperationId, routes } from "#contracts/routes.ts";
import { ROLES, type Role } from "#domain/actor.ts";
import type { Answer } from "../api-harness.ts";
import { PROBES, UNSCOPED } from "./probes.ts";
import { AccessWorld, actorOf, type Scope } from "./world.ts";

const table: Readonly<Record<string, Route>> = routes;

/** What became of one role at one route. */
export interface Seen {
  /** Refused because of the role. */
  readonly refused: boolean;
  readonly status: number;
  /** Undefined where nothing is scoped. */
  readonly scopes?: ReadonlySet<Scope>;
}

export type Walked = ReadonlyMap<string, ReadonlyMap<Role, Seen>>;

export const signedIn: readonly (readonly [id: OperationId, route: Route])[] = entries().filter(
  ([, { access }]) => typeof access !== "string",
);
export const withoutRole = entries().filter(([, { access }]) => typeof access === "string");

function entries(): (readonly [OperationId, Route])[] {
  const isId = (id: string): id is OperationId => id in routes;
  return Object.entries(table).flatMap(([id, route]) => (isId(id) ? [[id, route] as const] : []));
}

/** Calls every route as every role through the real handler with real tokens; what reads goes first, while nothing has changed. */
export async function walk(): Promise<Walked> {
  const world = await AccessWorld.create();
  const walked = new Map<string, Map<Role, Seen>>();
  const readsFirst = [...signedIn].sort(([, a], [, b]) => Number(a.method !== "GET") - Number(b.method !== "GET"));
  for (const [id, route] of readsFirst) {
    const seen = new Map<Role, Seen>();
    for (const role of ROLES) seen.set(role, await look(world, id, route, role));
    walked.set(id, seen);
  }
  return walked;
}

async function look(world: AccessWorld, id: OperationId, route: Route, role: Role): Promise<Seen> {
  const answer = await plainCall(world, route, role);
  const scopes = await PROBES[id]?.(world, actorOf(role));
  return { refused: isRefusedByRole(answer), status: answer.status, ...(scopes ? { scopes } : {}) };
}

/** The call as the reference shows it. It need not succeed: only whether the role is let in is looked at. */
function plainCall({ harness, run }: AccessWorld, { method, path, body, ifMatch }: Route, role: Role): Promise<Answer> {
  const values: Readonly<Record<string, string>> = {
    campaign: "small",
    runId: run.split("/").at(-1) ?? "",
    version: "1",
    source: "pos",
    kind: "stock",
    limit: "coffee",
  };
  const target = path.replaceAll(/\{(\w+)\}/g, (_found, name: string) => values[name] ?? "x");
  return harness.call(method, target, {
    as: actorOf(role),
    ...(body.media.length > 0 ? { body: body.example } : {}),
    ...(ifMatch === true ? { headers: { "if-match": '"999"' } } : {}),
  });
}

function isRefusedByRole({ status, json }: Answer): boolean {
  return status === 403 && json.problems?.[0]?.code === "role";
}

const TITLES: Readonly<Record<Role, string>> = {
  administrator: "Administrator",
  marketing: "Marketing",
  approver: "Approver",
  "branch-manager": "Branch manager",
  seller: "Seller",
  auditor: "Auditor",
  integrator: "Integrator",
};

/** One row of the table, as it was measured. */
export function rowOf(id: OperationId, { method, path }: Route, seen: ReadonlyMap<Role, Seen>): string {
  const universe = new Set([...seen.values()].flatMap(({ scopes }) => [...(scopes ?? [])]));
  const cells = ROLES.map((role) => cellOf(seen.get(role), universe));
  return `| \`${id}\` | \`${method} ${path}\` | ${cells.join(" | ")} |`;
}

function cellOf(seen: Seen | undefined, universe: ReadonlySet<Scope>): string {
  if (seen === undefined || seen.refused) return "–";
  if (seen.scopes === undefined) return "yes";
  if (seen.scopes.size === universe.size && [...universe].some((scope) => scope.startsWith("other"))) return "all";
  if (seen.scopes.size === 0) return "nothing";
  const scopes = [...seen.scopes].sort().join(", ");
  return SHORT[scopes] ?? scopes;
}

const SHORT: Readonly<Record<string, string>> = {
  "own unit": "own units",
  "own unit, self": "own units",
  "own source": "own sources",
};

/** The document: the rows by subject, and what needs no role. */
export function accessDocument(walked: Walked): string {
  const head = `| Operation | Call | ${ROLES.map((role) => TITLES[role]).join(" | ")} |\n|---|---|${ROLES.map(() => "---|").join("")}`;
  const subjects = Map.groupBy(signedIn, ([, { tag }]) => tag);
  const tables = [...subjects].map(([tag, members]) => {
    const rows = members.map(([id, route]) => rowOf(id, route, walked.get(id) ?? new Map()));
    return `### ${tag}\n\n${head}\n${rows.join("\n")}\n`;
  });
  return `${INTRODUCTION}\n${tables.join("\n")}\n## Without a role\n\n${withoutRole.map(openLine).join("\n")}\n\n## The same for whoever may call\n\n${Object.entries(
    UNSCOPED,
  )
    .map(([id, why]) => `- \`${id}\`: ${why}`)
    .join("\n")}\n`;
}

function openLine([id, { method, path, access }]: readonly [string, Route]): string {
  const who = access === "signature" ? "a registered source, by its signature over the bytes" : "anybody";
  return `- \`${id}\`, \`${method} ${path}\`: ${who}`;
}

const INTRODUCTION = `# Who may do what

This file is written by a test and checked by it (\`test/unit/access\`): every route is called as every role, through the real handler with
real tokens, in a world that has people, units, sources and reservations of one's own and of others. What is written here is what was seen.

| role | does |
|---|---|
| administrator | runs the platform: organisation, people, sources, what got stuck. Sees no pay and decides about none, makes no campaigns |
| marketing | makes campaigns and targets, asks for runs |
| approver | finance: decides about runs that somebody else asked for and whose plan somebody else published; fetches payout files |
| branch manager | reads the figures of the own units with all below them |
| seller | reads the own statement, asks what more sales would bring, sees boards as the plan's \`boards\` allows |
| auditor | reads everything, changes nothing |
| integrator | a system: reports the facts of its own sources, reserves what is limited |

Who does two jobs has two roles. Inside a route only those roles count that open it: an administrator who also sells sees one statement,
the own. Where a role comes from is told in [the infrastructure](../../infra/README.md).

\`–\` refused · \`yes\` allowed · \`all\` sees or touches everybody's · \`own units\`, \`self\`, \`own sources\`, \`own\`: only that.
An operation that the auditor may call and that is no \`GET\` asks a question and stores nothing.

**To add a route**, give it an \`access\` from \`shared/contracts/access.ts\`. If a branch manager, a seller or an integrator may call it, say in
\`test/unit/access/probes.ts\` how it shows what they see. Then write this file anew and look at the difference, which is what is reviewed:

\`\`\`
npx vitest run --project unit test/unit/access -u
\`\`\`

**To add a role**, name it in \`ROLES\` of \`shared/domain/actor.ts\`, put it into the lists of \`shared/contracts/access.ts\` that it needs, give it a
person in \`infra/local/people.ts\`, and do the same.

## By role
`;
