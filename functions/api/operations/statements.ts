import { listStatements, readStatement } from "#app/settlement/read-ledger.ts";
import { statementRoutes as routes } from "#contracts/routes/statements.ts";
import type { Statement } from "#domain/run.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { asksForFile, fileReply } from "../exports.ts";
import { itself, pageView } from "../pages.ts";

/** The sentences of every step, in two languages, are loaded when a statement is first told in words. */
export function statementOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  const told = async (statement: Statement, lang: "en" | "zh") => {
    const [{ toldStatement }, { disputableUntil, notAwardedId }] = await Promise.all([
      import("#app/statements/told-statement.ts"),
      import("#app/disputes/disputable-until.ts"),
    ]);
    const [words, until] = await Promise.all([toldStatement(deps, statement, lang), disputableUntil(deps, statement)]);
    const dated = <T extends { readonly lineId: string }>(line: T) => {
      const disputable = until.get(line.lineId);
      return disputable === undefined ? line : { ...line, disputableUntil: disputable };
    };
    const notAwarded = words.notAwarded.map((missed) => dated({ ...missed, lineId: notAwardedId(missed) }));
    return { ...words, lines: words.lines.map(dated), notAwarded };
  };
  return {
    listStatements: operation(routes.listStatements, async ({ actor, params, query }) => {
      const payee = { kind: params.payeeKind, id: params.payeeId };
      return { json: pageView(await listStatements(deps, actor, params.campaign, payee, query), itself) };
    }),

    getStatement: operation(routes.getStatement, async ({ actor, params, query }) => {
      const payee = { kind: params.payeeKind, id: params.payeeId };
      const statement = await readStatement(deps, actor, params.campaign, payee, query.run);
      if (query.format === "json")
        return { json: query.told === "true" ? await told(statement, query.lang) : statement };
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
