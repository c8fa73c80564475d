import type { DynamoDBBatchResponse, DynamoDBRecord } from "aws-lambda";

/**
 * Gives the dirty subjects of a stream batch to a worker, each once however often it appears. A subject whose work failed
 * reports its first record, so that the stream repeats from there.
 *
 * @param work does what it can and returns the subjects that it could not do
 */
export async function forDirty<T>(
  records: readonly DynamoDBRecord[],
  read: { readonly subjectOf: (keys: unknown) => T | undefined; readonly nameOf: (subject: T) => string },
  work: (subjects: readonly T[]) => Promise<readonly T[]>,
): Promise<DynamoDBBatchResponse> {
  const dirty = new Map<string, { readonly subject: T; readonly sequenceNumber: string }>();
  for (const { dynamodb } of records) {
    const subject = read.subjectOf(dynamodb?.Keys);
    const sequenceNumber = dynamodb?.SequenceNumber;
    if (subject === undefined || sequenceNumber === undefined) continue;
    const name = read.nameOf(subject);
    if (!dirty.has(name)) dirty.set(name, { subject, sequenceNumber });
  }
  if (dirty.size === 0) return { batchItemFailures: [] };
  const failed = await work([...dirty.values()].map(({ subject }) => subject));
  return {
    batchItemFailures: failed.flatMap((subject) => {
      const record = dirty.get(read.nameOf(subject));
      return record ? [{ itemIdentifier: record.sequenceNumber }] : [];
    }),
  };
}
