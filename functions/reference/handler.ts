import { fileURLToPath } from "node:url";
import { createReference } from "./app.ts";
import { signInFrom } from "./sign-in.ts";

const signIn = signInFrom(process.env.LAUREL_SIGN_IN);

/** In a bundle, Swagger UI's files lie in `assets` beside the code. */
export const handler = createReference({
  assetsFolder: fileURLToPath(new URL("./assets", import.meta.url)),
  signIn: () => signIn,
});
