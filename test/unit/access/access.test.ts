import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "#domain/actor.ts";
import { PROBES, UNSCOPED } from "./probes.ts";
import { accessDocument, type Seen, signedIn, type Walked, walk } from "./walk.ts";

const DOCUMENT = new URL("../../../shared/docs/ACCESS.md", import.meta.url);
const HOW = "look whether its access is right, then run `npx vitest run --project unit test/unit/access -u`";

/** Roles that see a part of what others see whole. */
const NARROW: readonly Role[] = ["branch-manager", "seller", "integrator"];

/** What an auditor may call though it is no GET: questions that change nothing. */
const QUESTIONS = ["simulatePlan", "askWhatIf"];

describe("who may do what", () => {
  let walked: Walked;
  const seenBy = (id: string, role: Role): Seen => {
    const seen = walked.get(id)?.get(role);
    if (seen === undefined) throw new Error(`${id} was not walked as ${role}`);
    return seen;
  };

  beforeAll(async () => {
    walked = await walk();
    // Every route as every role, some of them for everybody there is: on a busy machine that is long.
  }, 60_000);

  it.each(signedIn)(
    "%s says how it shows what a narrow role sees, or why there is nothing to show",
    (id, { access }) => {
      const isNarrow = NARROW.some((role) => access.includes(role));
      const isTold = PROBES[id] !== undefined || UNSCOPED[id] !== undefined;
      const how = `${id} is open to one of ${NARROW.join(", ")}: add it to PROBES (or UNSCOPED) of test/unit/access/probes.ts`;
      expect(isTold || !isNarrow, how).toBe(true);
    },
  );

  it.each(signedIn)("%s lets in the roles that it names, and no other", (id, { access }) => {
    for (const [role, { refused, scopes }] of walked.get(id) ?? []) {
      expect(refused, `${id} as ${role}`).toBe(!access.includes(role));
      if (refused) expect([...(scopes ?? [])], `${id} as ${role} is refused and still sees`).toEqual([]);
    }
  });

  it("finds something of everybody in each listing, or a narrow role would look whole", () => {
    for (const id of Object.keys(PROBES)) {
      const universe = new Set([...(walked.get(id)?.values() ?? [])].flatMap(({ scopes }) => [...(scopes ?? [])]));
      if (id !== "reportFacts")
        expect(
          [...universe].some((scope) => scope.startsWith("other")),
          id,
        ).toBe(true);
      expect(universe.size, id).toBeGreaterThan(id === "reportFacts" ? 0 : 1);
    }
  });

  it("lets a seller see nobody else, a manager no other unit, an integrator no other source", () => {
    for (const id of Object.keys(PROBES)) {
      const others = (role: Role) =>
        [...(seenBy(id, role).scopes ?? [])].filter((scope) => !OWN[role]?.includes(scope));
      for (const role of NARROW) expect(others(role), `${id} as ${role}`).toEqual([]);
    }
  });

  it("lets an auditor read everything that is not a system's, and change nothing", () => {
    for (const [id, { method }] of signedIn) {
      const { refused, status } = seenBy(id, "auditor");
      if (method === "GET") expect(refused, id).toBe(false);
      else if (QUESTIONS.includes(id)) expect(refused, id).toBe(false);
      else expect({ refused, status }, id).toEqual({ refused: true, status: 403 });
    }
  });

  it("keeps those who run the platform away from pay, and those who make campaigns from approving", () => {
    for (const id of ["approveRun", "rejectRun", "getStatement", "listLines", "listPayouts", "getPayoutFile"]) {
      expect(seenBy(id, "administrator").refused, id).toBe(true);
    }
    for (const id of ["approveRun", "rejectRun"]) expect(seenBy(id, "marketing").refused, id).toBe(true);
  });

  it("is what shared/docs/ACCESS.md says", async () => {
    const written = readFileSync(DOCUMENT, "utf8");
    const missing = signedIn.map(([id]) => id).filter((id) => !written.includes(`| \`${id}\` |`));
    const what = missing.length > 0 ? `not in shared/docs/ACCESS.md: ${missing.join(", ")}` : "a cell has changed";
    await expect(accessDocument(walked), `${what}: ${HOW}`).toMatchFileSnapshot(DOCUMENT.pathname);
  });
});

const OWN: Readonly<Partial<Record<Role, readonly string[]>>> = {
  "branch-manager": ["self", "own unit"],
  seller: ["self"],
  integrator: ["own source", "own"],
};
