import { deepStrictEqual } from "node:assert";
import { startLocalCloud } from "#infra/local/cloud.ts";
import { sourceSecretName } from "#infra/local/source-secrets.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { salesWorld } from "../sales-world.ts";
import { AGENTS, SOURCE } from "./sales.ts";

/**
 * The local cloud with the Jiangxi campaign in force, in a process of its own: who measures must not take its time. Tells where it is
 * on its first line, and ends with its parent.
 */

/** Several look at the board, for each may ask only so often. */
const READERS = ["mei.lin", "fang.wei", "he.yun"] as const;

const cloud = await startLocalCloud({ clock: { simulatedFrom: "2018-07-01T10:00:00+08:00" } });
const { plan, units, memberships, targets } = salesWorld({ facts: 1000, agents: AGENTS });
const launcher = Object.assign(new MemoryCloud(), { deps: cloud.deps });
await launcher.launch({ plan, units, memberships, targets });
await cloud.deps.plans.putSource({ source: SOURCE, name: "Tills", secretNames: [sourceSecretName(SOURCE)] });
await cloud.idle();
deepStrictEqual(cloud.failures(), { streams: [], jobs: [] });
const secret = await cloud.deps.secrets.secret(sourceSecretName(SOURCE));
const tokens = await Promise.all(READERS.map((who) => cloud.tokenFor(who)));
process.stdout.write(`${JSON.stringify({ url: cloud.url, secret, tokens })}\n`);
process.stdin.once("end", () => void cloud.stop()).resume();
