import { cardAt, printedCardCode } from "@wanjia/domain/visits/card-code";
import type { NextAttempt } from "@wanjia/domain/visits/door";
import type { Appointment } from "@wanjia/domain/visits/terms";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { useNow } from "../shell/work.tsx";
import type { SeenDoor } from "./view-model.ts";

/** What the resident asked for on the plate's page, to be agreed to; and the code for the card. */
export function Expected({
  door,
  next,
  onAgree,
}: {
  door: SeenDoor;
  next: NextAttempt;
  onAgree: (window: Appointment) => void;
}) {
  const { t } = useTranslation("visits");
  const card = cardAt(door.state, useNow());
  return (
    <>
      {next.kind === "appointment" && next.asked && (
        <Button block icon="appointment" onClick={() => onAgree({ from: next.from, to: next.to })}>
          {t("door.agree")}
        </Button>
      )}
      {card !== null && (
        <p className="muted">{t("door.cardCode", { code: printedCardCode(card) })}</p>
      )}
    </>
  );
}
