import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  HttpMethods,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { accept } from "../nag.ts";

/** Payout files for people, frozen inputs and partial results for runs, and a record of who fetched what. */
export class FilesBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const accessLogs = new Bucket(this, "AccessLogs", {
      ...closed,
      // S3 delivers access logs only to buckets with its own key type, and they are of no use after a year.
      lifecycleRules: [{ expiration: Duration.days(365), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    accept(accessLogs, "S1", "It receives the access logs; logging its own deliveries into itself would never end.");

    this.bucket = new Bucket(this, "Bucket", {
      ...closed,
      // A payout file that was overwritten by mistake can be brought back.
      versioned: true,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        // Uploaded files hold people's names: what they said is stored where it belongs, and a month is enough to ask again.
        { prefix: "uploads/", expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(1) },
        // They name people with money; what was tried can be tried again, and what was approved is kept elsewhere.
        { prefix: "simulations/", expiration: Duration.days(7), noncurrentVersionExpiration: Duration.days(1) },
      ],
      // A page may put a file by a signed link; what it may put is in the signature, whoever sends it.
      cors: [{ allowedMethods: [HttpMethods.PUT], allowedOrigins: ["*"], allowedHeaders: ["content-type"] }],
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "files/",
    });
  }
}

/** Nobody outside the account, nothing over plain HTTP, and nothing lost with the stack: these are records of money paid. */
const closed: BucketProps = {
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
};
