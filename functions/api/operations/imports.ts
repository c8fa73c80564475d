import { listFindings, listImports, readImport } from "#app/imports/read-import.ts";
import { confirmImport, requestUpload, startImport } from "#app/imports/request-import.ts";
import { importRoutes as routes } from "#contracts/routes/imports.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { itself, pageView } from "../pages.ts";

export function importOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    requestUpload: operation(routes.requestUpload, async ({ actor, body }) => {
      const { upload, link } = await requestUpload(deps, actor, body);
      return { json: { ...upload, put: { ...link, headers: { ...link.headers } } } };
    }),

    startImport: operation(routes.startImport, async ({ actor, body }) => {
      const json = await startImport(deps, actor, body);
      return { json, location: `/v1/imports/${json.id}` };
    }),

    listImports: operation(routes.listImports, async ({ actor, query }) => ({
      json: pageView(await listImports(deps, actor, query), itself),
    })),

    getImport: operation(routes.getImport, async ({ actor, params }) => ({
      json: await readImport(deps, actor, params.import),
    })),

    listImportFindings: operation(routes.listImportFindings, async ({ actor, params, query }) => ({
      json: pageView(await listFindings(deps, actor, params.import, query), itself),
    })),

    confirmImport: operation(routes.confirmImport, async ({ actor, params }) => {
      const json = await confirmImport(deps, actor, params.import);
      return { json, location: `/v1/imports/${json.id}` };
    }),
  };
}
