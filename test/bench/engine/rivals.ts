import { DatabaseSync } from "node:sqlite";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Fact, Sale } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import { parseMoney } from "#domain/money.ts";
import { startOfDay } from "#domain/time.ts";
import { type Measured, measured } from "../measure.ts";
import type { SalesSource } from "../sales-world.ts";
import { awards, type Dialect, preparations, SCHEMA, traces } from "./queries.ts";
import { hashAll, MESSAGES, messageRow, READ_TEXTS } from "./same-work.ts";

/** `reward payee` → fen. */
export type Awards = ReadonlyMap<string, number>;

/** One run of a database: the awards alone, and what it takes to list the sales behind each commission as well. */
export interface RivalRun {
  readonly awards: Measured<Awards>;
  readonly traces: Measured<number>;
}

/** DuckDB, with what it takes from the texts of the messages, with the sales listed and everything hashed. */
export interface DuckDbRun extends RivalRun {
  readonly sameWork: Measured<string>;
}

type Cell = string | number | bigint;

type TableRow = readonly [table: string, row: readonly Cell[]];

/** The world's rows by table, in the order of the columns; amounts and instants are read already. */
function* rowsOf(world: SalesSource): Generator<TableRow> {
  yield* companyRows(world);
  for (const fact of world.facts()) if (isSale(fact)) yield ["facts", rowOf(fact)];
}

/** Those of people, units and targets. */
function* companyRows(world: SalesSource): Generator<TableRow> {
  const { zone } = world.plan.period;
  const provinces = new Map(world.units.map(({ unit, parent }) => [unit, parent]));
  for (const { unit, level } of world.units) {
    if (level === "branch") yield ["branches", [unit, provinces.get(unit) ?? ""]];
  }
  for (const { participantId, unit, role, from, to } of world.memberships) {
    const since = from === null ? 0 : (startOfDay(from, zone) ?? Number.NaN);
    const until = to === null ? Number.MAX_SAFE_INTEGER : (startOfDay(to, zone) ?? Number.NaN);
    yield ["memberships", [participantId, unit, role, BigInt(since), BigInt(until)]];
  }
  for (const { subject, label, value } of world.targets) {
    yield ["targets", [subject, label, BigInt(parseMoney(value, "CNY") ?? 0)]];
  }
}

function* messageRows(world: SalesSource): Generator<readonly Cell[]> {
  for (const fact of world.facts()) if (isSale(fact)) yield messageRow(fact);
}

function isSale(fact: Fact): fact is Sale {
  return fact.kind === "sale";
}

function rowOf(fact: Sale): Cell[] {
  const { version, status, participantId, amount, currency, product, channel, attributes } = fact;
  const [at, recorded] = [instantOf(fact.occurredAt), instantOf(fact.recordedAt)].map(BigInt);
  const fen = BigInt(parseMoney(amount, currency) ?? 0);
  const entry = String(attributes.entry);
  return [
    factKey(fact),
    version,
    status,
    participantId,
    at ?? 0n,
    recorded ?? 0n,
    fen,
    currency,
    product,
    channel,
    entry,
  ];
}

function toAwards(rows: Iterable<readonly unknown[]>): Awards {
  return new Map([...rows].map(([reward, payee, fen]) => [`${reward} ${payee}`, Number(fen)]));
}

/** In memory, on one thread. */
export async function runDuckDb(world: SalesSource): Promise<DuckDbRun> {
  const dialect = { div: "//" };
  const typed = await openDuckDb();
  for (const statement of SCHEMA) await typed.connection.run(statement);
  for (const [name, rows] of Map.groupBy(rowsOf(world), ([table]) => table)) {
    await fill(
      typed.connection,
      name,
      rows.map(([, row]) => row),
    );
  }
  const decided = await measured(() => decideInDuckDb(typed.connection, dialect));
  const told = await measured(async () => lengthOf((await typed.connection.runAndReadAll(traces(dialect))).getRows()));
  typed.close();
  return { awards: decided, traces: told, sameWork: await sameWorkInDuckDb(world, decided.result) };
}

async function openDuckDb() {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function fill(connection: DuckDBConnection, table: string, rows: Iterable<readonly Cell[]>): Promise<void> {
  const appender = await connection.createAppender(table);
  for (const row of rows) {
    for (const cell of row) {
      if (typeof cell === "string") appender.appendVarchar(cell);
      else if (typeof cell === "bigint") appender.appendBigInt(cell);
      else appender.appendInteger(cell);
    }
    appender.endRow();
  }
  appender.closeSync();
}

async function decideInDuckDb(connection: DuckDBConnection, dialect: Dialect): Promise<Awards> {
  for (const statement of preparations()) await connection.run(statement);
  return toAwards((await connection.runAndReadAll(awards(dialect))).getRows());
}

/** @throws when it pays other than it did from what was read already */
async function sameWorkInDuckDb(world: SalesSource, expected: Awards): Promise<Measured<string>> {
  const dialect = { div: "//" };
  const { connection, close } = await openDuckDb();
  for (const statement of SCHEMA) if (!statement.startsWith("create table facts")) await connection.run(statement);
  await connection.run(MESSAGES);
  for (const [name, rows] of Map.groupBy(companyRows(world), ([table]) => table)) {
    await fill(
      connection,
      name,
      rows.map(([, row]) => row),
    );
  }
  await fill(connection, "messages", messageRows(world));
  let theirs: Awards = new Map();
  const work = await measured(async () => {
    await connection.run(READ_TEXTS);
    theirs = await decideInDuckDb(connection, dialect);
    await connection.run(`create table told as ${traces(dialect)}`);
    return hashAll(connection, "told");
  });
  close();
  for (const [key, fen] of expected) if (theirs.get(key) !== fen) throw new Error(`DuckDB reads ${key} otherwise`);
  return work;
}

/** In memory. */
export async function runSqlite(world: SalesSource): Promise<RivalRun> {
  const database = new DatabaseSync(":memory:");
  for (const statement of SCHEMA) database.exec(statement);
  database.exec("begin");
  for (const [name, rows] of Map.groupBy(rowsOf(world), ([table]) => table)) {
    const width = rows[0]?.[1].length ?? 0;
    const insert = database.prepare(
      `insert into ${name} values (${Array.from({ length: width }, () => "?").join(",")})`,
    );
    for (const [, row] of rows) insert.run(...row);
  }
  database.exec("commit");
  database.exec("create index by_participant on memberships (participant)");
  const dialect = { div: "/" };
  const decided = await measured(() => {
    for (const statement of preparations()) database.exec(statement);
    return toAwards(
      database
        .prepare(awards(dialect))
        .all()
        .map(({ reward, payee, fen }) => [reward, payee, fen]),
    );
  });
  const told = await measured(() =>
    lengthOf(
      database
        .prepare(traces(dialect))
        .all()
        .map(({ participant, sales }) => [participant, sales]),
    ),
  );
  database.close();
  return { awards: decided, traces: told };
}

function lengthOf(rows: readonly (readonly unknown[])[]): number {
  return rows.reduce((sum, [, sales]) => sum + String(sales).length, 0);
}
