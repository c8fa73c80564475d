import { describe } from "vitest";
import { tellStory } from "./story-steps.ts";

describe("the story in Chinese", () => tellStory("zh"));
