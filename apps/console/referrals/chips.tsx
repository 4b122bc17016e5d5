import type { ReferralRow } from "@wanjia/contract/referrals";
import { dueDay } from "@wanjia/domain/matters/clocks";
import { awaitsBody, type ReferralState as State } from "@wanjia/domain/matters/referral";
import type { Instant } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import type { Tone } from "@wanjia/ui/theme/tokens";
import { LeftChip } from "../matters/chips.tsx";
import { leftOf } from "../matters/view-model.ts";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { useReferralLabels } from "./labels.ts";

const TONES: Readonly<Record<State, Tone>> = {
  sent: "open",
  accepted: "again",
  returned: "ended",
  recalled: "ended",
  answered: "met",
};

export function ReferralState({ state }: { state: State }) {
  const labels = useReferralLabels();
  return <StatusChip tone={TONES[state]}>{labels(`state.${state}`)}</StatusChip>;
}

/** The day to answer by, and what is left of it while the body has yet to answer. */
export function ReferralDue({ referral, now }: { referral: ReferralRow; now: Instant }) {
  const { state, dueAt } = referral;
  if (dueAt === null || !awaitsBody(state)) return "—";
  return (
    <span className="matter-deadline">
      <LeftChip left={leftOf({ dueAt, pausedAt: null }, now)} />
      <span className="desk-lead">{formatDay(dueDay(dueAt), currentLocale(), now)}</span>
    </span>
  );
}
