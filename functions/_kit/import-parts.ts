import type { ImportJobs, ImportReader, UploadLinks } from "#ports/imports.ts";
import type { Jobs } from "#ports/system.ts";
import { type Environment, given } from "./environment.ts";
import { once } from "./once.ts";

/** What uploads and imports use besides the stores; loaded with the first that needs it. */

export function uploadLinksOf(environment: Environment): UploadLinks {
  const bucket = given(environment, "LAUREL_FILES_BUCKET");
  const links = once(async () => (await import("#adapters/system/aws-upload-links.ts")).awsUploadLinks(bucket));
  return { link: async (key, size) => (await links()).link(key, size) };
}

export function importJobsOf(environment: Environment): ImportJobs {
  const name = given(environment, "LAUREL_IMPORTS_FUNCTION");
  const jobs = once(async () => (await import("#adapters/system/aws-jobs.ts")).awsImports(name));
  return { startImport: async (id, attempt) => (await jobs()).startImport(id, attempt) };
}

export function importReaderOf(): ImportReader {
  const reader = once(async () => (await import("#adapters/files/import-reader.ts")).importReader);
  return {
    units: async (file) => (await reader()).units(file),
    memberships: async (file) => (await reader()).memberships(file),
    targets: async (file) => (await reader()).targets(file),
    facts: async (file, context) => (await reader()).facts(file, context),
  };
}

/** Imports of people and targets have boards computed anew; they settle nothing. */
export function rebuildsOf(environment: Environment): Jobs {
  const rebuild = given(environment, "LAUREL_REBUILD_FUNCTION");
  const jobs = once(async () => (await import("#adapters/system/aws-jobs.ts")).awsJobs({ settle: "", rebuild }));
  const settlesNothing = async () => {
    throw new Error("imports settle nothing");
  };
  return {
    startRebuild: async (campaign, epoch, attempt) => (await jobs()).startRebuild(campaign, epoch, attempt),
    startSettlement: settlesNothing,
    wakeSettlement: settlesNothing,
  };
}
