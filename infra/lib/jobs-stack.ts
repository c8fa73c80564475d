import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { STREAM_FILTERS } from "#adapters/dynamodb/table.ts";
import { giveDays, giveFiles, giveReservations, giveTable } from "./access.ts";
import { DurableJob } from "./constructs/durable-job.ts";
import { FailureQueue } from "./constructs/failure-queue.ts";
import { type CodeOf, LaurelFunction } from "./constructs/laurel-function.ts";
import { MinuteSchedule } from "./constructs/minute-schedule.ts";
import { StreamWorker } from "./constructs/stream-worker.ts";
import type { DataStack } from "./data-stack.ts";
import { importLimitVariables, type Settings } from "./settings.ts";

export interface JobsStackProps extends StackProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly data: DataStack;
}

/** Everything that runs apart from a request: the workers on the streams, the long jobs, and the clock that starts them. */
export class JobsStack extends Stack {
  readonly credit: LaurelFunction;
  readonly rollup: LaurelFunction;
  readonly settle: DurableJob;
  readonly rebuild: DurableJob;
  readonly reconcile: DurableJob;
  readonly imports: DurableJob;
  /** Differences that were found, by look. */
  readonly differences: Metric;
  readonly clock: LaurelFunction;
  /** Sources that are expected to speak and do not, as the clock says every minute. */
  readonly silence: Metric;
  readonly streamFailures: Queue;
  readonly jobFailures: Queue;

  constructor(scope: Construct, id: string, props: JobsStackProps) {
    super(scope, id, props);
    this.streamFailures = new FailureQueue(this, "StreamFailures", props.settings, "stream-failures").queue;
    this.jobFailures = new FailureQueue(this, "JobFailures", props.settings, "job-failures").queue;
    this.credit = this.addCredit(props);
    this.rollup = this.addRollup(props);
    this.settle = this.addSettle(props);
    this.rebuild = this.addRebuild(props);
    this.reconcile = this.addReconcile(props);
    this.differences = this.reconcile.measure("ReconciliationDifferences", "reconciled", "$.differences");
    this.imports = this.addImports(props);
    this.clock = this.addClock(props);
    this.silence = this.clock.measure("SilentSources", "sources are silent", "$.silent");
  }

  private addCredit({ settings, codeOf, data }: JobsStackProps): LaurelFunction {
    const credit = new LaurelFunction(this, "Credit", {
      settings,
      codeOf,
      name: "credit",
      description: "Turns changed facts into credits",
      memoryMb: 1024,
      timeoutSeconds: 60,
      environment: {},
    });
    giveTable(credit, data.facts, "read");
    giveTable(credit, data.plans, "read");
    giveTable(credit, data.derived, "read", "put", "delete");
    new StreamWorker(this, "CreditOnFacts", {
      worker: credit,
      source: data.facts,
      filter: STREAM_FILTERS.facts,
      windowSeconds: 1,
      parallelization: 4,
      failures: this.streamFailures,
    });
    return credit;
  }

  private addRollup({ settings, codeOf, data }: JobsStackProps): LaurelFunction {
    const rollup = new LaurelFunction(this, "Rollup", {
      settings,
      codeOf,
      name: "rollup",
      description: "Sums changed credits into the progress of agents and units",
      memoryMb: 1024,
      timeoutSeconds: 60,
      environment: {},
    });
    giveTable(rollup, data.derived, "read", "put");
    giveTable(rollup, data.plans, "read");
    // Of campaigns of many people it keeps how days ended.
    giveDays(rollup, data.derived);
    new StreamWorker(this, "RollupOnDerived", {
      worker: rollup,
      source: data.derived,
      filter: STREAM_FILTERS.derived,
      // A total is written once a batch, however many of its sales are in it: five seconds make busy branches cheap.
      windowSeconds: 5,
      parallelization: 4,
      failures: this.streamFailures,
    });
    return rollup;
  }

  private addSettle({ settings, codeOf, data }: JobsStackProps): DurableJob {
    const settle = new DurableJob(this, "Settle", {
      settings,
      codeOf,
      name: "settle",
      description: "Settles a campaign: freezes, calculates, waits for the approver, posts, writes the payout file",
      memoryMb: 3008,
      timeoutSeconds: 900,
      environment: {},
      // Most of it is waiting for a person; an approval that takes longer than a quarter needs a fresh calculation.
      executionTimeout: Duration.days(90),
      deadLetters: this.jobFailures,
    });
    giveTable(settle, data.facts, "scan", "describe");
    giveTable(settle, data.plans, "read", "put");
    giveTable(settle, data.ledger, "read", "put", "putMany");
    giveFiles(settle, data.files, { read: ["runs"], write: ["runs", "payouts"] });
    return settle;
  }

  private addRebuild({ settings, codeOf, data }: JobsStackProps): DurableJob {
    const rebuild = new DurableJob(this, "Rebuild", {
      settings,
      codeOf,
      name: "rebuild",
      description: "Computes credits and totals of a campaign anew after its plan, people or targets changed",
      memoryMb: 1769,
      timeoutSeconds: 900,
      environment: {},
      executionTimeout: Duration.days(1),
      deadLetters: this.jobFailures,
    });
    giveTable(rebuild, data.facts, "read", "scan", "count");
    giveTable(rebuild, data.derived, "read", "put", "delete");
    giveTable(rebuild, data.plans, "read", "put");
    return rebuild;
  }

  private addReconcile({ settings, codeOf, data }: JobsStackProps): DurableJob {
    const reconcile = new DurableJob(this, "Reconcile", {
      settings,
      codeOf,
      name: "reconcile",
      description: "Holds derived data against the facts, and tells what differs",
      memoryMb: 1769,
      timeoutSeconds: 900,
      environment: {},
      executionTimeout: Duration.days(1),
      deadLetters: this.jobFailures,
    });
    // It tells and mends nothing: of the tables it can only read.
    giveTable(reconcile, data.facts, "read", "scan");
    giveTable(reconcile, data.derived, "read");
    giveTable(reconcile, data.plans, "read");
    giveFiles(reconcile, data.files, { read: ["reconciliations"], write: ["reconciliations"] });
    return reconcile;
  }

  private addImports({ settings, codeOf, data }: JobsStackProps): DurableJob {
    const imports = new DurableJob(this, "Imports", {
      settings,
      codeOf,
      name: "imports",
      description: "Reads files that people uploaded, and imports their rows",
      // A workbook of 32 MB is held packed, unpacked and as rows.
      memoryMb: 3008,
      timeoutSeconds: 900,
      environment: importLimitVariables(settings),
      executionTimeout: Duration.days(1),
      deadLetters: this.jobFailures,
    });
    giveTable(imports, data.facts, "read", "put");
    giveTable(imports, data.plans, "read", "put", "putMany");
    // Of the ledger's table it needs the audit.
    giveTable(imports, data.ledger, "read", "put");
    giveFiles(imports, data.files, { read: ["uploads", "imports"], write: ["imports", "approvals"] });
    this.rebuild.startableBy(imports, "LAUREL_REBUILD_FUNCTION");
    return imports;
  }

  private addClock({ settings, codeOf, data }: JobsStackProps): LaurelFunction {
    const clock = new LaurelFunction(this, "Clock", {
      settings,
      codeOf,
      name: "clock",
      description: "Looks every minute what is due, and starts it",
      memoryMb: 512,
      // Shorter than the minute, so that a slow tick does not run beside the next.
      timeoutSeconds: 50,
      environment: {},
    });
    // It raises the epoch of a campaign that has outgrown its spread.
    giveTable(clock, data.plans, "read", "put");
    giveTable(clock, data.ledger, "read", "put");
    // It frees what reservations past their time have held.
    giveReservations(clock, data.ledger);
    giveTable(clock, data.derived, "read");
    giveDays(clock, data.derived);
    // An evaluation settles the stored facts.
    giveTable(clock, data.facts, "read", "scan");
    // It reads whether the day's reconciliation is done, and keeps how far the audit has come, and evaluations.
    giveFiles(clock, data.files, { read: ["latestReconciliations", "anchors"], write: ["anchors", "evaluations"] });
    this.settle.startableBy(clock, "LAUREL_SETTLE_FUNCTION");
    this.settle.wakeableBy(clock);
    this.rebuild.startableBy(clock, "LAUREL_REBUILD_FUNCTION");
    this.reconcile.startableBy(clock, "LAUREL_RECONCILE_FUNCTION");

    new MinuteSchedule(this, "EveryMinute", settings, clock, this.jobFailures);
    return clock;
  }
}
