/** Signs that rule mediation out, and the way to show instead. */
import type { OtherWay, StopSign } from "./terms.ts";

/** The gravest first: it decides which way is shown. Source: 反家庭暴力法, 未成年人保护法 11. */
const WAY_FOR_SIGN: Record<StopSign, OtherWay> = {
  weapon_threat: "emergency_110",
  child_or_sexual_harm: "emergency_110",
  serious_crime: "emergency_110",
  violence_at_home: "domestic_violence_protection",
  party_in_fear: "competent_body",
  repeated_breach: "court",
};
const GRAVITY = Object.keys(WAY_FOR_SIGN) as readonly StopSign[];

/** The way to show instead of mediation; null without a stop sign. */
export function wayFor(signs: readonly StopSign[]): OtherWay | null {
  const gravest = GRAVITY.find((sign) => signs.includes(sign));
  return gravest === undefined ? null : WAY_FOR_SIGN[gravest];
}
