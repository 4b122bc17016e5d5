import { mayKeepTips } from "@wanjia/domain/tips/policy";
import { useSession } from "../shell/session.tsx";
import { TipDesk } from "./TipDesk.tsx";
import { TipUnits } from "./TipUnits.tsx";

/** Keepers see rows and open them together; administrators say who keeps what, and see none. */
export function TipsScreen() {
  return mayKeepTips(useSession().role) ? <TipDesk /> : <TipUnits />;
}
