import { readStatement } from "#app/settlement/read-ledger.ts";
import { statementRoutes as routes } from "#contracts/routes/statements.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { asksForFile, fileReply } from "../exports.ts";

/** The sentences of every step, in two languages, are loaded when a statement is first told in words. */
export function statementOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    getStatement: operation(routes.getStatement, async ({ actor, params, query }) => {
      const payee = { kind: params.payeeKind, id: params.payeeId };
      const statement = await readStatement(deps, actor, params.campaign, payee, query.run);
      if (query.format === "json") return { json: statement };
      if (asksForFile(query)) {
        const name = `statement-${payee.kind}-${payee.id}`;
        return fileReply(name, query, (tables, options) => tables.statementFile(statement, options));
      }
      const { tellStatement } = await import("#app/statements/tell-statement.ts");
      const text = await tellStatement(deps, statement, query.lang);
      return { bytes: new TextEncoder().encode(text), contentType: "text/plain; charset=utf-8" };
    }),
  };
}
