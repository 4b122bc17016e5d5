import { printedPlateCode } from "@wanjia/domain/places/plate";
import { mayWithPlaces } from "@wanjia/domain/places/policy";
import { isLiving } from "@wanjia/domain/places/rules";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button } from "antd";
import { useState } from "react";
import { API_URL, client } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card } from "../shell/Page.tsx";
import { useFailureSentence } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { placesChanged, type Place } from "./data.ts";
import { usePlaceWords } from "./words.ts";

/** The door plates of a place; those of all its doors, for a building. */
export function PlacePlates({ place }: { place: Place }) {
  const words = usePlaceWords();
  const { message, modal } = App.useApp();
  const sentence = useFailureSentence();
  const { role } = useSession();
  const locale = currentLocale();
  const [busy, setBusy] = useState(false);
  const may = mayWithPlaces(role, "issuePlate");
  const living = isLiving(place.status);
  const issue = async (send: () => Promise<string>) => {
    setBusy(true);
    try {
      const said = await send();
      await placesChanged();
      message.success(said);
    } catch (error) {
      message.error(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  const issueOne = async () => {
    await client.places.issuePlate({ id: place.id });
    return words("one.issued");
  };
  const issueMissing = async () => {
    const { issued, had } = await client.places.issuePlates({ id: place.id });
    return words(issued === 0 ? "one.none_missing" : "one.issued_all", { issued, had });
  };
  const withdraw = (code: string) =>
    modal.confirm({
      title: words("one.withdraw_title"),
      content: words("one.withdraw_text"),
      okText: words("one.withdraw"),
      okButtonProps: { danger: true },
      onOk: async () => {
        await client.places.withdrawPlate({ code });
        await placesChanged();
        message.success(words("one.withdraw_done"));
      },
    });
  return (
    <Card
      title={words("one.plates")}
      actions={
        may && (
          <div className="desk-actions">
            <Button href={`${API_URL}/places/${place.id}/plate-sheet`} target="_blank">
              {words("one.sheet")}
            </Button>
            {living && (
              <Button loading={busy} onClick={() => void issue(issueOne)}>
                {words("one.issue")}
              </Button>
            )}
            {living && place.kind === "building" && (
              <Button type="primary" loading={busy} onClick={() => void issue(issueMissing)}>
                {words("one.issue_all")}
              </Button>
            )}
          </div>
        )
      }
    >
      {place.plates.length === 0 ? (
        <p className="desk-lead">
          {words(place.kind === "building" ? "one.no_plate_building" : "one.no_plate")}
        </p>
      ) : (
        <ul className="desk-rows">
          {place.plates.map((plate) => (
            <li key={plate.id}>
              <code>{printedPlateCode(plate.id)}</code>
              <span>{words("one.issued_at", { at: formatInstant(plate.issuedAt, locale) })}</span>
              {plate.withdrawnAt !== null ? (
                <StatusChip tone="ended">{words("one.withdrawn")}</StatusChip>
              ) : (
                <a
                  href={`${API_URL}/places/plates/${plate.id}/qr.svg`}
                  target="_blank"
                  rel="noreferrer"
                >
                  {words("one.qr")}
                </a>
              )}
              {may && plate.withdrawnAt === null ? (
                <Button onClick={() => withdraw(plate.id)}>{words("one.withdraw")}</Button>
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
