import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { HttpProblem } from "./http-problem.ts";

/** Bytes of a body; an import of some 15,000 rows. Larger files are to be split. */
export const BODY_BYTES_MAX = 1024 * 1024;

/** The body's bytes exactly as they came. */
export function bodyBytes(event: APIGatewayProxyEventV2): Uint8Array {
  const { body = "", isBase64Encoded } = event;
  // Measured before it is decoded: base64 is a third longer, text may be shorter than its bytes.
  if (body.length > BODY_BYTES_MAX * 1.34) throw tooLarge();
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > BODY_BYTES_MAX) throw tooLarge();
  return bytes;
}

function tooLarge(): HttpProblem {
  const problem = {
    code: "too-large",
    path: "",
    message: "the body is too large",
    allowed: `at most ${BODY_BYTES_MAX} bytes`,
    mend: "split it into several calls",
  };
  return new HttpProblem("tooLarge", problem.message, { problems: [problem] });
}
