import { Annotations, App, type AppProps, Tags } from "aws-cdk-lib";
import { ApiStack } from "./api-stack.ts";
import type { ConsoleFiles } from "./console-site.ts";
import type { CodeOf } from "./constructs/laurel-function.ts";
import { DataStack } from "./data-stack.ts";
import { IdentityStack } from "./identity-stack.ts";
import { JobsStack } from "./jobs-stack.ts";
import { OutwardStack } from "./outward-stack.ts";
import { lacksIdentity, physicalName, readSettings, type Settings } from "./settings.ts";
import { WatchStack } from "./watch-stack.ts";

export interface LaurelApp {
  readonly app: App;
  readonly settings: Settings;
  readonly data: DataStack;
  readonly jobs: JobsStack;
  readonly api: ApiStack;
  readonly outward: OutwardStack;
  readonly watch: WatchStack;
}

/**
 * The whole deployment: its stacks, each leaning only on those before it.
 *
 * @param console its files; without them there is none
 */
export function buildApp(
  codeOf: CodeOf,
  environment: Readonly<Record<string, string | undefined>>,
  props: AppProps = {},
  console?: ConsoleFiles,
): LaurelApp {
  const app = new App({ ...props, analyticsReporting: false, postCliContext: CDK_BEHAVIOUR });
  const settings = readSettings((key) => app.node.tryGetContext(key), environment);
  const env = {
    ...(settings.account ? { account: settings.account } : {}),
    ...(settings.region ? { region: settings.region } : {}),
  };
  const named = (name: string) => physicalName(settings, name);

  const data = new DataStack(app, named("data"), { env, settings });
  const jobs = new JobsStack(app, named("jobs"), { env, settings, codeOf, data });
  const identity =
    settings.identity === "cognito" ? new IdentityStack(app, named("identity"), { env, settings }) : undefined;
  const api = new ApiStack(app, named("api"), { env, settings, codeOf, data, jobs, identity, console });
  const outward = new OutwardStack(app, named("outward"), { env, settings, codeOf, data, jobs });
  const watch = new WatchStack(app, named("watch"), { env, settings, jobs, api, outward });

  // The China regions cannot tag event source mappings.
  const taggable = { excludeResourceTypes: ["AWS::Lambda::EventSourceMapping"] };
  Tags.of(app).add("project", "laurel", taggable);
  Tags.of(app).add("stage", settings.stage, taggable);
  if (lacksIdentity(settings)) {
    Annotations.of(api).addWarningV2(
      "laurel:no-identity",
      "No jwtIssuer is set and this region has no user pools, so the API will refuse every call. See infra/README.md, “Settings”.",
    );
  }
  return { app, settings, data, jobs, api, outward, watch };
}

/** CDK keeps old behaviour unless told otherwise; these change templates of ours, for the better. */
const CDK_BEHAVIOUR = {
  // S3 delivers access logs by a bucket policy; without this CDK would switch the log bucket's ACLs on.
  "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": true,
  // A version is made anew when the function's code or configuration changes, and not when only its tags do.
  "@aws-cdk/aws-lambda:recognizeVersionProps": true,
  "@aws-cdk/aws-lambda:recognizeLayerVersion": true,
  // Where the region is known, ARNs say its partition instead of leaving it to the deployment.
  "@aws-cdk/core:enablePartitionLiterals": true,
  // What CloudFormation's schemas so much as warn of stops the synthesis.
  "@aws-cdk/core:strictCfnValidateErrors": true,
};
