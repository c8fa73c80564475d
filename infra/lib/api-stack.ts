import { ArnFormat, CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { HttpApi, HttpMethod, HttpStage, type IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Route as ContractRoute } from "#contracts/route.ts";
import { apiRoutes } from "#contracts/routes.ts";
import { giveDeliveryLog, giveFiles, giveReservations, giveTable } from "./access.ts";
import { type ConsoleFiles, ConsoleSite } from "./console-site.ts";
import { AccessLog } from "./constructs/access-log.ts";
import { type CodeOf, LaurelFunction } from "./constructs/laurel-function.ts";
import type { DataStack } from "./data-stack.ts";
import type { IdentityStack } from "./identity-stack.ts";
import type { JobsStack } from "./jobs-stack.ts";
import { accept } from "./nag.ts";
import { importLimitVariables, physicalName, type Settings } from "./settings.ts";
import { signInOrigins, type Trust, trustInIssuer, trustInPool } from "./trust.ts";

export interface ApiStackProps extends StackProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly data: DataStack;
  readonly jobs: JobsStack;
  /** The deployment's own user pool; undefined where another issuer is trusted, or nobody yet. */
  readonly identity: IdentityStack | undefined;
  /** The console's files; undefined: it is served elsewhere, or nowhere. */
  readonly console: ConsoleFiles | undefined;
}

const API_ROUTE = { path: "/v1/{proxy+}", method: HttpMethod.ANY };
/** What needs no token goes past the authorizer; each of them is a GET with a path of its own. */
const PUBLIC_ROUTES = Object.entries<ContractRoute>(apiRoutes).flatMap(([id, { access, path }]) =>
  access === "public" ? [[id, path] as const] : [],
);
const WEBHOOK_ROUTE = { path: "/v1/webhooks/{source}", method: HttpMethod.POST };

/** How many requests a second the whole deployment takes before it answers 429: enough for a campaign's last evening, too little to empty an account's concurrency. */
const THROTTLE = { rateLimit: 500, burstLimit: 1000 };

/** The way in: the HTTP API, the functions behind it, and counts of how their callers fared. */
export class ApiStack extends Stack {
  readonly api: LaurelFunction;
  readonly intake: LaurelFunction;
  readonly reference: LaurelFunction;
  readonly stage: HttpStage;
  readonly apiErrors: Metric;
  readonly intakeErrors: Metric;
  readonly intakeRefusals: Metric;
  /** Messages that contradict a stored version, by the function that was told. */
  readonly conflicts: readonly Metric[];

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const http = new HttpApi(this, "Http", {
      apiName: physicalName(props.settings, "http"),
      description: "Laurel's API, webhooks and API reference",
      createDefaultStage: false,
    });
    const { settings, identity } = props;
    // In this stack: the page signs in with a client that the API trusts, which comes back to the page's address, which has the API behind it.
    const site =
      props.console === undefined || !settings.console
        ? undefined
        : new ConsoleSite(this, "Site", {
            settings,
            http,
            files: props.data.files,
            signInOrigins: signInOrigins(settings, identity),
          });
    const trust = identity ? trustInPool(this, settings, identity, http, site?.address) : trustInIssuer(settings);
    if (site && props.console && trust.console) site.deploy(props.console, trust.console);
    this.api = this.addApi(props, trust);
    this.intake = this.addIntake(props);
    this.reference = this.addReference(props, trust);
    route(http, "Api", this.api, API_ROUTE, trust.authorizer);
    for (const [id, path] of PUBLIC_ROUTES) route(http, id, this.api, { path, method: HttpMethod.GET });
    route(http, "Intake", this.intake, WEBHOOK_ROUTE);
    route(http, "Reference", this.reference, { path: "/docs", method: HttpMethod.GET });
    route(http, "ReferenceFile", this.reference, { path: "/docs/{file}", method: HttpMethod.GET });
    accept(
      http,
      "APIG4",
      "What is without an authorizer is public (health, the OpenAPI document, the plan schema, the reference pages) or carries a " +
        "signature over its bytes (webhooks). The API itself checks every token once more.",
    );

    const accessLog = new AccessLog(this, "AccessLog", props.settings);
    this.stage = new HttpStage(this, "Stage", {
      httpApi: http,
      stageName: "$default",
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: accessLog.settings,
    });
    this.apiErrors = accessLog.countAnswers("ApiErrors", routeKey(API_ROUTE), 500, 599);
    this.intakeErrors = accessLog.countAnswers("IntakeErrors", routeKey(WEBHOOK_ROUTE), 500, 599);
    this.intakeRefusals = accessLog.countAnswers("IntakeRefusals", routeKey(WEBHOOK_ROUTE), 400, 499);
    this.conflicts = [
      this.intake.measure("IntakeConflicts", "conflicts kept", "$.conflicts"),
      this.api.measure("ApiConflicts", "conflicts kept", "$.conflicts"),
    ];
    new CfnOutput(this, "Url", { value: this.stage.url, description: "Where the API, webhooks and reference answer" });
  }

  private addApi({ settings, codeOf, data, jobs }: ApiStackProps, trust: Trust): LaurelFunction {
    const api = new LaurelFunction(this, "Api", {
      settings,
      codeOf,
      name: "api",
      description: "The signed-in API",
      memoryMb: 1024,
      // API Gateway gives up after 30 seconds; ending before it leaves the caller an answer of ours.
      timeoutSeconds: 28,
      environment: { ...trust.environment, ...importLimitVariables(settings) },
    });
    giveTable(api, data.plans, "read", "put", "putMany");
    giveTable(api, data.ledger, "read", "put");
    giveReservations(api, data.ledger);
    // Simulations and what-ifs read all facts.
    giveTable(api, data.facts, "read", "scan", "put");
    giveTable(api, data.derived, "read", "put", "delete");
    // It shows what only other jobs can write: payout files, what is held, reports, anchors.
    giveFiles(api, data.files, {
      read: [
        "payouts",
        "approvals",
        "disputes",
        "runs",
        "latestReconciliations",
        "reconciliationReports",
        "anchors",
        "evaluations",
      ],
      write: ["approvals", "disputes"],
    });
    this.letAskVendors(api, settings);
    jobs.settle.startableBy(api, "LAUREL_SETTLE_FUNCTION");
    jobs.settle.wakeableBy(api);
    jobs.rebuild.startableBy(api, "LAUREL_REBUILD_FUNCTION");
    jobs.reconcile.startableBy(api, "LAUREL_RECONCILE_FUNCTION");
    // A link that it signs can do no more than it may itself: put a file where uploads lie.
    giveFiles(api, data.files, { read: ["uploads", "imports"], write: ["uploads", "imports"] });
    // Of those only what it keeps itself.
    giveFiles(api, data.files, { read: ["simulations"], write: ["simulations"] });
    jobs.imports.startableBy(api, "LAUREL_IMPORTS_FUNCTION");
    return api;
  }

  private addIntake({ settings, codeOf, data }: ApiStackProps): LaurelFunction {
    const secretsPrefix = `laurel/${settings.stage}/sources/`;
    const intake = new LaurelFunction(this, "Intake", {
      settings,
      codeOf,
      name: "intake",
      description: "Takes signed webhooks: verifies, parses, stores, and only then says yes",
      memoryMb: 512,
      timeoutSeconds: 10,
      environment: { LAUREL_SECRETS_PREFIX: secretsPrefix },
    });
    giveTable(intake, data.facts, "read", "put");
    giveTable(intake, data.plans, "read");
    giveDeliveryLog(intake, data.derived);
    this.letAskVendors(intake, settings);
    const secrets = this.formatArn({
      service: "secretsmanager",
      resource: "secret",
      resourceName: `${secretsPrefix}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    intake.allowPattern(
      ["secretsmanager:GetSecretValue"],
      secrets,
      "Integrators come and go without a deployment; the pattern is the signing secrets of this stage's sources.",
    );
    return intake;
  }

  /** Secrets with which vendors are asked for orders; apart from those that prove deliveries, which the API has no use for. */
  private letAskVendors(to: LaurelFunction, settings: Settings): void {
    const prefix = `laurel/${settings.stage}/vendors/`;
    to.lambda.addEnvironment("LAUREL_VENDOR_SECRETS_PREFIX", prefix);
    const secrets = this.formatArn({
      service: "secretsmanager",
      resource: "secret",
      resourceName: `${prefix}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    to.allowPattern(
      ["secretsmanager:GetSecretValue"],
      secrets,
      "Vendors come and go without a deployment; the pattern is what this stage asks them with.",
    );
  }

  private addReference({ settings, codeOf }: ApiStackProps, { signIn }: Trust): LaurelFunction {
    return new LaurelFunction(this, "Reference", {
      settings,
      codeOf,
      name: "reference",
      description: "Serves the API reference page",
      memoryMb: 256,
      timeoutSeconds: 5,
      environment: signIn === undefined ? {} : { LAUREL_SIGN_IN: signIn },
    });
  }
}

interface Route {
  readonly path: string;
  readonly method: HttpMethod;
}

function route(
  http: HttpApi,
  id: string,
  target: LaurelFunction,
  { path, method }: Route,
  authorizer?: IHttpRouteAuthorizer,
): void {
  const integration = new HttpLambdaIntegration(id, target.lambda);
  http.addRoutes({ path, methods: [method], integration, ...(authorizer ? { authorizer } : {}) });
}

function routeKey({ path, method }: Route): string {
  return `${method} ${path}`;
}
