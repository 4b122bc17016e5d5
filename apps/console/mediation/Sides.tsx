import { useQuery } from "@tanstack/react-query";
import type { MediationDetail } from "@wanjia/contract/mediation";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { api, client } from "../shell/api.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale, listBreak } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { labelKey, useMediationLabels } from "./labels.ts";
import { useMediationWords } from "./words.ts";

type Side = MediationDetail["sides"][number];

/** Each side by itself: what it said, how it is reached, and what it may know. */
export function Sides({ mediation }: { mediation: MediationDetail }) {
  const words = useMediationWords();
  const [shown, setShown] = useState<Side["key"]>();
  return (
    <Card title={words("sides.title")}>
      <ul className="mediation-sides">
        {mediation.sides.map((side) => (
          <li key={side.key}>
            <SideLine side={side} callsOnly={mediation.callsOnly} />
            <div className="desk-actions">
              {side.contact !== null && <Reveal mediation={mediation} side={side} />}
              {!mediation.callsOnly && (
                <Button size="small" onClick={() => setShown(side.key)}>
                  {words("sides.own_page")}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <OwnPage id={mediation.id} side={shown} onClose={() => setShown(undefined)} />
      )}
    </Card>
  );
}

function SideLine({ side, callsOnly }: { side: Side; callsOnly: boolean }) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const said =
    side.agrees === null ? "sides.asked" : side.agrees ? "sides.agrees" : "sides.refuses";
  return (
    <p>
      <strong>{labels(labelKey("side", side.key))}</strong> {labels(labelKey("part", side.part))}
      {!callsOnly && <> · {words(said)}</>}
      {side.closedDoors && <> · {words("sides.closed")}</>}
      {side.notified && <> · {words("sides.notified")}</>}
      {side.called && <> · {words("sides.called")}</>}
      <br />
      <span className="desk-lead">
        {side.contact === null ? words("sides.no_contact") : (side.contact.phone ?? "—")}
      </span>
    </p>
  );
}

function Reveal({ mediation, side }: { mediation: MediationDetail; side: Side }) {
  const words = useMediationWords();
  const [seen, setSeen] = useState<{ phone: string | null; salutation: string | null }>();
  const [error, setError] = useState<unknown>(null);
  const look = async () => {
    setError(null);
    try {
      const purpose = mediation.callsOnly ? "call_back" : "mediation";
      setSeen(await client.mediation.reveal({ id: mediation.id, side: side.key, purpose }));
    } catch (failure) {
      setError(failure);
    }
  };
  if (seen !== undefined) {
    return (
      <span className="matter-phone">
        {[seen.salutation, seen.phone].filter((one) => one !== null).join(" ")}
      </span>
    );
  }
  return (
    <>
      <FormProblem error={error} />
      <Button size="small" title={words("sides.reveal_hint")} onClick={() => void look()}>
        {words("sides.reveal")}
      </Button>
    </>
  );
}

function OwnPage({ id, side, onClose }: { id: string; side: Side["key"]; onClose: () => void }) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const locale = currentLocale();
  const view = useQuery(api.mediation.side.queryOptions({ input: { id, side } }));
  return (
    <Drawer
      open
      size={440}
      onClose={onClose}
      title={`${labels(labelKey("side", side))} · ${words("sides.own_page")}`}
    >
      <Loaded query={view}>
        {(own) => (
          <>
            <p className="desk-lead">{words("sides.own_page_hint")}</p>
            <Facts
              items={[
                {
                  label: words("sides.standing"),
                  value: labels(labelKey("standing", own.standing)),
                },
                {
                  label: words("sides.next_session"),
                  value:
                    own.sessions
                      .filter(({ state }) => state === "booked")
                      .map(({ from, venue }) => `${formatInstant(from, locale)} ${venue}`)
                      .join(listBreak()) || "—",
                },
                ...(own.agreement === null
                  ? []
                  : [
                      { label: words("facts.agreement"), value: own.agreement.number },
                      {
                        label: words("facts.perform_by"),
                        value: formatDay(own.agreement.performBy, locale),
                      },
                    ]),
                {
                  label: words("sides.performed_own"),
                  value: words(
                    own.performed === null
                      ? "sides.owes_nothing"
                      : own.performed
                        ? "sides.owes_done"
                        : "sides.owes_open",
                  ),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}
