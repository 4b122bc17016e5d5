import { useTranslation } from "@wanjia/ui/language/language";
import { noticeOn, tellNotice } from "@wanjia/domain/privacy/notices";
import { localDate } from "@wanjia/domain/shared/instant";
import { Sheet } from "../shell/Sheet.tsx";
import { useLocale, useNow, useWork } from "../shell/work.tsx";

/** What to say and what to hand over, in the wording of today. */
export function ScriptSheet({ opening, onClose }: { opening?: string; onClose: () => void }) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const { owner } = useWork();
  const { session } = useWork().store;
  const notice = noticeOn(localDate(useNow()));
  const english = locale === "en";
  const station = session?.stations[0];
  const fill = (text: string) =>
    tellNotice(text, {
      officer: owner.name,
      station: (english ? station?.nameEn : station?.name) ?? "",
      address: station?.address ?? "",
      phone: station?.dutyPhone ?? "",
      bureau: (english ? session?.bureau.nameEn : session?.bureau.name) ?? "",
      contact: session?.bureau.privacyContact ?? "",
    });
  return (
    <Sheet title={t("script.title")} onClose={onClose}>
      <section className="script">
        <h3>{t("script.say")}</h3>
        <p>{opening ?? (notice && fill(notice.texts.doorstep[locale]))}</p>
        {notice && (
          <>
            <h3>{t("script.refusal")}</h3>
            <p>{fill(notice.texts.refusal[locale])}</p>
            <h3>{t("script.notice")}</h3>
            <p className="lines">{fill(notice.texts.card[locale])}</p>
          </>
        )}
      </section>
    </Sheet>
  );
}
