import * as z from "zod";
import { planSchema } from "#domain/plan/plan.ts";
import { type Command, EXIT_OK } from "./command.ts";
import { readFlags } from "./flags.ts";

export const schemaCommand: Command = {
  summary: "print the JSON Schema of plans",
  usage: "laurel schema\n",
  run(args, terminal) {
    const { help } = readFlags(args, []);
    const schema = z.toJSONSchema(planSchema, { io: "input" });
    terminal.out(help ? `usage: ${this.usage}` : `${JSON.stringify(schema, null, 2)}\n`);
    return EXIT_OK;
  },
};
