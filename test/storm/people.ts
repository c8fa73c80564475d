import { approveRequest } from "#app/approvals/decide.ts";
import { activateCampaign } from "#app/campaigns/activate-campaign.ts";
import { createCampaign } from "#app/campaigns/create-campaign.ts";
import { editDraft } from "#app/campaigns/edit-draft.ts";
import { importTargets } from "#app/campaigns/import-targets.ts";
import { publishVersion } from "#app/campaigns/publish-version.ts";
import { requestActivation } from "#app/campaigns/request-activation.ts";
import type { EdgeDeps } from "#app/deps.ts";
import { importPeople } from "#app/directory/import-people.ts";
import { receiveWebhook } from "#app/intake/receive-webhook.ts";
import { signatureHeaders } from "#app/intake/webhook-signature.ts";
import { approveRun, rejectRun } from "#app/settlement/decide-run.ts";
import { startDueWork } from "#app/settlement/due-work.ts";
import { requestRun } from "#app/settlement/request-run.ts";
import type { Actor } from "#domain/actor.ts";
import type { FactMessage } from "#domain/fact.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { MAKER } from "#test/fixtures/memory-cloud.ts";
import { PEOPLE, UNITS } from "#test/fixtures/plan-builder.ts";
import { isTransient } from "./jobs.ts";
import type { Task } from "./scheduler.ts";
import { SECRET, SIGNED_AT_SECONDS, type Storm } from "./storm.ts";
import { Tills } from "./tills.ts";
import {
  changedTarget,
  contradiction,
  factVersions,
  monthlyPlan,
  movedPerson,
  SPRINT,
  sprintPlan,
  TARGETS,
} from "./world.ts";

/** What a source sends at once: messages, or something that nobody can read. */
interface Delivery {
  readonly id: string;
  readonly messages: readonly FactMessage[];
  readonly garbage?: string;
}

/** What somebody does again until it is done or refused for good. */
interface Errand {
  readonly name: string;
  readonly work: (deps: EdgeDeps) => Promise<unknown>;
}

const approver = (subject: string): Actor => ({ subject, roles: ["approver", "marketing"], units: [], sources: [] });
const APPROVERS = [approver("fang.wei"), approver("wu.di"), approver("li.na")];

/** Sources, marketers, approvers and the scheduler, and what they were told. */
export class People {
  /** Every message that was answered: `stored` with 2xx, `conflict` with 409 or inside a batch. */
  readonly answered: { readonly message: FactMessage; readonly outcome: "stored" | "conflict" }[] = [];
  /** Deliveries that were answered as unreadable. */
  readonly unreadable: string[] = [];
  /** Which hash was in front of whom when they said yes. */
  readonly approvals: { readonly runId: string; readonly subject: string; readonly seen: string }[] = [];
  /** In whose name each run was made, as it said when it waited. */
  readonly makers = new Map<string, string>();
  readonly tills: Tills;
  readonly #storm: Storm;
  #outbox: Delivery[] = [];
  #errands: Errand[] = [];
  #facts = 0;
  #deliveries = 0;

  constructor(storm: Storm) {
    this.#storm = storm;
    this.tills = new Tills(storm);
  }

  get hasOutbox(): boolean {
    return this.#outbox.length > 0;
  }

  get hasErrands(): boolean {
    return this.#errands.length > 0;
  }

  /** The two campaigns, published and active, before the storm begins. */
  async launch(): Promise<void> {
    const { raw, random } = this.#storm;
    await raw.plans.putSource({ source: "pos", name: "Tills", secretNames: ["pos"] });
    await raw.plans.putUnits(UNITS);
    await raw.plans.putPeople(PEOPLE.map((of) => ({ participantId: of.participantId, memberships: [of] })));
    await raw.plans.setDirectoryRevision(1);
    await raw.plans.setDirectoryRevision(2);
    for (const plan of [sprintPlan(random), monthlyPlan(random)]) {
      const { id, revision } = await createCampaign(raw, MAKER, plan);
      await raw.plans.putTargets(id, id === SPRINT ? TARGETS : []);
      const { version } = await publishVersion(raw, MAKER, id, revision);
      await activateCampaign(raw, MAKER, id, version);
    }
  }

  /** A new fact with its versions, each on its way by itself or together with others; some twice, some contradicted. */
  tellFact(isLate: boolean): void {
    const { random, scheduler } = this.#storm;
    this.#facts += 1;
    const versions = factVersions(random, this.#facts, isLate);
    const sent = [...versions];
    if (random.chance(20)) {
      scheduler.count("message twice");
      sent.push(random.pick(versions));
    }
    if (random.chance(12)) {
      scheduler.count("contradiction");
      sent.push(contradiction(random.pick(versions)));
    }
    const shuffled = random.shuffled(sent);
    if (isUndoneBefore(shuffled)) scheduler.count("cancellation before its sale");
    while (shuffled.length > 0) this.#send({ messages: shuffled.splice(0, random.chance(30) ? 2 : 1) });
    if (random.chance(5)) this.#send({ messages: [], garbage: random.pick(["{", '{"facts":3}', '{"kind":"sale"}']) });
  }

  #send(what: Omit<Delivery, "id">): void {
    this.#deliveries += 1;
    this.#outbox.push({ id: `d${this.#deliveries}`, ...what });
  }

  /** Some delivery of the outbox is on the wire; unless it is answered it is sent again. */
  async deliver(): Promise<void> {
    const { random } = this.#storm;
    const [delivery] = this.#outbox.splice(random.int(0, this.#outbox.length - 1), 1);
    if (!delivery) return;
    let isAnswered = false;
    const task = await this.#storm.scheduler.spawn(
      `intake ${delivery.id}`,
      async (task) => {
        this.#storm.watchIntake(task);
        await this.#receive(task, delivery);
        isAnswered = true;
      },
      () => {
        if (!isAnswered) this.#outbox.push(delivery);
      },
    );
    if (!task.isOver) this.#storm.watchIntake(task);
  }

  async #receive(task: Task, { id, messages, garbage }: Delivery): Promise<void> {
    const body = Buffer.from(garbage ?? JSON.stringify(messages.length === 1 ? messages[0] : { facts: messages }));
    const headers = signatureHeaders(SECRET, id, SIGNED_AT_SECONDS, body);
    try {
      const { receipts } = await receiveWebhook(this.#storm.portsOf(task), { source: "pos", headers, body });
      receipts.forEach(({ outcome }, index) => {
        const message = messages[index];
        if (message && outcome !== "rejected") this.answered.push({ message, outcome });
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const [message] = messages;
      if (error.kind === "conflict" && message) this.answered.push({ message, outcome: "conflict" });
      else if (error.kind === "invalid") this.unreadable.push(id);
      else throw error;
    }
  }

  /** Somebody moves, is put on file, gets another target; or the plan gets another version. */
  change(): void {
    const { random, scheduler } = this.#storm;
    const drawn = random.int(1, 10);
    if (drawn <= 5) {
      const person = movedPerson(random);
      scheduler.count("import of people");
      this.#errands.push({ name: "people", work: (deps) => importPeople(deps, MAKER, rowsOf(person)) });
    } else if (drawn <= 7) {
      const target = changedTarget(random);
      scheduler.count("import of targets");
      this.#errands.push({ name: "targets", work: (deps) => importTargets(deps, MAKER, SPRINT, rowsOf([target])) });
    } else {
      const plan = drawn === 10 ? monthlyPlan(random) : sprintPlan(random);
      const checker = random.pick(APPROVERS);
      scheduler.count("plan version");
      this.#errands.push({
        name: "plan",
        work: async (deps) => {
          const campaign = await deps.plans.campaign(plan.id);
          const draft = await editDraft(deps, MAKER, plan.id, plan, campaign?.revision ?? 0);
          const { version } = await publishVersion(deps, MAKER, plan.id, draft.revision);
          const { id, hash } = await requestActivation(deps, MAKER, plan.id, { version });
          await approveRequest(deps, checker, id, hash);
        },
      });
    }
  }

  async runErrand(): Promise<void> {
    const [errand] = this.#errands.splice(this.#storm.random.int(0, this.#errands.length - 1), 1);
    if (!errand) return;
    await this.#ask(errand.name, errand.work, (error) => {
      const isBusy =
        error instanceof Refusal && ["conflict", "stale"].includes(error.kind) && !/settled/.test(String(error));
      if (isBusy || !(error instanceof Refusal)) this.#errands.push(errand);
    });
  }

  /** Somebody asks for a run; a refusal is an answer. */
  async request(campaign: string, kind: Run["kind"]): Promise<void> {
    const actor = this.#storm.random.pick([MAKER, ...APPROVERS]);
    await this.#ask(
      `request ${kind}`,
      (deps) => requestRun(deps, actor, campaign, kind),
      () => undefined,
    );
  }

  /** The scheduler's tick. */
  async due(): Promise<void> {
    await this.#ask(
      "clock",
      (deps) => startDueWork(deps),
      () => undefined,
    );
  }

  /** Somebody decides a run: mostly one who may, mostly on what they see. */
  async decide(run: Run, isCareful = false): Promise<void> {
    const { random, scheduler } = this.#storm;
    const { campaign, runId, resultHash = "" } = run;
    this.makers.set(runId, run.submittedBy);
    const others = APPROVERS.filter(({ subject }) => subject !== run.submittedBy);
    const actor =
      isCareful || random.chance(80)
        ? random.pick(others)
        : random.pick([{ ...MAKER, roles: [...MAKER.roles, "approver" as const] }, ...APPROVERS]);
    if (!isCareful && random.chance(12)) {
      scheduler.count("rejection");
      await this.#ask(
        "reject",
        (deps) => rejectRun(deps, actor, campaign, runId, { reason: "not now" }),
        () => undefined,
      );
      return;
    }
    const seen = !isCareful && random.chance(8) ? "another hash" : resultHash;
    const asked = this.#storm.sabotage.isApprovalUnbound ? resultHash : seen;
    this.approvals.push({ runId, subject: actor.subject, seen });
    if (this.hasOutbox || this.#storm.facts.backlog > 0) scheduler.count("approval beside a correction");
    await this.#ask(
      "approve",
      (deps) => approveRun(deps, actor, campaign, runId, { resultHash: asked }),
      () => undefined,
    );
  }

  async #ask(
    name: string,
    work: (deps: EdgeDeps) => Promise<unknown>,
    failed: (error: unknown) => void,
  ): Promise<void> {
    await this.#storm.scheduler.spawn(
      name,
      async (task) => void (await work(this.#storm.portsOf(task))),
      (ending, error) => {
        const isExpected = ending !== "failed" || error instanceof Refusal || isTransient(error);
        if (!isExpected) this.#storm.scheduler.note(`${name} failed: ${String(error)}`);
        // Whoever was slow is asked again only when it is clear what came of it.
        if (ending !== "done" && ending !== "slow") failed(error);
      },
    );
  }
}

/** A version that cancels is on its way before what it cancels. */
function isUndoneBefore(messages: readonly FactMessage[]): boolean {
  const cancelled = messages.findIndex(({ status }) => status === "cancelled");
  return (
    cancelled >= 0 && messages.slice(cancelled + 1).some(({ version }) => version < (messages[cancelled]?.version ?? 0))
  );
}

function rowsOf<T>(values: readonly T[]) {
  return {
    goodRowsOnly: false,
    badRows: [],
    rows: values.map((value) => ({ value, placeOf: (column: string) => column })),
  };
}
