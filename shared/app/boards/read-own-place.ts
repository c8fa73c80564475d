import type { Actor } from "#domain/actor.ts";
import type { OwnPlace } from "#domain/board.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import type { Award } from "#engine/award.ts";
import { fitProblems } from "#engine/fit.ts";
import { exactText, minus } from "#engine/kinds/exact.ts";
import type { Rules } from "#engine/rules.ts";
import { campaignSight, requireSight } from "../access.ts";
import { type LiveCampaign, LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, requireNotArchived } from "../find-campaign.ts";
import { around } from "./buckets.ts";
import { isPlacing, type PlacingReward, positionIn, whyNoBoard } from "./decide-board.ts";
import { hidesGaps, NO_BOARD_POLICY, withoutGaps } from "./masking.ts";
import { personOf } from "./people.ts";
import { type PeopleBoard, peopleBoard } from "./people-board.ts";
import { placeBefore } from "./place-before.ts";
import { rowOf, valueText } from "./rows.ts";
import { readScene, type Scene } from "./scene.ts";

type PlaceDeps = Pick<Deps, "derived" | "plans" | "clock">;

/** What several requests of a short time share: rules, and what was read of boards. */
export interface Shared {
  readonly liveRules: LiveRules;
  readonly scene: (deps: PlaceDeps, live: LiveCampaign) => Promise<Scene>;
}

const ALONE = (): Shared => ({ liveRules: new LiveRules(), scene: readScene });

/**
 * Where one person stands on a board: the own value exactly, the place exactly among the best, otherwise from where to where it
 * is. A seller asks for their own, a branch manager for those of their own units.
 *
 * @throws Refusal `notFound` (no such board of people), `forbidden`
 */
export async function readOwnPlace(
  deps: PlaceDeps,
  actor: Actor,
  asked: { readonly campaign: string; readonly board: string; readonly participantId: string },
  shared = ALONE(),
): Promise<OwnPlace> {
  const { participantId } = asked;
  const sight = campaignSight(deps, actor, await findCampaign(deps, asked.campaign));
  await requireSight(sight, { kind: "participant", id: participantId });
  const live = await shared.liveRules.one(deps, asked.campaign);
  const { campaign, rules } = live;
  requireNotArchived(campaign);
  const reward = rules.plan.rewards.filter(isPlacing).find(({ id }) => id === asked.board);
  if (reward?.level !== "participant") throw new Refusal("notFound", `${asked.board} is no board of people`);
  const head = {
    campaign: campaign.id,
    reward: reward.id,
    provisional: true as const,
    at: formatInstant(deps.clock.now()),
    rebuilding: campaign.rebuiltEpoch < campaign.epoch,
  };
  const fits = fitProblems(rules, deps.clock.now()).length === 0;
  const why = whyNoBoard(rules, reward) ?? (fits ? undefined : "targets");
  if (why !== undefined) return { ...head, why };
  const person = await personOf(deps, live, participantId);
  const [scene, days] = await Promise.all([shared.scene(deps, live), deps.derived.dayBoards(campaign.id)]);
  const board = peopleBoard(rules, scene.units, reward, scene.boardsOf(reward.id), person ? [person] : []);
  if (board.isUnknown) return { ...head, why: "parts" };
  const standing = standingOf(rules, reward, board, participantId);
  const policy = rules.plan.boards ?? NO_BOARD_POLICY;
  const hides = reward.kind === "ranking" && actor.roles.includes("seller") && hidesGaps(policy);
  const day = days.find(({ reward: id }) => id === reward.id);
  const moved = day ? await placeBefore(deps, live, { reward, day, units: scene.units, participantId }) : {};
  return { ...head, ...(hides ? withoutGaps(standing) : standing), ...moved };
}

function standingOf(
  rules: Rules,
  reward: PlacingReward,
  board: PeopleBoard,
  participantId: string,
): Pick<OwnPlace, "row" | "place" | "ahead"> {
  const { placed, others, standings } = board;
  const index = placed.findIndex(({ subject }) => subject.id === participantId);
  const award = placed[index] ?? others.find(({ subject }) => subject.id === participantId);
  if (!award) return { row: rowOfNobody(rules, reward, board, participantId) };
  const { rank, prize, missing, ...row } = rowOf(rules, standings, reward, award);
  const isExact = index < board.exactTo;
  if (index < 0 || rank === undefined) return { row: { ...row, ...(missing === undefined ? {} : { missing }) } };
  if (!isExact) return { row: { ...row, state: "placed" }, place: roughPlace(rules, reward, board, participantId) };
  return {
    row: {
      ...row,
      rank,
      ...(prize === undefined ? {} : { prize }),
      ...(missing === undefined ? {} : { missing }),
    },
    place: { from: rank, to: rank, of: board.ranked, isExact },
    ...aheadOf(rules, reward, board, placed[index - 1], participantId),
  };
}

/** Those in higher buckets are ahead, those in the own one may be; and whoever is among the best is ahead in any case. */
function roughPlace(
  rules: Rules,
  reward: PlacingReward,
  { standings, placed, histogram, exactTo, ranked }: PeopleBoard,
  participantId: string,
): NonNullable<OwnPlace["place"]> {
  const position = positionIn(rules, standings, reward, participantId);
  // Whoever is equal to the last of the best shares that place.
  const behindBest = Math.min(placed[exactTo - 1]?.rank ?? exactTo + 1, ranked);
  if (position === undefined) return { from: behindBest, to: ranked, of: ranked, isExact: false };
  const { above, beside } = around(histogram(), position);
  const from = Math.min(Math.max(behindBest, above + 1), ranked);
  return { from, to: Math.min(ranked, Math.max(from, above + beside)), of: ranked, isExact: false };
}

/** What the next place up has more. Whose it is stays untold: it may be nobody whom one may see. */
function aheadOf(
  rules: Rules,
  reward: PlacingReward,
  { standings }: PeopleBoard,
  ahead: Award | undefined,
  participantId: string,
): Pick<OwnPlace, "ahead"> {
  const own = positionIn(rules, standings, reward, participantId);
  const theirs = ahead && positionIn(rules, standings, reward, ahead.subject.id);
  if (!own || !theirs || ahead?.rank === undefined) return {};
  return { ahead: { rank: ahead.rank, missing: exactText(minus(theirs, own)) } };
}

/** Who has no facts, or is out of the reward's scope. */
function rowOfNobody(
  rules: Rules,
  reward: PlacingReward,
  { standings }: PeopleBoard,
  subject: string,
): OwnPlace["row"] {
  return {
    subject,
    name: rules.directory.participantName(subject),
    value: valueText(rules, standings, reward, subject),
    state: "notYet",
    reason: "takes no part so far",
  };
}
