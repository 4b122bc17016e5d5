import { useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { TipSheet } from "./TipSheet.tsx";

/** Somebody tells of an offence. */
export function TipButton() {
  const { t } = useTranslation("tips");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button block icon="lock" onClick={() => setOpen(true)}>
        {t("begin")}
      </Button>
      {open && <TipSheet onClose={() => setOpen(false)} />}
    </>
  );
}
