import { describe } from "vitest";
import { tellStory } from "./story-steps.ts";

describe("the story in English", () => tellStory("en"));
