import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { MemoryAnswerStore } from "#adapters/memory/answer-store.ts";
import { systemClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import type { HttpHandler } from "#functions/_kit/http.ts";
import { log } from "#functions/_kit/log.ts";
import { createApi } from "#functions/api/app.ts";
import { createIntake } from "#functions/intake/app.ts";
import { lambdaContext } from "#infra/local/lambda-context.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { measured, median } from "../measure.ts";
import { salesWorld } from "../sales-world.ts";
import { AGENTS, CAMPAIGN, SOURCE, saleOf, signedSale } from "./sales.ts";

/** What a request costs the processor beside the database: the deployed handlers over memory stores. */

export interface Overhead {
  readonly name: string;
  /** Microseconds of processor time a request, the median of some rounds. */
  readonly cpuUs: number;
}

const ROUNDS = 7;
const REQUESTS = 1000;
const SECRET = `whsec_${Buffer.from("a secret of at least 24 bytes").toString("base64")}`;

export async function measureOverhead(): Promise<readonly Overhead[]> {
  log.setLogLevel("SILENT");
  const cloud = new MemoryCloud();
  await cloud.launch(salesWorld({ facts: 1000, agents: AGENTS }));
  await cloud.deps.plans.putSource({ source: SOURCE, name: "Tills", secretNames: ["pos"] });
  const identity = { actorOf: async () => MAKER };
  const secrets = new MemorySecretStore({ pos: SECRET });
  const edge = { ...cloud.deps, identity, secrets, answers: new MemoryAnswerStore(), securityClock: systemClock };
  const api = createApi(edge, Number.MAX_SAFE_INTEGER);
  const intake = createIntake(edge);
  const answering = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(answerNothing);
  const empty: HttpHandler = (event, context) => answering(event, context);
  const campaign = () => apiEvent("GET", `/v1/campaigns/${CAMPAIGN}`, { campaign: CAMPAIGN });
  const fact = () => apiEvent("GET", `/v1/facts/${SOURCE}/fresh-1`, { source: SOURCE, externalId: "fresh-1" });
  return [
    await overheadOf("nothing: a middy handler that answers 200", empty, delivery),
    await overheadOf("intake: a signed sale", intake, delivery),
    await overheadOf("api: read a sale with its versions", api, fact),
    await overheadOf("api: read a campaign with its plan", api, campaign),
  ];
}

async function answerNothing(_event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  return { statusCode: 200 };
}

async function overheadOf(name: string, handler: HttpHandler, event: (number: number) => APIGatewayProxyEventV2) {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const events = Array.from({ length: REQUESTS }, (_, index) => event(round * REQUESTS + index));
    const { cpuMs } = await measured(async () => {
      for (const one of events) {
        const { statusCode } = await handler(one, lambdaContext("bench"));
        if (statusCode !== 200) throw new Error(`${name} was answered with ${statusCode}`);
      }
    });
    // The first round warms up.
    if (round > 0) rounds.push((cpuMs * 1000) / REQUESTS);
  }
  return { name, cpuUs: median(rounds) };
}

function delivery(number: number): APIGatewayProxyEventV2 {
  const { body, headers } = signedSale(number, SECRET);
  return eventOf("POST", `/v1/webhooks/${SOURCE}`, { source: SOURCE }, headers, body);
}

function apiEvent(method: string, path: string, params: Record<string, string>): APIGatewayProxyEventV2 {
  return eventOf(method, path, params, { authorization: "Bearer token" });
}

function eventOf(
  method: string,
  rawPath: string,
  pathParameters: Record<string, string>,
  headers: Record<string, string>,
  body?: string,
): APIGatewayProxyEventV2 {
  const http = { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" };
  return {
    ...{ version: "2.0", routeKey: "$default", rawPath, rawQueryString: "", headers, pathParameters },
    requestContext: {
      ...{ accountId: "0", apiId: "bench", domainName: "localhost", domainPrefix: "localhost", requestId: "bench" },
      ...{ routeKey: "$default", stage: "$default", time: "", timeEpoch: 0, http },
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
}

/** What the intake's sales look like, for whoever reads the results. */
export const SALE_BYTES = Buffer.byteLength(JSON.stringify(saleOf(1)));
