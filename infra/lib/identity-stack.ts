import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
  UserPoolGroup,
  UserPoolResourceServer,
} from "aws-cdk-lib/aws-cognito";
import type { Construct } from "constructs";
import { MACHINE_ROLES } from "#adapters/system/identity-claims.ts";
import { ROLES } from "#domain/actor.ts";
import { accept } from "./nag.ts";
import { physicalName, type Settings } from "./settings.ts";

export interface IdentityStackProps extends StackProps {
  readonly settings: Settings;
}

/** No way to sign in but through the pool's own pages; where nothing is said, Cognito would allow others. */
const ONLY_OAUTH = { user: false } as const;

/** A machine's token holds so long; it asks for another by its secret. */
const MACHINE_TOKEN = Duration.hours(1);

/**
 * Who can sign in, where the deployment brings no identity provider of its own: a Cognito user pool. Its groups are the roles, a
 * branch manager's units are an attribute, a machine is an app client whose scopes say what it may do. How its tokens become
 * actors is `COGNITO_CLAIMS` in shared/adapters/system/identity-claims.ts.
 */
export class IdentityStack extends Stack {
  readonly pool: UserPool;
  readonly domain: UserPoolDomain;
  readonly machines: readonly UserPoolClient[];

  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, props);
    const { settings } = props;
    this.pool = userPool(this, settings);
    for (const role of ROLES) {
      new UserPoolGroup(this, `Group-${role}`, { userPool: this.pool, groupName: role, description: `Role ${role}` });
    }
    this.domain = this.pool.addDomain("SignIn", {
      cognitoDomain: { domainPrefix: settings.signInPrefix ?? `${physicalName(settings, "")}${Aws.ACCOUNT_ID}` },
    });
    this.machines = this.#addMachines(settings);
    new CfnOutput(this, "UserPoolId", { value: this.pool.userPoolId, description: "For `aws cognito-idp`" });
    new CfnOutput(this, "Issuer", { value: this.pool.userPoolProviderUrl, description: "Who signs tokens" });
    new CfnOutput(this, "TokenUrl", {
      value: `${this.domain.baseUrl()}/oauth2/token`,
      description: "Where machines get tokens",
    });
  }

  /** An app client for each source that reports by the API: it may report for this source and for no other. */
  #addMachines({ machineSources }: Settings): UserPoolClient[] {
    const roles = MACHINE_ROLES.map(
      (role) => new ResourceServerScope({ scopeName: role, scopeDescription: `A machine that is ${role}` }),
    );
    const sources = machineSources.map(
      (source) => new ResourceServerScope({ scopeName: `source:${source}`, scopeDescription: `Facts of ${source}` }),
    );
    const server = new UserPoolResourceServer(this, "Api", {
      userPool: this.pool,
      identifier: "laurel",
      userPoolResourceServerName: "laurel",
      scopes: [...roles, ...sources],
    });
    const integrator = roles.filter(({ scopeName }) => scopeName === "integrator");
    return sources.map(
      (source) =>
        new UserPoolClient(this, `Machine-${source.scopeName.replace(":", "-")}`, {
          userPool: this.pool,
          userPoolClientName: source.scopeName,
          generateSecret: true,
          authFlows: ONLY_OAUTH,
          oAuth: {
            flows: { clientCredentials: true },
            scopes: [...integrator, source].map((scope) => OAuthScope.resourceServer(server, scope)),
          },
          accessTokenValidity: MACHINE_TOKEN,
          enableTokenRevocation: true,
          preventUserExistenceErrors: true,
        }),
    );
  }
}

function userPool(scope: Construct, settings: Settings): UserPool {
  const pool = new UserPool(scope, "People", {
    userPoolName: physicalName(settings, "people"),
    // The user name is the subject of every audit entry, and of a seller the participant id: administrators give it, and its case counts.
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    signInCaseSensitive: true,
    standardAttributes: { email: { mutable: true, required: false }, fullname: { mutable: true, required: false } },
    customAttributes: {
      units: new StringAttribute({ mutable: true, maxLen: 2048 }),
      sources: new StringAttribute({ mutable: true, maxLen: 2048 }),
    },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      passwordHistorySize: 5,
      tempPasswordValidity: Duration.days(3),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    featurePlan: FeaturePlan.ESSENTIALS,
    deletionProtection: true,
    // People are no template's to delete.
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const plan =
    "Sellers are many and the plan with threat protection is paid for each; the second factor is asked of everybody.";
  for (const finding of ["COG3", "COG8"]) accept(pool, finding, plan);
  return pool;
}

export interface ConsoleClientProps {
  readonly pool: UserPool;
  /** Where people come back to after they have signed in. */
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
}

/**
 * The application in a browser: authorization code with PKCE and no secret. It reads who somebody is and writes nothing of it: what
 * a person could write about themself would be a unit they choose.
 */
export function consoleClient(
  scope: Construct,
  { pool, callbackUrls, logoutUrls }: ConsoleClientProps,
): UserPoolClient {
  return new UserPoolClient(scope, "Console", {
    userPool: pool,
    userPoolClientName: "console",
    generateSecret: false,
    authFlows: ONLY_OAUTH,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.PROFILE],
      callbackUrls: [...callbackUrls],
      logoutUrls: [...logoutUrls],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    readAttributes: new ClientAttributes()
      .withStandardAttributes({ email: true, fullname: true })
      .withCustomAttributes("units", "sources"),
    writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  });
}
