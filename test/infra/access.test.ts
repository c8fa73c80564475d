import { describe, expect, test } from "vitest";
import * as z from "zod";
import { FUNCTION_NAMES, type FunctionName } from "#infra/lib/functions.ts";
import { Deployment } from "./deployment.ts";

const deployment = new Deployment();

const READ = ["dynamodb:GetItem", "dynamodb:Query"];
const PUT = "dynamodb:PutItem";
/** In the partitions of limits and of reminders only, as a test below says. */
const RESERVE = ["dynamodb:DeleteItem", "dynamodb:UpdateItem"];
const DURABLE = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"];
const STREAM = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
const REPORT = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"];
const HERE = "<Region>:<AccountId>";
/** With which vendors are asked for orders; what proves deliveries only the intake reads. */
const VENDORS = `arn:<Partition>:secretsmanager:${HERE}:secret:laurel/dev/vendors/*`;

/** What every function may do: write its own log, and send traces, which have no resource to name. */
const EVERY = (name: FunctionName) => ({
  [`/aws/lambda/${name}`]: ["logs:CreateLogStream", "logs:PutLogEvents"],
  "*": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
});

/**
 * Who may do what to what, in full. A line more in a template fails here until it is written down, and then it is seen.
 * Facts are only ever added: no function can delete or update one. Only a settlement can write a payout file.
 */
const MAY: Record<FunctionName, Record<string, readonly string[]>> = {
  api: {
    [VENDORS]: ["secretsmanager:GetSecretValue"],
    plans: ["dynamodb:BatchWriteItem", ...READ, PUT],
    ledger: [...READ, PUT, ...RESERVE],
    facts: [...READ, "dynamodb:Scan", PUT],
    derived: ["dynamodb:DeleteItem", ...READ, PUT],
    FilesBucket: ["s3:ListBucket"],
    "FilesBucket/payouts/*": ["s3:GetObject"],
    "FilesBucket/approvals/*": ["s3:GetObject", "s3:PutObject"],
    "FilesBucket/disputes/*": ["s3:GetObject", "s3:PutObject"],
    "FilesBucket/runs/*": ["s3:GetObject"],
    "FilesBucket/anchors/*": ["s3:GetObject"],
    "FilesBucket/evaluations/*": ["s3:GetObject"],
    "FilesBucket/reconciliations/*/latest.json": ["s3:GetObject"],
    "FilesBucket/reconciliations/*/report.json": ["s3:GetObject"],
    "FilesBucket/uploads/*": ["s3:GetObject", "s3:PutObject"],
    "FilesBucket/imports/*": ["s3:GetObject", "s3:PutObject"],
    "FilesBucket/simulations/*": ["s3:GetObject", "s3:PutObject"],
    "imports:live": ["lambda:InvokeFunction"],
    "settle:live": ["lambda:InvokeFunction"],
    [`arn:<Partition>:lambda:${HERE}:function:settle:*`]: ["lambda:SendDurableExecutionCallbackSuccess"],
    "rebuild:live": ["lambda:InvokeFunction"],
    "reconcile:live": ["lambda:InvokeFunction"],
  },
  intake: {
    facts: [...READ, PUT],
    plans: READ,
    // Its log of deliveries, and nothing else of it, as a test below says.
    derived: [PUT],
    [`arn:<Partition>:secretsmanager:${HERE}:secret:laurel/dev/sources/*`]: ["secretsmanager:GetSecretValue"],
    [VENDORS]: ["secretsmanager:GetSecretValue"],
  },
  reference: {},
  credit: {
    facts: READ,
    "facts.StreamArn": STREAM,
    [`arn:<Partition>:dynamodb:${HERE}:table/facts/stream/*`]: ["dynamodb:ListStreams"],
    derived: ["dynamodb:DeleteItem", ...READ, PUT],
    plans: READ,
    "stream-failures": REPORT,
  },
  rollup: {
    // Beside all its puts, those of days.
    derived: ["dynamodb:BatchWriteItem", ...READ, PUT, PUT],
    "derived.StreamArn": STREAM,
    [`arn:<Partition>:dynamodb:${HERE}:table/derived/stream/*`]: ["dynamodb:ListStreams"],
    plans: READ,
    "stream-failures": REPORT,
  },
  settle: {
    facts: ["dynamodb:Scan", "dynamodb:DescribeTable"],
    plans: [...READ, PUT],
    ledger: ["dynamodb:BatchWriteItem", ...READ, PUT],
    FilesBucket: ["s3:ListBucket"],
    "FilesBucket/runs/*": ["s3:GetObject", "s3:PutObject"],
    "FilesBucket/payouts/*": ["s3:PutObject"],
    [`arn:<Partition>:lambda:${HERE}:function:settle:*`]: DURABLE,
    "job-failures": ["sqs:SendMessage"],
  },
  rebuild: {
    facts: ["dynamodb:DescribeTable", ...READ, "dynamodb:Scan"],
    derived: ["dynamodb:DeleteItem", ...READ, PUT],
    plans: [...READ, PUT],
    [`arn:<Partition>:lambda:${HERE}:function:rebuild:*`]: DURABLE,
    "job-failures": ["sqs:SendMessage"],
  },
  // Of the tables it can only read: what looks cannot mend.
  reconcile: {
    facts: [...READ, "dynamodb:Scan"],
    derived: READ,
    plans: READ,
    FilesBucket: ["s3:ListBucket"],
    "FilesBucket/reconciliations/*": ["s3:GetObject", "s3:PutObject"],
    [`arn:<Partition>:lambda:${HERE}:function:reconcile:*`]: DURABLE,
    "job-failures": ["sqs:SendMessage"],
  },
  imports: {
    facts: [...READ, PUT],
    plans: ["dynamodb:BatchWriteItem", ...READ, PUT],
    ledger: [...READ, PUT],
    FilesBucket: ["s3:ListBucket"],
    "FilesBucket/uploads/*": ["s3:GetObject"],
    "FilesBucket/imports/*": ["s3:GetObject", "s3:PutObject"],
    "FilesBucket/approvals/*": ["s3:PutObject"],
    [`arn:<Partition>:lambda:${HERE}:function:imports:*`]: DURABLE,
    "rebuild:live": ["lambda:InvokeFunction"],
    "job-failures": ["sqs:SendMessage"],
  },
  notify: {
    plans: [...READ, PUT, "dynamodb:DeleteItem"],
    ledger: READ,
    derived: READ,
    FilesBucket: ["s3:ListBucket"],
    "FilesBucket/reconciliations/*/latest.json": ["s3:GetObject"],
    Events: ["events:PutEvents"],
    [`arn:<Partition>:secretsmanager:${HERE}:secret:laurel/dev/channels/*`]: ["secretsmanager:GetSecretValue"],
  },
  clock: {
    facts: [...READ, "dynamodb:Scan"],
    plans: [...READ, PUT],
    ledger: [...READ, PUT, ...RESERVE],
    derived: ["dynamodb:BatchWriteItem", ...READ, PUT],
    FilesBucket: ["s3:ListBucket"],
    "FilesBucket/anchors/*": ["s3:GetObject", "s3:PutObject"],
    "FilesBucket/evaluations/*": ["s3:PutObject"],
    "FilesBucket/reconciliations/*/latest.json": ["s3:GetObject"],
    "settle:live": ["lambda:InvokeFunction"],
    [`arn:<Partition>:lambda:${HERE}:function:settle:*`]: ["lambda:SendDurableExecutionCallbackSuccess"],
    "rebuild:live": ["lambda:InvokeFunction"],
    "reconcile:live": ["lambda:InvokeFunction"],
  },
};

const oneOrMany = z.unknown().transform((value) => (Array.isArray(value) ? value : [value]));
const policySchema = z.looseObject({
  PolicyDocument: z.looseObject({
    Statement: z.array(z.looseObject({ Effect: z.string(), Action: oneOrMany, Resource: oneOrMany })),
  }),
  Roles: z.array(z.object({ Ref: z.string() })).default([]),
});

const policies = deployment.resources("AWS::IAM::Policy").map(({ properties, stack }) => ({
  stack,
  ...policySchema.parse(properties),
}));

/** All that a function's role may do: resource → actions. */
function allowedTo(name: FunctionName): Record<string, string[]> {
  const lambda = deployment.resources("AWS::Lambda::Function").find((found) => deployment.nameOf(found) === name);
  const role = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }).parse(lambda?.properties.Role);
  const [roleId] = role["Fn::GetAtt"];
  const allowed: Record<string, string[]> = {};
  for (const { stack, PolicyDocument, Roles } of policies) {
    if (stack !== lambda?.stack || !Roles.some(({ Ref }) => Ref === roleId)) continue;
    for (const { Effect, Action, Resource } of PolicyDocument.Statement) {
      expect(Effect).toBe("Allow");
      for (const resource of Resource) {
        const name = deployment.read(resource, stack);
        allowed[name] = [...(allowed[name] ?? []), ...Action.map((action) => z.string().parse(action))];
      }
    }
  }
  return Object.fromEntries(Object.entries(allowed).map(([resource, actions]) => [resource, actions.sort()]));
}

describe("least privilege", () => {
  test.each(FUNCTION_NAMES)("%s may do what the table says, and nothing else", (name) => {
    const expected = Object.entries({ ...EVERY(name), ...MAY[name] }).map(([to, actions]) => [to, [...actions].sort()]);
    expect(allowedTo(name)).toEqual(Object.fromEntries(expected));
  });

  // A managed policy or one inside the role would pass by the walk above.
  test("roles have no permissions but those policies", () => {
    for (const { id, properties } of deployment.resources("AWS::IAM::Role")) {
      expect(Object.keys(properties).sort(), id).not.toContain("ManagedPolicyArns");
      expect(Object.keys(properties).sort(), id).not.toContain("Policies");
    }
    expect(deployment.resources("AWS::IAM::ManagedPolicy")).toEqual([]);
  });

  test("no action is a wildcard", () => {
    const actions = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
    expect(actions.filter((action) => String(action).includes("*"))).toEqual([]);
  });

  test("of the ledger nothing is updated but what limits have left, and nothing deleted but reminders", () => {
    const partitions = policies.flatMap(({ stack, PolicyDocument }) =>
      PolicyDocument.Statement.filter(({ Resource }) =>
        Resource.some((resource) => deployment.read(resource, stack) === "ledger"),
      )
        .filter(({ Action }) => Action.some((action) => RESERVE.includes(String(action))))
        .map(({ Action, Condition }) => [Action, Condition]),
    );
    const only = (pattern: string) => ({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [pattern] } });
    const each = [
      [["dynamodb:UpdateItem"], only("limits#*")],
      [["dynamodb:DeleteItem"], only("due#*")],
    ];
    // The api and the clock.
    expect(partitions).toEqual([...each, ...each]);
  });

  test("of derived data the intake writes its log of deliveries only, and the clock how days ended", () => {
    const within = (partitions: string) =>
      policies.flatMap(({ stack, PolicyDocument }) =>
        PolicyDocument.Statement.filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes(partitions)).map(
          ({ Action, Resource }) => [Action, Resource.map((resource) => deployment.read(resource, stack))],
        ),
      );
    expect(within("deliveries#*")).toEqual([[["dynamodb:PutItem"], ["derived"]]]);
    // The roll-up, which may put all the rest too, and the clock.
    const days = [["dynamodb:PutItem", "dynamodb:BatchWriteItem"], ["derived"]];
    expect(within("days#*")).toEqual([days, days]);
  });

  test("the scheduler may call the clock and the notifier and report a lost tick, for this account only", () => {
    const schedulers = deployment
      .resources("AWS::IAM::Role")
      .filter(({ properties }) => JSON.stringify(properties).includes("scheduler.amazonaws.com"));
    const allowed = schedulers.map(({ id, stack, properties }) => {
      expect(JSON.stringify(properties)).toContain('"aws:SourceAccount"');
      return policies
        .filter(({ Roles, stack: where }) => where === stack && Roles.some(({ Ref }) => Ref === id))
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
        .map(({ Action, Resource }) => [Action, Resource.map((resource) => deployment.read(resource, stack))]);
    });
    expect(allowed).toHaveLength(2);
    for (const name of ["clock", "notify"]) {
      expect(allowed).toContainEqual([
        [["lambda:InvokeFunction"], [name]],
        [["sqs:SendMessage"], ["job-failures"]],
      ]);
    }
  });

  test("beside the plans the notifier writes the outbox only", () => {
    const statements = policies.flatMap(({ stack, PolicyDocument }) =>
      PolicyDocument.Statement.filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes("outbox#*")).map(
        ({ Action, Resource }) => [Action, Resource.map((resource) => deployment.read(resource, stack))],
      ),
    );
    expect(statements).toEqual([[["dynamodb:PutItem", "dynamodb:DeleteItem"], ["plans"]]]);
  });

  test("only our own HTTP API may call a function from outside", () => {
    for (const { properties } of deployment.resources("AWS::Lambda::Permission")) {
      expect(properties).toMatchObject({ Principal: "apigateway.amazonaws.com", SourceArn: expect.anything() });
    }
  });
});
