import { useQuery } from "@tanstack/react-query";
import type { TipDeskUnit } from "@wanjia/contract/tips";
import { localDate } from "@wanjia/domain/shared/instant";
import { keyDigits } from "@wanjia/sync/key-digits";
import { App, Button } from "antd";
import { useState } from "react";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale, listComma, withNote } from "../shell/language.ts";
import { Card, Facts } from "../shell/Page.tsx";
import { PassphraseForm } from "./PassphraseForm.tsx";
import { keepingOf, ownKey, unitKey } from "./view-model.ts";
import { useTipWords } from "./words.ts";

export async function tipsChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.tips.key() });
}

/** Who keeps a unit's key, and what its keeping needs next. */
export function KeepingCard({ unit }: { unit: TipDeskUnit }) {
  const words = useTipWords();
  const locale = currentLocale();
  const { message } = App.useApp();
  const [doing, setDoing] = useState<"enrol" | "key">();
  const keeping = keepingOf(unit);
  const key = unit.keys.find(({ retired }) => !retired);
  const digits = useQuery({
    queryKey: ["tip-key-digits", key?.publicKey ?? ""],
    queryFn: () => keyDigits(key?.publicKey ?? ""),
    enabled: key !== undefined,
  });
  const keepers = unit.keepers
    .map(({ name, publicKey }) =>
      withNote(name, words(publicKey === null ? "keeping.not_ready" : "keeping.ready")),
    )
    .join(listComma());
  const makes = keeping === "make_key" || keeping === "renew_key" || keeping === "ready";
  const makeWord = words(key === undefined ? "keeping.make" : "keeping.renew");
  const enrolWord = words(unit.own === null ? "keeping.enrol" : "keeping.again");
  return (
    <Card
      title={words("keeping.title", { unit: locale === "en" ? unit.nameEn : unit.name })}
      actions={
        <div className="desk-actions">
          {makes && (
            <Button
              type={keeping === "ready" ? "default" : "primary"}
              onClick={() => setDoing("key")}
            >
              {makeWord}
            </Button>
          )}
          <Button
            type={keeping === "enrol" ? "primary" : "default"}
            onClick={() => setDoing("enrol")}
          >
            {enrolWord}
          </Button>
        </div>
      }
    >
      {keeping === "wait_for_keepers" && <p role="status">{words("keeping.wait_for_keepers")}</p>}
      {keeping === "renew_key" && <p role="status">{words("keeping.renew_needed")}</p>}
      <Facts
        items={[
          { label: words("keeping.keepers"), value: keepers },
          {
            label: words("keeping.key"),
            value:
              key === undefined
                ? words("keeping.none")
                : `${words("key_number", { number: key.number })} · ${words("keeping.made")} ${formatDay(localDate(key.madeAt), locale)}`,
          },
          ...(key === undefined
            ? []
            : [
                {
                  label: words("keeping.digits"),
                  value: <span className="tip-digits">{digits.data}</span>,
                },
              ]),
        ]}
      />
      {key && <p className="desk-lead">{words("keeping.digits_hint")}</p>}
      {doing === "enrol" && (
        <PassphraseForm
          setting
          title={enrolWord}
          hint={words(unit.own === null ? "keeping.enrol_hint" : "keeping.again_hint")}
          submit={enrolWord}
          onClose={() => setDoing(undefined)}
          onSubmit={async (passphrase) => {
            await client.tips.enrol({ unitId: unit.id, ...(await ownKey(passphrase)) });
            await tipsChanged();
            message.success(words("keeping.saved"));
            return true;
          }}
        />
      )}
      {doing === "key" && (
        <FormDrawer
          title={makeWord}
          hint={words("keeping.make_hint")}
          submit={makeWord}
          onClose={() => setDoing(undefined)}
          onSubmit={async () => {
            await client.tips.makeKey({ unitId: unit.id, ...(await unitKey(unit.keepers)) });
            await tipsChanged();
            message.success(words("keeping.made_done"));
          }}
        />
      )}
    </Card>
  );
}
