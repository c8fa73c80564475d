import * as z from "zod";
import { claimMappingSchema } from "#adapters/system/identity-claims.ts";
import { slugSchema } from "#domain/ids.ts";

/** How long CloudWatch may keep logs; it takes only certain numbers of days. */
const RETENTION_DAYS = [7, 14, 30, 60, 90, 180, 365, 731] as const;

/** Texts with commas between. */
const listSchema = z.string().transform((text) => text.split(",").filter((part) => part !== ""));

/** A text that is empty is no zero. */
const givenNumber = z.union([z.number(), z.string().min(1)]).pipe(z.coerce.number());

const settingsSchema = z
  .strictObject({
    stage: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/, "use 1-16 of a-z, 0-9 and dash, starting with a letter"),
    account: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    region: z.string().optional(),
    jwtIssuer: z.url(),
    jwtAudience: z.string().min(1),
    jwksUri: z.url(),
    jwtClaims: z
      .union([z.string().transform((text): unknown => JSON.parse(text)), z.record(z.string(), z.unknown())])
      .pipe(claimMappingSchema)
      .optional(),
    gatewayChecksTokens: z.stringbool(),
    identity: z.enum(["cognito", "issuer", "nobody"]),
    signInPrefix: z
      .string()
      .regex(/^(?!aws|amazon|cognito)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
      .optional(),
    consoleUrls: listSchema.pipe(z.array(z.url())),
    console: z.stringbool(),
    consoleDomain: z
      .string()
      .regex(/^[a-z0-9.-]+\.[a-z]+$/)
      .optional(),
    consoleCertificate: z.string().startsWith("arn:").optional(),
    consoleClientId: z.string().min(1),
    consoleToken: z.enum(["access_token", "id_token"]),
    machineSources: listSchema.pipe(z.array(slugSchema)),
    importLimitRows: givenNumber.pipe(z.int().min(0)).optional(),
    importLimitShare: givenNumber.pipe(z.number().min(0).max(100)).optional(),
    alarmEmail: z.email().optional(),
    mailFrom: z.email().optional(),
    tracing: z.stringbool(),
    logRetentionDays: z.coerce
      .number()
      .refine((days) => RETENTION_DAYS.some((allowed) => allowed === days), `use one of ${RETENTION_DAYS.join(", ")}`),
  })
  .refine(
    ({ consoleDomain, consoleCertificate }) => (consoleDomain === undefined) === (consoleCertificate === undefined),
    "consoleDomain and consoleCertificate come together",
  );

/** What differs between deployments. One stage is one deployment, complete in itself. */
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Nobody can own a name under `.invalid`, so a deployment that forgot its identity provider refuses every call instead of
 * trusting a stranger's.
 */
const NO_IDENTITY = "https://identity.invalid/";

/** Whether the deployment still has no identity provider of its own. */
export function lacksIdentity({ identity }: Settings): boolean {
  return identity === "nobody";
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings: CDK context (`-c stage=prod`) first, then the environment, then a default with which the templates
 * can be written on a machine that has no account at all.
 */
export function readSettings(context: (key: string) => unknown, environment: Environment): Settings {
  const region = environment.CDK_DEFAULT_REGION;
  const jwtIssuer = context("jwtIssuer") ?? environment.LAUREL_JWT_ISSUER;
  return settingsSchema.parse({
    stage: context("stage") ?? environment.LAUREL_STAGE ?? "dev",
    account: environment.CDK_DEFAULT_ACCOUNT,
    region,
    jwtIssuer: jwtIssuer ?? NO_IDENTITY,
    jwtAudience: context("jwtAudience") ?? environment.LAUREL_JWT_AUDIENCE ?? "laurel",
    jwksUri: context("jwksUri") ?? environment.LAUREL_JWKS_URI ?? `${NO_IDENTITY}.well-known/jwks.json`,
    jwtClaims: context("jwtClaims") ?? environment.LAUREL_JWT_CLAIMS,
    gatewayChecksTokens: String(context("gatewayChecksTokens") ?? true),
    // The China regions have no user pools: there the issuer is somebody else's, or nobody.
    identity: jwtIssuer === undefined ? (region?.startsWith("cn-") ? "nobody" : "cognito") : "issuer",
    signInPrefix: context("signInPrefix") ?? environment.LAUREL_SIGN_IN_PREFIX,
    consoleUrls: context("consoleUrls") ?? environment.LAUREL_CONSOLE_URLS ?? "http://localhost:5173/",
    // CloudFront in the China regions is another service, with domains that have a licence.
    console: String(context("console") ?? !region?.startsWith("cn-")),
    consoleDomain: context("consoleDomain") ?? environment.LAUREL_CONSOLE_DOMAIN,
    consoleCertificate: context("consoleCertificate") ?? environment.LAUREL_CONSOLE_CERTIFICATE,
    consoleClientId: context("consoleClientId") ?? environment.LAUREL_CONSOLE_CLIENT_ID ?? "console",
    consoleToken: context("consoleToken") ?? environment.LAUREL_CONSOLE_TOKEN ?? "access_token",
    machineSources: context("machineSources") ?? environment.LAUREL_MACHINE_SOURCES ?? "",
    importLimitRows: context("importLimitRows") ?? environment.LAUREL_IMPORT_LIMIT_ROWS,
    importLimitShare: context("importLimitShare") ?? environment.LAUREL_IMPORT_LIMIT_SHARE,
    alarmEmail: context("alarmEmail") ?? environment.LAUREL_ALARM_EMAIL,
    // An address that SES may send from; without it nothing is told by e-mail.
    mailFrom: context("mailFrom") ?? environment.LAUREL_MAIL_FROM,
    // Lambda has no X-Ray integration in the China regions; asking for it there fails the deployment.
    tracing: String(context("tracing") ?? !region?.startsWith("cn-")),
    logRetentionDays: context("logRetentionDays") ?? 90,
  });
}

/** What a function that imports is told of how much may be changed without a second person; nothing where the defaults hold. */
export function importLimitVariables({ importLimitRows, importLimitShare }: Settings): Record<string, string> {
  return {
    ...(importLimitRows === undefined ? {} : { LAUREL_IMPORT_LIMIT_ROWS: String(importLimitRows) }),
    ...(importLimitShare === undefined ? {} : { LAUREL_IMPORT_LIMIT_SHARE: String(importLimitShare) }),
  };
}

/** The physical name of something of this deployment, the same in every stack, alarm and runbook. */
export function physicalName(settings: Settings, name: string): string {
  return `laurel-${settings.stage}-${name}`;
}
