import type { DynamoDBBatchResponse, DynamoDBRecord } from "aws-lambda";

/**
 * Works through the dirty subjects of a stream batch, each once however often it appears. A subject whose work fails
 * reports its first record, so that the stream repeats from there and the others are not held up for ever.
 */
export async function forEachDirty<T>(
  records: readonly DynamoDBRecord[],
  read: { readonly subjectOf: (keys: unknown) => T | undefined; readonly nameOf: (subject: T) => string },
  work: (subject: T) => Promise<void>,
  onFailure: (subject: T, error: unknown) => void,
): Promise<DynamoDBBatchResponse> {
  const dirty = new Map<string, { subject: T; sequenceNumber: string }>();
  for (const { dynamodb } of records) {
    const subject = read.subjectOf(dynamodb?.Keys);
    const sequenceNumber = dynamodb?.SequenceNumber;
    if (subject === undefined || sequenceNumber === undefined) continue;
    const name = read.nameOf(subject);
    if (!dirty.has(name)) dirty.set(name, { subject, sequenceNumber });
  }
  const failures = await Promise.all(
    [...dirty.values()].map(async ({ subject, sequenceNumber }) => {
      try {
        await work(subject);
        return [];
      } catch (error) {
        onFailure(subject, error);
        return [{ itemIdentifier: sequenceNumber }];
      }
    }),
  );
  return { batchItemFailures: failures.flat() };
}
