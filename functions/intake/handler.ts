import { intakeDepsFromEnvironment } from "../_kit/deps.ts";
import { createIntake } from "./app.ts";

export const handler = createIntake(intakeDepsFromEnvironment(process.env));
