import { describe, expect, it } from "vitest";
import { openApiDocument, refusalsOf } from "#contracts/openapi.ts";
import { PROBLEM_KINDS } from "#contracts/problem-details.ts";
import type { Route } from "#contracts/route.ts";
import { apiRoutes, routes } from "#contracts/routes.ts";
import { ROLES } from "#domain/actor.ts";

const table: Readonly<Record<string, Route>> = routes;
const operations = Object.entries(table);

describe("route table", () => {
  it("names every operation and every method with path once", () => {
    const calls = operations.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(calls).size).toBe(calls.length);
    expect(operations.length).toBeGreaterThan(35);
  });

  it.each(operations)("%s says who may call it", (_id, { access }) => {
    if (access === "public" || access === "signature") return;
    expect(access.length).toBeGreaterThan(0);
    for (const role of access) expect(ROLES).toContain(role);
  });

  it.each(operations)("%s reads exactly the parameters of its path", (_id, { path, params }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const unknown = params.safeParse(Object.fromEntries([...inPath, "surplus"].map((name) => [name, ""])));
    const complained = unknown.error?.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" ? issue.keys : issue.path.map(String),
    );
    expect(complained).toEqual(expect.arrayContaining(["surplus"]));
    for (const name of complained ?? []) expect([...inPath, "surplus"]).toContain(name);
  });

  it.each(operations)("%s shows examples that its own schemas accept", (_id, { body, success }) => {
    if (body.media.length > 0) {
      expect((body.documented ?? body.schema).safeParse(body.example)).toMatchObject({ success: true });
      expect(body.schema.safeParse(body.example)).toMatchObject({ success: true });
      if (body.media.includes("text/csv")) expect(body.csvExample).toContain("\n");
    }
    if (success.example !== undefined) {
      expect(success.schema.safeParse(success.example)).toMatchObject({ success: true });
    }
  });

  it("lets nobody change anything without a role", () => {
    for (const [id, { method, access }] of operations) {
      if (method !== "GET") expect(access, id).not.toBe("public");
    }
  });

  it("gives webhooks to a function of their own", () => {
    expect(Object.keys(apiRoutes)).not.toContain("receiveWebhook");
    expect(Object.keys(routes)).toContain("receiveWebhook");
  });
});

describe("OpenAPI document", () => {
  const document = openApiDocument();
  const described = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (["get", "post", "put"] as const).flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );

  it("is of version 3.1 and survives JSON", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it("describes every route, each with its own operation id", () => {
    expect(described.map(({ operation }) => operation.operationId).sort()).toEqual(Object.keys(routes).sort());
    for (const { path, method, operation } of described) {
      const route = table[operation.operationId ?? ""];
      expect({ path, method }).toEqual({ path: route?.path, method: route?.method.toLowerCase() });
    }
  });

  it("resolves every reference", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
    expect(references.length).toBeGreaterThan(100);
    for (const reference of new Set(references)) expect(resolve(document, reference ?? ""), reference).toBeDefined();
  });

  it("declares every parameter of a path, and no other in it", () => {
    for (const { path, operation } of described) {
      const declared = (operation.parameters ?? []).flatMap((parameter) =>
        "in" in parameter && parameter.in === "path" ? [parameter.name] : [],
      );
      expect(declared.sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
    }
  });

  it("tells how to be let in, and what is answered otherwise", () => {
    for (const { operation } of described) {
      const route = table[operation.operationId ?? ""];
      if (route === undefined) throw new Error("an operation without a route");
      const scheme = route.access === "public" ? [] : [route.access === "signature" ? "signature" : "bearer"];
      expect(operation.security?.flatMap((requirement) => Object.keys(requirement))).toEqual(scheme);
      expect(operation.tags).toEqual([route.tag]);
      const statuses = [route.success.status, ...refusalsOf(route).map((kind) => PROBLEM_KINDS[kind].status)];
      expect(Object.keys(operation.responses ?? {}).sort()).toEqual(statuses.map(String).sort());
    }
  });

  it("shows the signature's headers of a webhook", () => {
    const webhook = described.find(({ operation }) => operation.operationId === "receiveWebhook")?.operation;
    const headers = webhook?.parameters?.flatMap((one) => ("in" in one && one.in === "header" ? [one.name] : []));
    expect(headers).toEqual(["webhook-id", "webhook-timestamp", "webhook-signature"]);
  });
});

/** What a reference inside the document points at. */
function resolve(document: unknown, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let value = document;
  for (const step of reference.slice(2).split("/")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"));
  }
  return value;
}
