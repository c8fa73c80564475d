import { Code } from "aws-cdk-lib/aws-lambda";
import * as z from "zod";
import { buildApp } from "#infra/lib/app.ts";
import type { ConsoleFiles } from "#infra/lib/console-site.ts";

// checks.test.ts has CDK validate the templates; here it would only make each file a second slower.
process.env.CDK_VALIDATION = "false";

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z
    .record(z.string(), z.looseObject({ Value: z.unknown(), Export: z.looseObject({ Name: z.string() }).optional() }))
    .default({}),
});
type Template = z.infer<typeof templateSchema>;

export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
}

/** The properties after which a resource is called, of those types whose names matter in the tests. */
const NAME_PROPERTIES: Record<string, string> = {
  "AWS::DynamoDB::Table": "TableName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::SNS::Topic": "TopicName",
};

/** The synthesised templates, with their references readable: `facts` for a table's name or ARN, `facts.StreamArn` for its stream. */
export class Deployment {
  readonly text: string;
  readonly #templates: Map<string, Template>;
  readonly #prefix: string;

  /** Synthesises with a line of code in place of the bundles: what is asserted here does not depend on the code. */
  constructor(environment: Readonly<Record<string, string>> = {}, console?: ConsoleFiles) {
    const codeOf = () => Code.fromInline("export const handler = () => {};");
    const { app, settings } = buildApp(codeOf, environment, {}, console);
    const assembly = app.synth();
    this.#templates = new Map(assembly.stacks.map((stack) => [stack.stackName, templateSchema.parse(stack.template)]));
    this.text = JSON.stringify(assembly.stacks.map((stack) => stack.template));
    this.#prefix = `laurel-${settings.stage}-`;
  }

  resources(type: string): Resource[] {
    return this.all().filter((resource) => resource.type === type);
  }

  all(): Resource[] {
    return [...this.#templates].flatMap(([stack, { Resources }]) =>
      Object.entries(Resources).map(([id, resource]) => ({
        stack,
        id,
        type: resource.Type,
        properties: resource.Properties,
        deletionPolicy: resource.DeletionPolicy,
        updateReplacePolicy: resource.UpdateReplacePolicy,
      })),
    );
  }

  /** What a resource is called, without the deployment's prefix. */
  nameOf({ type, id, properties }: Resource): string {
    const name = properties[NAME_PROPERTIES[type] ?? ""];
    return typeof name === "string" ? name.replace(this.#prefix, "") : id.replace(/[0-9A-F]{8}$/, "");
  }

  /** A value with its references followed, across stacks too. */
  read(value: unknown, stack: string): string {
    if (typeof value === "string") return value.replaceAll(this.#prefix, "");
    const [[kind, argument] = ["", undefined]] = Object.entries(z.record(z.string(), z.unknown()).parse(value));
    if (kind === "Ref") return this.#referred(z.string().parse(argument), stack);
    if (kind === "Fn::GetAtt") {
      const [id, attribute] = z.tuple([z.string(), z.string()]).parse(argument);
      return this.#referred(id, stack) + (attribute === "Arn" ? "" : `.${attribute}`);
    }
    if (kind === "Fn::Join") {
      const [separator, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(argument);
      return parts.map((part) => this.read(part, stack)).join(separator);
    }
    if (kind === "Fn::ImportValue") return this.#imported(z.string().parse(argument));
    throw new Error(`a kind of reference that these tests cannot read: ${JSON.stringify(value)}`);
  }

  #referred(id: string, stack: string): string {
    if (id.startsWith("AWS::")) return `<${id.replace("AWS::", "")}>`;
    const resource = this.all().find((candidate) => candidate.stack === stack && candidate.id === id);
    if (!resource) throw new Error(`${stack} refers to ${id}, which it does not have`);
    if (resource.type !== "AWS::Lambda::Alias") return this.nameOf(resource);
    return `${this.read(resource.properties.FunctionName, stack)}:${resource.properties.Name}`;
  }

  #imported(name: string): string {
    for (const [stack, { Outputs }] of this.#templates) {
      const output = Object.values(Outputs).find((candidate) => candidate.Export?.Name === name);
      if (output) return this.read(output.Value, stack);
    }
    throw new Error(`nothing exports ${name}`);
  }
}
