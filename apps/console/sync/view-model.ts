import type { Command } from "@wanjia/sync/protocol";

interface RefusedCommand {
  readonly command: Command;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Sent {
  readonly done: number;
  readonly accepted: number;
  readonly had: number;
  readonly refused: readonly RefusedCommand[];
}

export const nothingSent: Sent = { done: 0, accepted: 0, had: 0, refused: [] };

/** Small enough that the bar moves, well below what one push may hold. */
const BATCH = 50;

export function batchesOf<T>(commands: readonly T[]): (readonly T[])[] {
  return Array.from({ length: Math.ceil(commands.length / BATCH) }, (_, at) =>
    commands.slice(at * BATCH, (at + 1) * BATCH),
  );
}

type Answer =
  | { readonly id: string; readonly status: "accepted" | "had" }
  | {
      readonly id: string;
      readonly status: "refused";
      readonly refusal: {
        readonly code: string;
        readonly params?: Readonly<Record<string, string | number>> | undefined;
      };
    }
  | { readonly id: string; readonly status: "failed"; readonly reason: string };

/** Adds a batch's answers. A command without an answer, or one that failed, is not taken for sent. */
export function addAnswers(
  sent: Sent,
  batch: readonly Command[],
  answers: readonly Answer[],
): Sent {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const refused = [...sent.refused];
  let { accepted, had } = sent;
  for (const command of batch) {
    const answer = byId.get(command.id);
    switch (answer?.status) {
      case "accepted":
        accepted += 1;
        break;
      case "had":
        had += 1;
        break;
      case "refused":
        refused.push({ command, code: answer.refusal.code, params: answer.refusal.params ?? {} });
        break;
      case "failed":
        refused.push({ command, code: answer.reason, params: {} });
        break;
      case undefined:
        refused.push({ command, code: "no-answer", params: {} });
    }
  }
  return { done: sent.done + batch.length, accepted, had, refused };
}
