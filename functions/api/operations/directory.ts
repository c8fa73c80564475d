import type { SourceFile } from "#adapters/files/source-file.ts";
import type { TargetColumn } from "#app/campaigns/target-columns.ts";
import type { ImportReport } from "#app/directory/import-rows.ts";
import { listPeople, listTargets, listUnits, readPerson } from "#app/directory/read-directory.ts";
import { directoryRoutes as routes } from "#contracts/routes/directory.ts";
import { type Membership, membershipSchema, type OrgUnit, orgUnitSchema } from "#domain/org.ts";
import { type Target, targetSchema } from "#domain/target.ts";
import type { Person } from "#ports/plan-store.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { importRequest, type RowReader } from "../import-request.ts";
import { itself, pageView } from "../pages.ts";

/** Loaded when a file is imported: few calls do. The text came in a request, so it is UTF-8 whatever the file was. */
async function readersAndTable(file: SourceFile) {
  const [readers, { readRawTable }] = await Promise.all([
    import("#adapters/files/import-rows.ts"),
    import("#adapters/files/read-table.ts"),
  ]);
  return { readers, table: await readRawTable(file, { encoding: "utf-8" }) };
}

const UNITS: RowReader<OrgUnit> = {
  schema: orgUnitSchema,
  key: "unit",
  fileName: "orgs.csv",
  readFile: async (file) => {
    const { readers, table } = await readersAndTable(file);
    return readers.unitRows(table);
  },
};
const PEOPLE: RowReader<Membership> = {
  schema: membershipSchema,
  key: "participantId",
  fileName: "people.csv",
  readFile: async (file) => {
    const { readers, table } = await readersAndTable(file);
    return readers.membershipRows(table);
  },
};
const TARGETS: RowReader<Target> = {
  schema: targetSchema,
  key: "subject",
  fileName: "targets.csv",
  readFile: async (file) => {
    const { readers, table } = await readersAndTable(file);
    return readers.targetRows(table);
  },
};

/** What an import changes is worked out by the rules of campaigns: they are loaded with the first import. */
export function directoryOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    importOrgUnits: operation(routes.importOrgUnits, async ({ actor, query, body }) => {
      const { importUnits } = await import("#app/directory/import-units.ts");
      return reportReply(await importUnits(deps, actor, await importRequest(UNITS, body, query.goodRowsOnly)));
    }),

    listOrgUnits: operation(routes.listOrgUnits, async ({ actor, query }) => ({
      json: pageView(await listUnits(deps, actor, query), itself),
    })),

    importPeople: operation(routes.importPeople, async ({ actor, query, body }) => {
      const { importPeople } = await import("#app/directory/import-people.ts");
      return reportReply(await importPeople(deps, actor, await importRequest(PEOPLE, body, query.goodRowsOnly)));
    }),

    listPeople: operation(routes.listPeople, async ({ actor, query }) => ({
      json: pageView(await listPeople(deps, actor, query), personView),
    })),

    getPerson: operation(routes.getPerson, async ({ actor, params }) => ({
      json: personView(await readPerson(deps, actor, params.participantId)),
    })),

    importTargets: operation(routes.importTargets, async ({ actor, params, query, body, seenRevision }) => {
      const { importTargets } = await import("#app/campaigns/import-targets.ts");
      const rows = await importRequest(TARGETS, body, query.goodRowsOnly);
      const removed = "removed" in body ? body.removed : [];
      const request = { ...rows, removed, dryRun: query.dryRun };
      return reportReply(await importTargets(deps, actor, params.campaign, request, seenRevision));
    }),

    listTargets: operation(routes.listTargets, async ({ actor, params, query }) => {
      const { revision, ...page } = await listTargets(deps, actor, params.campaign, query);
      return { json: { ...pageView(page, itself), revision } };
    }),

    listTargetColumns: operation(routes.listTargetColumns, async ({ params }) => {
      const { listTargetColumns } = await import("#app/campaigns/target-columns.ts");
      const columns = await listTargetColumns(deps, params.campaign);
      const askers = ({ asked }: TargetColumn) =>
        asked.map(({ roles, ...asker }) => ({ ...asker, ...(roles === undefined ? {} : { roles: [...roles] }) }));
      return { json: { items: columns.map((column) => ({ ...column, asked: askers(column) })) } };
    }),
  };
}

/** Findings that are listed; the counts tell of all. */
const FINDINGS_SHOWN = 500;

function reportReply({ recrediting, preview, ...report }: ImportReport) {
  return {
    json: {
      ...report,
      ...(preview === undefined ? {} : { needsApproval: preview.needsApproval }),
      findings: report.findings.slice(0, FINDINGS_SHOWN),
      rebuilding: [...report.rebuilding],
      ...(recrediting === undefined ? {} : { recrediting: [...recrediting] }),
    },
  };
}

function personView({ participantId, memberships }: Person) {
  return { participantId, memberships: [...memberships] };
}
