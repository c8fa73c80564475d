import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { Code } from "aws-cdk-lib/aws-lambda";
import { Source } from "aws-cdk-lib/aws-s3-deployment";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { buildApp } from "#infra/lib/app.ts";
import { consolePolicy } from "#infra/lib/console-bundle.ts";
import { CONSOLE_ROUTES } from "#infra/lib/console-site.ts";
import { Deployment, type Resource } from "./deployment.ts";

/** The console on CloudFront: who reads its files, what a page may call, which file an address means, and where people come back to. */

const FILES = {
  hashed: [Source.data("console-ABCDEFGH.js", "1")],
  page: [Source.data("index.html", "<!doctype html>")],
};
const codeOf = () => Code.fromInline("export const handler = () => {};");
const build = (environment: Readonly<Record<string, string>>) => buildApp(codeOf, environment, {}, FILES).app;

const ISSUER = {
  LAUREL_JWT_ISSUER: "https://id.example.com/realms/laurel",
  LAUREL_JWKS_URI: "https://id.example.com/keys",
  LAUREL_CONSOLE_CLIENT_ID: "laurel-console",
};
const DOMAIN = {
  ...ISSUER,
  LAUREL_CONSOLE_DOMAIN: "laurel.example.com",
  LAUREL_CONSOLE_CERTIFICATE: "arn:aws:acm:us-east-1:123456789012:certificate/1",
};

const own = new Deployment({}, FILES);
const other = new Deployment(ISSUER, FILES);

function one(deployment: Deployment, type: string): Resource {
  const [found, ...others] = deployment.resources(type);
  if (found === undefined || others.length > 0) throw new Error(`there is not one ${type}`);
  return found;
}

/** What is put beside the page, with marks where a deployment fills in what it made. */
function configOf(environment: Readonly<Record<string, string>>): unknown {
  const { directory } = build(environment).synth();
  const [file, ...others] = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("config.json"),
  );
  if (file === undefined || others.length > 0) throw new Error("there is not one config.json");
  return JSON.parse(readFileSync(join(directory, file), "utf8"));
}

const textOf = (value: unknown) => JSON.stringify(value);

function distribution(deployment: Deployment) {
  return z
    .looseObject({
      DefaultCacheBehavior: z.looseObject({ TargetOriginId: z.string(), ViewerProtocolPolicy: z.string() }),
      CacheBehaviors: z.array(
        z.looseObject({
          PathPattern: z.string(),
          AllowedMethods: z.array(z.string()),
          CachePolicyId: z.unknown(),
          OriginRequestPolicyId: z.unknown(),
          ViewerProtocolPolicy: z.string(),
        }),
      ),
      Origins: z.array(z.looseObject({ DomainName: z.unknown(), OriginAccessControlId: z.unknown().optional() })),
    })
    .parse(one(deployment, "AWS::CloudFront::Distribution").properties.DistributionConfig);
}

function policyOf(deployment: Deployment): string {
  const { properties, stack } = one(deployment, "AWS::CloudFront::ResponseHeadersPolicy");
  const { ResponseHeadersPolicyConfig: config } = z
    .looseObject({
      ResponseHeadersPolicyConfig: z.looseObject({
        SecurityHeadersConfig: z.looseObject({
          ContentSecurityPolicy: z.looseObject({ ContentSecurityPolicy: z.unknown() }),
        }),
      }),
    })
    .parse(properties);
  return deployment.read(config.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy, stack);
}

describe("the console's files", () => {
  test("are read by the distribution alone, and are told as missing where they are", () => {
    const bucket = own.resources("AWS::S3::Bucket").find(({ id }) => id.startsWith("SiteFiles"));
    expect(bucket?.properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
    const policy = own.resources("AWS::S3::BucketPolicy").find(({ id }) => id.startsWith("SiteFiles"));
    const { Statement } = z
      .looseObject({
        Statement: z.array(z.looseObject({ Effect: z.string(), Action: z.unknown(), Principal: z.unknown() })),
      })
      .parse(policy?.properties.PolicyDocument);
    const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
    expect(allowed.flatMap(({ Action }) => Action).sort()).toEqual(["s3:GetObject", "s3:ListBucket"]);
    for (const statement of allowed) {
      expect(statement.Principal).toEqual({ Service: "cloudfront.amazonaws.com" });
      expect(textOf(statement.Condition)).toContain("AWS:SourceArn");
    }
    expect(distribution(own).Origins.filter(({ OriginAccessControlId }) => OriginAccessControlId)).toHaveLength(1);
  });

  test("are kept for a year where their names say what is in them; the page is asked for anew, and put there last", () => {
    const copies = own.resources("Custom::CDKBucketDeployment");
    const byPrefix = new Map(copies.map((copy) => [copy.properties.DestinationBucketKeyPrefix, copy]));
    expect(textOf(byPrefix.get("console/assets")?.properties.SystemMetadata)).toContain("max-age=31536000, immutable");
    expect(byPrefix.get("console")?.properties.SystemMetadata).toEqual({ "cache-control": "no-cache" });
    // Who has a page open goes on fetching the files of its release.
    expect(copies.map(({ properties }) => properties.Prune)).toEqual([false, false]);
  });
});

describe("an address", () => {
  const route = (uri: string) =>
    z
      .looseObject({ uri: z.string().optional(), statusCode: z.number().optional(), headers: z.unknown().optional() })
      .parse(runInNewContext(`${CONSOLE_ROUTES}; handler(event)`, { event: { request: { uri } } }));

  test.each([
    ["/console/", "/console/index.html"],
    ["/console/campaigns/spring/runs", "/console/index.html"],
    ["/console/campaigns/spring/runs/spring.final-1", "/console/index.html"],
    ["/console/people/a.b.js", "/console/index.html"],
    ["/console/signed-in", "/console/index.html"],
    ["/console/index.html", "/console/index.html"],
    ["/console/config.json", "/console/config.json"],
    ["/console/icon.svg", "/console/icon.svg"],
    ["/console/assets/console-ABCDEFGH.js", "/console/assets/console-ABCDEFGH.js"],
    ["/console/gallery/index.json", "/console/gallery/index.json"],
  ])("%s means %s", (uri, file) => {
    expect(route(uri).uri).toBe(file);
  });

  test("that is none leads to the console, or nowhere", () => {
    expect([route("/"), route("/console")]).toMatchObject([{ statusCode: 302 }, { statusCode: 302 }]);
    expect(textOf(route("/").headers)).toContain("/console/");
    expect([route("/wp-admin"), route("/consoles/x")]).toMatchObject([{ statusCode: 404 }, { statusCode: 404 }]);
  });

  test("of the API goes to the API, as it was sent, and is never kept", () => {
    const { CacheBehaviors, Origins } = distribution(own);
    expect(CacheBehaviors).toMatchObject([
      {
        PathPattern: "/v1/*",
        ViewerProtocolPolicy: "https-only",
        // Managed-CachingDisabled and Managed-AllViewerExceptHostHeader.
        CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      },
    ]);
    expect(CacheBehaviors[0]?.AllowedMethods).toEqual(expect.arrayContaining(["GET", "POST", "PUT"]));
    expect(textOf(Origins)).toContain("ApiEndpoint");
  });
});

describe("a page", () => {
  test("runs nothing inline and calls nobody but its own host, who signs people in, and where files are put", () => {
    const policy = policyOf(other);
    const [upload = ""] = /https:\/\/\S*RegionalDomainName/.exec(policy) ?? [];
    expect(upload).toContain("FilesBucket");
    expect(policy).toBe(consolePolicy("https://id.example.com").replace("id.example.com", `id.example.com ${upload}`));
    expect(policyOf(own)).toMatch(
      /connect-src 'self' https:\/\/cognito-idp\.<Region>\.<URLSuffix> https:\/\/\S+\.auth\.<Region>\.\S+ https:\/\/\S*FilesBucket/,
    );
  });

  test("is never taken over plain HTTP, guessed at or framed, and tells nobody where it was", () => {
    const { properties } = one(own, "AWS::CloudFront::ResponseHeadersPolicy");
    expect(properties).toMatchObject({
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
          ContentTypeOptions: { Override: true },
          ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
          FrameOptions: { FrameOption: "DENY" },
        },
      },
    });
    expect(distribution(own).DefaultCacheBehavior.ViewerProtocolPolicy).toBe("redirect-to-https");
  });
});

describe("signing in", () => {
  test("with the deployment's own pool comes back to the console, with the token that the API takes", () => {
    const clients = own.resources("AWS::Cognito::UserPoolClient");
    const client = clients.find(({ properties }) => properties.ClientName === "console");
    const addressesOf = (list: unknown) =>
      z
        .array(z.unknown())
        .parse(list)
        .map((url) => own.read(url, client?.stack ?? ""));
    const urls = addressesOf(client?.properties.CallbackURLs);
    expect(urls).toContainEqual(expect.stringMatching(/^https:\/\/SiteDistribution\.DomainName\/console\/signed-in$/));
    const back = addressesOf(client?.properties.LogoutURLs);
    expect(back).toContainEqual(expect.stringMatching(/^https:\/\/SiteDistribution\.DomainName\/console\/$/));
    expect(configOf({})).toMatchObject({ token: "id_token", scope: "openid profile", campaigns: [] });
  });

  test("with another issuer uses the client and the token that the settings name", () => {
    expect(configOf(ISSUER)).toEqual({
      issuer: "https://id.example.com/realms/laurel",
      clientId: "laurel-console",
      token: "access_token",
      campaigns: [],
    });
  });
});

test("a domain of one's own has its certificate, and is where people are sent", () => {
  const named = new Deployment(DOMAIN, FILES);
  expect(one(named, "AWS::CloudFront::Distribution").properties).toMatchObject({
    DistributionConfig: {
      Aliases: ["laurel.example.com"],
      ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021" },
    },
  });
  expect(named.text).toContain("https://laurel.example.com/console/");
  const { LAUREL_CONSOLE_CERTIFICATE: _, ...half } = DOMAIN;
  expect(() => new Deployment(half, FILES)).toThrow("come together");
});

test("there is none in the China regions, nor where nobody wants one", () => {
  const region = { CDK_DEFAULT_ACCOUNT: "123456789012", CDK_DEFAULT_REGION: "cn-northwest-1" };
  expect(new Deployment({ ...ISSUER, ...region }, FILES).text).not.toContain("CloudFront");
  expect(new Deployment(ISSUER).text).not.toContain("CloudFront");
});

test.each([
  ["with a pool", {}],
  ["with an issuer", ISSUER],
  ["with a domain", DOMAIN],
])("AwsSolutions finds nothing that is not accepted with a reason, %s", (_, environment) => {
  const app = build(environment);
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  const findings = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
  expect(findings).toEqual([]);
});
