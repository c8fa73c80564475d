import { expect, it } from "vitest";
import { prepareCompany, someSales } from "./console-world.ts";
import { servedConsole } from "./served-console.ts";
import { Story } from "./story.ts";

const STEP_MS = 300_000;

/** The story's steps as tests, in their order: each goes on where the one before ended. */
export function tellStory(language: "en" | "zh"): void {
  const served = servedConsole((cloud) => prepareCompany(cloud, someSales()));
  const { browsers } = served;
  const step = (what: string, play: (story: Story) => Promise<void>) =>
    it(what, { timeout: STEP_MS }, () => play(new Story(language, served.cloud, browsers)));

  step("marketing makes the campaign from the gallery, in the form and in the text beside it", (story) =>
    story.makesCampaign(),
  );
  step("pastes the targets from a spreadsheet", (story) => story.setsTargets());
  step("publishes, and asks for approval", (story) => story.asksForActivation());
  step("finance reads what it comes to and puts it in force", (story) => story.isPutInForce());
  step("sales arrive, and the board moves by itself", (story) => story.boardMoves());
  step("finance approves the final run", (story) => story.runIsApproved());
  step("a seller reads the statement on a phone and questions a line", (story) => story.sellerDisputes());
  step("finance accepts, with an amount that a second approver agrees to", (story) => story.disputeIsAccepted());
  step("the next run posts the difference", (story) => story.differenceIsPosted());
  step("and the seller sees it", (story) => story.sellerSeesIt());
  it("did nothing that the page's policy forbids, and had no error", () => expect(browsers.faults).toEqual([]));
}
