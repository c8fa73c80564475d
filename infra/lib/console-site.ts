import { Aws, CfnOutput, Duration, Fn, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Function as CloudFrontFunction,
  Distribution,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, type ISource, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { policyFor } from "./console-bundle.ts";
import { accept, acceptPattern, printed } from "./nag.ts";
import { physicalName, type Settings } from "./settings.ts";

/** What the console is: files whose names say what is in them, and the page with what else lies beside it. */
export interface ConsoleFiles {
  readonly hashed: readonly ISource[];
  readonly page: readonly ISource[];
}

/** What the page reads before anybody is signed in: `config.json`. */
export interface ConsoleSignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly token: "access_token" | "id_token";
  readonly scope?: string;
}

export interface ConsoleSiteProps {
  readonly settings: Settings;
  /** Whose `/v1` is served at the same address, so that no page calls another host. */
  readonly http: HttpApi;
  /** Uploads go there, by links that the API signs. */
  readonly files: IBucket;
  /** Origins beside its own that a page may call to sign people in. */
  readonly signInOrigins: readonly string[];
}

/**
 * Which file an address means, in CloudFront's own JavaScript: a file that is one, and the page for whatever else lies below `/console/`.
 * An address may end in a dot and letters and be no file: `…/runs/spring.final-1`.
 */
export const CONSOLE_ROUTES = `function handler(event) {
  var request = event.request;
  var path = request.uri;
  if (path === '/' || path === '/console') {
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/console/' } } };
  }
  if (path.indexOf('/console/') !== 0) return { statusCode: 404, statusDescription: 'Not Found' };
  var file = path.slice('/console/'.length);
  if (!/^(assets|gallery)\\/|^[a-z-]+\\.(html|svg|json)$/.test(file)) request.uri = '/console/index.html';
  return request;
}`;

const YEAR = Duration.days(365);

/** The console on CloudFront: its files from a bucket that nobody else can read, and the API at the same address. */
export class ConsoleSite extends Construct {
  /** `https://d111111abcdef8.cloudfront.net`, or the domain that the settings name. */
  readonly address: string;
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string, { settings, http, files, signInOrigins }: ConsoleSiteProps) {
    super(scope, id);
    this.#bucket = this.#closedBucket();
    const fileOrigin = S3BucketOrigin.withOriginAccessControl(this.#bucket, {
      // Who may list is told that a file is missing; who may not, that it is forbidden.
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    });
    const pages: BehaviorOptions = {
      origin: fileOrigin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.#headers(settings, files, signInOrigins),
      functionAssociations: [{ function: this.#routes(settings), eventType: FunctionEventType.VIEWER_REQUEST }],
    };
    const api: BehaviorOptions = {
      origin: new HttpOrigin(Fn.select(2, Fn.split("/", http.apiEndpoint)), {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // The API is called by its own name; all else arrives as it was sent, tokens and signatures too.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
    const { consoleDomain: domain, consoleCertificate: certificate } = settings;
    const distribution = new Distribution(this, "Distribution", {
      comment: `Laurel's console, ${settings.stage}`,
      defaultBehavior: pages,
      additionalBehaviors: { "/v1/*": api },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(domain === undefined || certificate === undefined
        ? {}
        : {
            domainNames: [domain],
            certificate: Certificate.fromCertificateArn(this, "Certificate", certificate),
          }),
    });
    acceptOf(distribution, domain !== undefined);
    this.address = `https://${domain ?? distribution.distributionDomainName}`;
    new CfnOutput(Stack.of(this), "ConsoleUrl", {
      value: `${this.address}/console/`,
      description: "Where people work",
    });
  }

  /** Puts the files there, the page last, and says on the page where people sign in. Files of releases before stay: open tabs fetch them. */
  deploy({ hashed, page }: ConsoleFiles, signIn: ConsoleSignIn): void {
    const common = { destinationBucket: this.#bucket, prune: false, retainOnDelete: false, memoryLimit: 512 };
    const first = new BucketDeployment(this, "Hashed", {
      ...common,
      sources: [...hashed],
      destinationKeyPrefix: "console/assets",
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(YEAR), CacheControl.immutable()],
    });
    const last = new BucketDeployment(this, "Page", {
      ...common,
      sources: [...page, Source.jsonData("config.json", { ...signIn, campaigns: [] })],
      destinationKeyPrefix: "console",
      cacheControl: [CacheControl.noCache()],
    });
    last.node.addDependency(first);
    acceptDeployer(last, this.#bucket);
  }

  #closedBucket(): Bucket {
    const bucket = new Bucket(this, "Files", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // A deployment puts them there again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    accept(bucket, "S1", "What lies there is public once it is served, and nobody but the distribution reads it.");
    return bucket;
  }

  #headers(settings: Settings, files: IBucket, signInOrigins: readonly string[]): ResponseHeadersPolicy {
    const connects = [...signInOrigins, `https://${files.bucketRegionalDomainName}`];
    return new ResponseHeadersPolicy(this, "Headers", {
      responseHeadersPolicyName: `${physicalName(settings, "console")}-${Aws.REGION}`,
      comment: "Nothing inline and nothing from elsewhere",
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policyFor(connects), override: true },
        strictTransportSecurity: { accessControlMaxAge: YEAR, includeSubdomains: true, override: true },
        contentTypeOptions: { override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [{ header: "cross-origin-opener-policy", value: "same-origin", override: true }],
      },
    });
  }

  #routes(settings: Settings): CloudFrontFunction {
    return new CloudFrontFunction(this, "Routes", {
      functionName: `${physicalName(settings, "console-routes")}-${Aws.REGION}`,
      comment: "Which file an address of the console means",
      code: FunctionCode.fromInline(CONSOLE_ROUTES),
      runtime: FunctionRuntime.JS_2_0,
    });
  }
}

function acceptOf(distribution: Distribution, hasDomain: boolean): void {
  accept(distribution, "CFR1", "People work from wherever they travel; who may do what is in their token.");
  accept(
    distribution,
    "CFR2",
    "The API has a throttle of its own, and the files are no secret; a firewall is paid for by the rule.",
  );
  accept(distribution, "CFR3", "Every call is in the API's access log; who fetched a script tells nothing.");
  if (!hasDomain)
    accept(
      distribution,
      "CFR4",
      "CloudFront's own name has its own certificate and protocol; name a domain to raise it.",
    );
}

/** CDK's own function that copies files into buckets, with its own role. */
function acceptDeployer(deployment: BucketDeployment, bucket: IBucket): void {
  const stack = Stack.of(deployment);
  const copying =
    "CDK's own copier, while deploying only: whatever the assets hold goes from CDK's bucket into the console's.";
  const assets = `arn:${stack.partition}:s3:::cdk-hnb659fds-assets-${stack.account}-${stack.region}/*`;
  for (const copier of stack.node.children.filter(({ node }) => node.id.startsWith("Custom::CDKBucketDeployment"))) {
    const policy = `arn:${printed(stack.resolve(stack.partition))}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`;
    accept(
      copier,
      `IAM4[Policy::${policy}]`,
      "AWS's own policy for writing a log; the function runs while deploying only.",
    );
    for (const action of ["GetObject", "GetBucket", "List", "DeleteObject", "Abort"])
      accept(copier, `IAM5[Action::s3:${action}*]`, copying);
    for (const pattern of [assets, bucket.arnForObjects("*")]) acceptPattern(copier, pattern, copying);
    accept(copier, "L1", "CDK chooses the runtime of its own function.");
  }
}
