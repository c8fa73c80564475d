import * as z from "zod";
import { ROLES } from "#domain/actor.ts";
import { EVERYBODY } from "../access.ts";
import { noBody, none, route } from "../route.ts";

export const meSchema = z.strictObject({
  subject: z.string().describe("What the audit calls the caller; of a seller the participant id"),
  name: z.string().optional(),
  client: z.string().optional().describe("The application that the token was given to"),
  roles: z.array(z.enum(ROLES)),
  units: z.array(z.string()).describe("Units whose people and figures a branch manager sees, with all below them"),
  sources: z.array(z.string()).describe("Sources whose facts an integrator may report"),
  operations: z.array(z.string()).describe("Ids of the operations that at least one of the roles opens"),
});

export const meRoutes = {
  getMe: route({
    method: "GET",
    path: "/v1/me",
    tag: "Service",
    summary: "Tell who I am and what I may do",
    description:
      "As the token says it. An operation that is listed is open to the caller, who may still see only a part inside it: " +
      "own units, own sources, the own statement.",
    access: EVERYBODY,
    params: none,
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "The caller",
      schema: meSchema.meta({ id: "Me" }),
      example: {
        subject: "a-nanchang-001",
        name: "Du Siyuan 杜思远",
        roles: ["seller"],
        units: [],
        sources: [],
        operations: ["askWhatIf", "getBoards", "getMe", "getStatement"],
      },
    },
    refusals: [],
  }),
};
