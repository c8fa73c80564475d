import * as z from "zod";

/**
 * What a deployment tells its functions. Each function is given what it uses and nothing else, so everything is optional
 * here and asked for with {@link given}.
 */
const environmentSchema = z.object({
  LAUREL_FACTS_TABLE: z.string().min(1).optional(),
  LAUREL_DERIVED_TABLE: z.string().min(1).optional(),
  LAUREL_PLANS_TABLE: z.string().min(1).optional(),
  LAUREL_LEDGER_TABLE: z.string().min(1).optional(),
  LAUREL_FILES_BUCKET: z.string().min(1).optional(),
  LAUREL_SECRETS_PREFIX: z.string().min(1).optional(),
  LAUREL_VENDOR_SECRETS_PREFIX: z.string().min(1).optional(),
  LAUREL_CHANNEL_SECRETS_PREFIX: z.string().min(1).optional(),
  LAUREL_MAIL_FROM: z.email().optional(),
  LAUREL_EVENT_BUS: z.string().min(1).optional(),
  LAUREL_SETTLE_FUNCTION: z.string().min(1).optional(),
  LAUREL_REBUILD_FUNCTION: z.string().min(1).optional(),
  LAUREL_RECONCILE_FUNCTION: z.string().min(1).optional(),
  LAUREL_IMPORTS_FUNCTION: z.string().min(1).optional(),
  LAUREL_IMPORT_LIMIT_ROWS: z.string().min(1).optional(),
  LAUREL_IMPORT_LIMIT_SHARE: z.string().min(1).optional(),
  LAUREL_JWT_ISSUER: z.string().min(1).optional(),
  LAUREL_JWT_AUDIENCE: z.string().min(1).optional(),
  LAUREL_JWKS_URI: z.url().optional(),
  LAUREL_JWT_CLAIMS: z.string().min(1).optional(),
});
export type Environment = z.infer<typeof environmentSchema>;

export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  return environmentSchema.parse(variables);
}

/** A variable that this function cannot do without. */
export function given(environment: Environment, name: keyof Environment): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`${name} is not set: this function was not given it`);
  return value;
}
