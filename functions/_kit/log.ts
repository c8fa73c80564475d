import { Logger } from "@aws-lambda-powertools/logger";

/**
 * The one logger: JSON lines, level by `POWERTOOLS_LOG_LEVEL`. It is given ids, states, counts and errors; never tokens, signatures,
 * secrets or bodies.
 */
export const log = new Logger({ serviceName: "laurel" });
