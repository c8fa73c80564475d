import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Accepts one finding of the AwsSolutions checks on one construct, with the reason a reviewer reads. */
export function accept(construct: IConstruct, finding: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason });
}

/** Accepts that a role names this resource by a pattern; the finding is named after the resource as the checks print it. */
export function acceptPattern(role: IConstruct, pattern: string, reason: string): void {
  accept(role, `IAM5[Resource::${printed(Stack.of(role).resolve(pattern))}]`, reason);
}

/** A resolved value as the checks print it: references in angle brackets, joined texts joined. */
export function printed(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) throw new Error(`not a text or a reference: ${value}`);
  if ("Ref" in value) return `<${value.Ref}>`;
  if ("Fn::GetAtt" in value && Array.isArray(value["Fn::GetAtt"])) return `<${value["Fn::GetAtt"].join(".")}>`;
  if ("Fn::Join" in value && Array.isArray(value["Fn::Join"])) {
    const [separator, parts] = value["Fn::Join"];
    return parts.map(printed).join(separator);
  }
  throw new Error(`a kind of reference the checks have not been seen to print: ${JSON.stringify(value)}`);
}
