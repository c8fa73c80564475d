import type { AnswerStore, CallKey, KeptAnswer, KeptCall } from "#ports/answer-store.ts";
import { MemoryTable } from "./memory-table.ts";

export class MemoryAnswerStore implements AnswerStore {
  readonly #calls = new MemoryTable<KeptCall>();

  async call({ caller, operation, key }: CallKey): Promise<KeptCall | undefined> {
    return this.#calls.get(caller, idOf(operation, key));
  }

  async begin({ caller, operation, key }: CallKey, call: KeptCall, before: KeptCall | undefined): Promise<boolean> {
    return this.#calls.setIf(caller, idOf(operation, key), call, (stored) => stored?.attempt === before?.attempt);
  }

  async finish({ caller, operation, key }: CallKey, call: KeptCall, answer: KeptAnswer): Promise<void> {
    this.#calls.setIf(caller, idOf(operation, key), { ...call, answer }, (stored) => isUnderWay(stored, call));
  }

  async release({ caller, operation, key }: CallKey, call: KeptCall): Promise<void> {
    const expired = { ...call, keptUntil: call.startedAt };
    this.#calls.setIf(caller, idOf(operation, key), expired, (stored) => isUnderWay(stored, call));
  }
}

function idOf(operation: string, key: string): string {
  return JSON.stringify([operation, key]);
}

function isUnderWay(stored: KeptCall | undefined, call: KeptCall): boolean {
  return stored !== undefined && stored.answer === undefined && stored.attempt === call.attempt;
}
