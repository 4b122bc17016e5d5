import { useMutation } from "@tanstack/react-query";
import type { TipDeskUnit } from "@wanjia/contract/tips";
import { type Instant, localTime } from "@wanjia/domain/shared/instant";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button } from "antd";
import { useState } from "react";
import { client } from "../shell/api.ts";
import { Card } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { tipsChanged } from "./KeepingCard.tsx";
import type { Opened } from "./opened.ts";
import { PassphraseForm } from "./PassphraseForm.tsx";
import { type DeskKey, handedOver, keyOf, newSession, type Opening } from "./view-model.ts";
import { useTipWords } from "./words.ts";

function clockOf(instant: Instant): string {
  const { hour, minute } = localTime(instant);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Two keepers: one asks here, another agrees on his own desk. */
export function OpeningCard({ unit, opened }: { unit: TipDeskUnit; opened: Opened }) {
  const words = useTipWords();
  const { member } = useSession();
  const keys = unit.keys.filter(({ waiting, ownShare }) => waiting > 0 && ownShare !== null);
  const requests = unit.openings.filter(
    ({ askedBy, granted }) => askedBy !== member.id && !granted,
  );
  return (
    <Card title={words("opening.title")}>
      <div className="tip-lines">
        {requests.map((opening) => (
          <Request key={opening.id} unit={unit} opening={opening} />
        ))}
        {keys.length === 0 && requests.length === 0 && <p>{words("opening.nothing")}</p>}
        {keys.map((key) => (
          <Waiting
            key={key.id}
            unit={unit}
            unitKey={key}
            opening={unit.openings.find(
              ({ askedBy, keyId }) => askedBy === member.id && keyId === key.id,
            )}
            opened={opened}
          />
        ))}
      </div>
    </Card>
  );
}

/** What waits under one key, and how far its opening has come. */
function Waiting({
  unit,
  unitKey,
  opening,
  opened,
}: {
  unit: TipDeskUnit;
  unitKey: DeskKey;
  opening: Opening | undefined;
  opened: Opened;
}) {
  const words = useTipWords();
  const [unlocking, setUnlocking] = useState(false);
  const ask = useMutation({
    mutationFn: async () => {
      const session = await newSession();
      const { id } = await client.tips.ask({ keyId: unitKey.id, sessionKey: session.publicKey });
      opened.asked(id, session.seed);
      await tipsChanged();
    },
  });
  const { number, waiting } = unitKey;
  const open = opened.keyFor(unitKey.id);
  const session = opening && opened.sessionOf(opening.id);
  return (
    <>
      <p>
        <strong>{words("opening.waiting", { number, count: waiting })}</strong>
      </p>
      {open && opening ? (
        <StatusChip tone="met">
          {words("opening.unlocked", { time: clockOf(open.expiresAt) })}
        </StatusChip>
      ) : opening && session ? (
        opening.granted ? (
          <Button type="primary" onClick={() => setUnlocking(true)}>
            {words("opening.unlock")}
          </Button>
        ) : (
          <p role="status">{words("opening.asked", { time: clockOf(opening.expiresAt) })}</p>
        )
      ) : (
        <>
          {opening && <p>{words("opening.elsewhere")}</p>}
          <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate()}>
            {words("opening.ask")}
          </Button>
        </>
      )}
      <FormProblem error={ask.error} />
      {unlocking && opening && session && (
        <PassphraseForm
          title={words("opening.unlock")}
          hint={words("opening.unlock_hint")}
          submit={words("opening.unlock")}
          onClose={() => setUnlocking(false)}
          onSubmit={async (passphrase) => {
            const key = await keyOf(unit, opening, session, passphrase);
            if (key === null) return false;
            opened.unlock(opening, key);
            return true;
          }}
        />
      )}
    </>
  );
}

/** Another keeper asks; this one agrees by his share. */
function Request({ unit, opening }: { unit: TipDeskUnit; opening: Opening }) {
  const words = useTipWords();
  const { message } = App.useApp();
  const [granting, setGranting] = useState(false);
  const key = unit.keys.find(({ id }) => id === opening.keyId);
  if (key === undefined || key.ownShare === null) return null;
  return (
    <>
      <p role="status">
        {words("opening.request", {
          name: opening.askedByName,
          number: key.number,
          time: clockOf(opening.expiresAt),
        })}
      </p>
      <Button type="primary" onClick={() => setGranting(true)}>
        {words("opening.grant")}
      </Button>
      {granting && (
        <PassphraseForm
          title={words("opening.grant")}
          hint={words("opening.grant_hint")}
          submit={words("opening.grant")}
          onClose={() => setGranting(false)}
          onSubmit={async (passphrase) => {
            const sealedShare = await handedOver(unit, opening, passphrase);
            if (sealedShare === null) return false;
            await client.tips.grant({ id: opening.id, sealedShare });
            await tipsChanged();
            message.success(words("opening.granted"));
            return true;
          }}
        />
      )}
    </>
  );
}
