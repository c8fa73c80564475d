import { folderJournal, type Journal } from "#infra/local/durable/journal.ts";
import { LocalDurable } from "#infra/local/durable.ts";
import type { Clock } from "#ports/system.ts";

const NEVER = new Promise<never>(() => undefined);
const WRITE = /^(save|add|put|advance|set|hold|release)/;

export interface MachineOptions {
  readonly clock: Clock;
  /** Where executions outlive the machine. */
  readonly folder: string;
  /** Gives the machine its functions, over stores that die with it. */
  readonly register: (machine: Machine) => void;
}

/** A machine that carries on with the executions of a folder. Dead, it does nothing more, and keeps nothing more. */
export class Machine {
  readonly durable: LocalDurable;
  readonly #died = Promise.withResolvers<"dead">();
  #writesLeft: number;

  /** @param writesLeft how many writes it does; the last one takes effect, and is not heard of any more */
  constructor({ clock, folder, register }: MachineOptions, writesLeft = Number.POSITIVE_INFINITY) {
    this.#writesLeft = writesLeft;
    const kept = folderJournal(folder);
    const save: Journal["save"] = (execution) => (this.isDead ? undefined : kept.save(execution));
    this.durable = new LocalDurable({ clock, journal: { load: () => kept.load(), save } });
    register(this);
    this.durable.resume();
  }

  get isDead(): boolean {
    return this.#writesLeft <= 0;
  }

  /** Resolves when nothing is left to do, or when it died. */
  end(): Promise<"idle" | "dead"> {
    return Promise.race([this.durable.idle().then(() => "idle" as const), this.#died.promise]);
  }

  /** A store whose calls come back until the last write; from then on none does. */
  mortal<T extends object>(store: T): T {
    return new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return async (...args: unknown[]) => {
          if (this.isDead) return NEVER;
          const answer: unknown = await Reflect.apply(member, target, args);
          if (WRITE.test(String(name))) this.#writesLeft -= 1;
          if (!this.isDead) return answer;
          this.#died.resolve("dead");
          return NEVER;
        };
      },
    });
  }
}
