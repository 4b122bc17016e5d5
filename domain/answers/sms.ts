/**
 * How a text travels: in UCS-2, because it is Chinese, alone or in pieces that the phone joins.
 * Source: 3GPP TS 23.038, 23.040 §9.2.3.24.
 */
const ALONE = 70;
/** A piece says first which one it is. */
const PIECE = 67;

/** The pieces a text is sent in. No sign is cut in two; an empty text is one piece. */
export function piecesOf(text: string): readonly string[] {
  if (text.length <= ALONE) return [text];
  const pieces: string[] = [];
  let current = "";
  for (const sign of text) {
    if (current.length + sign.length > PIECE) {
      pieces.push(current);
      current = "";
    }
    current += sign;
  }
  return [...pieces, current];
}
