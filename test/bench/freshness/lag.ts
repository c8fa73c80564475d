import { spawn } from "node:child_process";
import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text as textOf } from "node:stream/consumers";
import * as z from "zod";
import { median } from "../measure.ts";
import { CAMPAIGN, SOURCE, signedSale } from "./sales.ts";

/** How long after its 2xx a sale is on the board, on the local cloud. */

export interface Lag {
  readonly sales: number;
  /** That were answered: fewer than were sent where the machine cannot keep up. */
  readonly perSecond: number;
  /** Milliseconds from the 2xx of the nth sale to the first board that counts n, in order. */
  readonly lags: readonly number[];
  /** Milliseconds of the calls themselves. */
  readonly acceptMs: number;
  readonly boardMs: number;
}

const PER_SECOND = 50;
const SECONDS = 20;
const WARM_UP = 100;
/** After so long without a change the rest will not come. */
const PATIENCE_MS = 60_000;
/** Between one look at the board and the next, which is how exact the lags are, for a look takes the same processors. */
const LOOK_EVERY_MS = 250;

const startedSchema = z.object({ url: z.string(), secret: z.string(), tokens: z.array(z.string()) });
type Started = z.infer<typeof startedSchema>;
const boardsSchema = z.object({ progress: z.array(z.object({ facts: z.int() })) });

export async function measureLag(): Promise<Lag> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "cloud.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    for await (const line of createInterface(child.stdout)) {
      // The handlers log beside it.
      if (line.startsWith('{"url"')) return await watch(startedSchema.parse(JSON.parse(line)));
    }
    throw new Error("the local cloud did not start");
  } finally {
    child.stdin.end();
  }
}

async function watch(cloud: Started): Promise<Lag> {
  for (let number = 0; number < WARM_UP; number += 1) await send(cloud, number);
  await settled(cloud);
  const accepted: number[] = [];
  const took: number[] = [];
  const begun = performance.now();
  const sending = Array.from({ length: PER_SECOND * SECONDS }, async (_, index) => {
    await until(begun + (index * 1000) / PER_SECOND);
    const sentAt = performance.now();
    await send(cloud, WARM_UP + index);
    accepted.push(performance.now());
    took.push(performance.now() - sentAt);
  });
  const [looks] = await Promise.all([look(cloud, sending.length), Promise.all(sending)]);
  const lags = accepted.map((at, index) => {
    const seen = looks.find(({ counted }) => counted > index);
    return Math.max(0, (seen?.at ?? Number.NaN) - at);
  });
  const boardMs = median(looks.map(({ ms }) => ms));
  const perSecond = (accepted.length * 1000) / ((accepted.at(-1) ?? Number.NaN) - begun);
  return { sales: accepted.length, perSecond, lags, acceptMs: median(took), boardMs };
}

interface Look {
  readonly at: number;
  /** Without the warm-up. */
  readonly counted: number;
  readonly ms: number;
}

/** Looks at the board until it counts all. */
async function look(cloud: Started, sales: number): Promise<readonly Look[]> {
  const looks: Look[] = [];
  let last = performance.now();
  for (let counted = 0; counted < sales; ) {
    const from = performance.now();
    const now = (await countedOf(cloud, looks.length)) - WARM_UP;
    const at = performance.now();
    looks.push({ at, counted: now, ms: at - from });
    if (now > counted) [last, counted] = [at, now];
    if (at - last > PATIENCE_MS) throw new Error(`the board counts ${counted} of ${sales} sales, and no more`);
    await until(from + LOOK_EVERY_MS);
  }
  return looks;
}

async function settled(cloud: Started): Promise<void> {
  for (let tries = 0; (await countedOf(cloud, tries)) !== WARM_UP; tries += 1) {
    if (tries > 300) throw new Error(`the board never counted the ${WARM_UP} sales of the warm-up`);
    await until(performance.now() + 100);
  }
}

async function send({ url, secret }: Started, number: number): Promise<void> {
  const { body, headers } = signedSale(number, secret);
  await call(`${url}/v1/webhooks/${SOURCE}`, { method: "POST", headers }, body);
}

/** How many sales the branches' progress is made of. */
async function countedOf({ url, tokens }: Started, turn: number): Promise<number> {
  const headers = { authorization: `Bearer ${tokens[turn % tokens.length]}` };
  const text = await call(`${url}/v1/campaigns/${CAMPAIGN}/boards`, { headers });
  const { progress } = boardsSchema.parse(JSON.parse(text));
  return progress.reduce((sum, { facts }) => sum + facts, 0);
}

/** As a till has it: a few connections that stay open, and calls that wait for one. */
const connections = new Agent({ keepAlive: true, maxSockets: 32 });

async function call(url: string, options: RequestOptions, body?: string): Promise<string> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const calling = request(url, { ...options, agent: connections }, resolve).once("error", reject);
    calling.end(body);
  });
  const text = await textOf(answer);
  if (answer.statusCode !== 200) throw new Error(`${url} was answered with ${answer.statusCode}: ${text}`);
  return text;
}

async function until(at: number): Promise<void> {
  const wait = at - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
}
