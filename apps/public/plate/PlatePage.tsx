import { Icon } from "@wanjia/ui/icons/Icon";
import { useEffect, useState } from "react";
import { fill, useLocale, useWords } from "../shell/language.ts";
import { lookUp, type LookUp, type PublicPlate } from "./look-up.ts";
import { FailedPage, MisreadPage, UnknownPage, WithdrawnPage } from "./NoPlatePages.tsx";
import { Call, Complaint, PageLink, Section, useTitle, VisitPromise } from "./parts.tsx";
import { paperForm, printedSerial, readNotice } from "./view-model.ts";

export function PlatePage({ code }: { code: string }) {
  const words = useWords();
  const locale = useLocale();
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<LookUp>();
  useEffect(() => {
    let current = true;
    void lookUp(code, locale).then((found) => {
      if (current) setAnswer(found);
    });
    return () => {
      current = false;
    };
  }, [code, locale, attempt]);
  switch (answer?.kind) {
    case undefined:
      return <p role="status">{words.loading}</p>;
    case "found":
      return <Plate code={code} plate={answer.plate} />;
    case "unknown":
      return <UnknownPage />;
    case "withdrawn":
      return <WithdrawnPage station={answer.station} phone={answer.phone} />;
    case "misread":
      return <MisreadPage />;
    case "busy":
    case "failed":
      return (
        <FailedPage
          busy={answer.kind === "busy"}
          onRetry={() => {
            setAnswer(undefined);
            setAttempt(attempt + 1);
          }}
        />
      );
  }
}

function Plate({ code, plate }: { code: string; plate: PublicPlate }) {
  const words = useWords();
  const locale = useLocale();
  const english = locale === "en";
  const name = (unit: { name: string; nameEn: string }) => (english ? unit.nameEn : unit.name);
  const { bureau, station, beat, officers, notice, byAddress } = plate;
  useTitle(`${name(station)} - ${words.name}`);
  return (
    <>
      <h1>{name(station)}</h1>
      <p className="site-lead">{[name(bureau), beat && name(beat)].filter(Boolean).join(" · ")}</p>
      <VisitPromise />
      <Call main label={words.call.duty} number={station.dutyPhone} />
      <p className="site-hint">
        {words.call.duty_hint} · <a href="tel:110">{words.call.emergency}</a>
      </p>
      <Section title={words.say.title}>
        <p>{words.say.text}</p>
        <ul className="site-links">
          <PageLink to={`/p/${encodeURIComponent(code)}/say`} text={words.say.link} />
          <PageLink to="/receipt" text={words.home.receipt} />
          <PageLink to={paperForm(locale)} text={words.home.paper} />
          <PageLink to="/board" text={words.home.board} />
        </ul>
      </Section>
      <Officers officers={officers} />
      <Section title={words.decline.title}>
        <p>{notice.decline}</p>
        {!byAddress && (
          <ul className="site-links">
            <li>
              <a href={`/p/${encodeURIComponent(code)}/visit`}>
                {words.decline.link} <Icon name="forward" size={1} />
              </a>
            </li>
          </ul>
        )}
      </Section>
      <Notice notice={notice} />
      <Complaint />
      <Section title={words.station.title}>
        <dl className="site-facts">
          {station.address && (
            <>
              <dt>{words.station.address}</dt>
              <dd>{station.address}</dd>
            </>
          )}
          {bureau.website && (
            <>
              <dt>{words.station.website}</dt>
              <dd>{bureau.website}</dd>
            </>
          )}
          {!byAddress && (
            <>
              <dt>{words.plate.serial}</dt>
              <dd className="site-serial">{printedSerial(code)}</dd>
            </>
          )}
        </dl>
        <p className="site-hint">
          {byAddress ? words.address.found : fill(words.plate.check, { host: location.host })}
        </p>
      </Section>
    </>
  );
}

function Officers({ officers }: { officers: PublicPlate["officers"] }) {
  const words = useWords();
  return (
    <Section title={words.officers.title}>
      {officers.length === 0 ? (
        <p>{words.officers.none}</p>
      ) : (
        <ul className="site-officers">
          {officers.map((officer) => (
            <li key={`${officer.name} ${officer.publicPhone}`}>
              <span className="site-officer">
                <Icon name="person" size={2} />
                <span>
                  <strong>{officer.name}</strong>
                  {officer.title && <span>{officer.title}</span>}
                </span>
              </span>
              <Call
                label={fill(words.call.officer, { name: officer.name })}
                number={officer.publicPhone}
              />
            </li>
          ))}
        </ul>
      )}
      <p className="site-hint">{words.officers.check}</p>
    </Section>
  );
}

function Notice({ notice }: { notice: PublicPlate["notice"] }) {
  const words = useWords();
  const { lines } = readNotice(notice.card);
  return (
    <Section title={words.notice.title}>
      <dl className="site-notice">
        {lines.map((line) => (
          <div key={line.text}>
            {line.heading && <dt>{line.heading}</dt>}
            <dd>{line.text}</dd>
          </div>
        ))}
        <div>
          <dt>{words.notice.withdrawal}</dt>
          <dd>{notice.withdrawal}</dd>
        </div>
        <div>
          <dt>{words.notice.shop}</dt>
          <dd>{notice.shop}</dd>
        </div>
      </dl>
      <p className="site-hint">{fill(words.notice.version, { version: notice.version })}</p>
    </Section>
  );
}
