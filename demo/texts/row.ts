import type {
  MatterKind,
  MatterOutcome,
  MatterSubtype,
  UnsolvedReason,
} from "@wanjia/domain/matters/terms";

export interface MatterText {
  readonly kind: MatterKind;
  readonly subtype: MatterSubtype;
  readonly text: string;
  readonly note: string;
  readonly outcome: MatterOutcome;
  readonly reason?: UnsolvedReason;
  /** What the handler says was done. */
  readonly result: string;
  readonly answer: string;
}

type Row = readonly [
  subtype: MatterSubtype,
  text: string,
  note: string,
  result: string,
  answer: string,
  outcome?: MatterOutcome,
  reason?: UnsolvedReason,
];

export function matters(
  kind: MatterKind,
  usual: MatterOutcome,
  rows: readonly Row[],
): MatterText[] {
  return rows.map(([subtype, text, note, result, answer, outcome = usual, reason]) => ({
    kind,
    subtype,
    text,
    note,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    result,
    answer,
  }));
}
