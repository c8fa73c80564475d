import type { DuckDBConnection } from "@duckdb/node-api";
import type { Sale } from "#domain/fact.ts";

/**
 * What the engine does beside the awards, asked of DuckDB: it starts from the texts of the messages as the engine does, reads
 * amounts and instants, hashes each message, and hashes input and traces. Not the same bytes, but the same kind of work on as many.
 */

export const MESSAGES = `create table messages (source varchar, external_id varchar, version integer, status varchar,
  participant varchar, occurred varchar, recorded varchar, amount varchar, currency varchar, quantity varchar,
  product varchar, channel varchar, attributes varchar)`;

export function messageRow(sale: Sale): (string | number)[] {
  const { source, externalId, version, status, participantId, occurredAt, recordedAt, amount, currency, quantity } =
    sale;
  const { product, channel, attributes } = sale;
  const who = [source, externalId, version, status, participantId];
  return [...who, occurredAt, recordedAt, amount, currency, quantity, product, channel, JSON.stringify(attributes)];
}

/** The table that the queries ask, from texts; with what each message says as a hash. */
export const READ_TEXTS = `create table facts as
  select source || '#' || external_id as fact, version, status, participant,
    epoch_ms(cast(occurred as timestamptz)) as happened, epoch_ms(cast(recorded as timestamptz)) as recorded,
    cast(cast(amount as decimal(18, 2)) * 100 as bigint) as fen, currency, product, channel,
    json_extract_string(attributes, '$.entry') as entry,
    sha256('{"amount":"' || amount || '","attributes":' || attributes || ',"channel":"' || channel || '","currency":"' ||
      currency || '","externalId":"' || external_id || '","kind":"sale","occurredAt":"' || occurred ||
      '","participantId":"' || participant || '","product":"' || product || '","quantity":"' || quantity ||
      '","source":"' || source || '","status":"' || status || '","version":' || version || '}') as content
  from messages`;

const HASH_INPUT = `select sha256(string_agg(fact || ' ' || version || ' ' || content, chr(10) order by fact)) as hash from (
  select fact, max(version) as version, arg_max(content, version) as content from facts group by fact)`;

/** @param traces the table that lists the sales behind each commission */
export async function hashAll(connection: DuckDBConnection, traces: string): Promise<string> {
  const hashes = [HASH_INPUT, `select sha256(string_agg(sales, ',' order by participant)) as hash from ${traces}`];
  const found: string[] = [];
  for (const query of hashes) found.push(String((await connection.runAndReadAll(query)).getRows()[0]?.[0]));
  return found.join(" ");
}
