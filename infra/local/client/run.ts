import { makeClient } from "./make.ts";

const folder = process.argv[2] ?? "build/client";
await makeClient(folder);
console.log(`the typed client is in ${folder}`);
