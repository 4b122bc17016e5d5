import type { dataRequestsContract } from "@wanjia/contract/data-requests";
import { type DataRequestKind, REQUEST_LIMITS } from "@wanjia/domain/privacy/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { Button } from "@wanjia/ui/form/Button";
import { ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useEffect, useState, type SubmitEvent } from "react";
import { focusWhenShown, Section } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import type { Output } from "../receipts/output.ts";
import { sendWithWork } from "../receipts/send.ts";
import { say } from "../receipts/server.ts";
import { fill, type Locale, useLocale } from "../shell/language.ts";
import { useDataLabels, useDataWords, useRoleNames } from "./words.ts";

type Mine = Output<typeof dataRequestsContract.mine>;

/** What is kept by a receipt, who looked, and what its holder may have done about it. */
export function MyData({ code }: { code: string }) {
  const words = useDataWords();
  const locale = useLocale();
  const [mine, setMine] = useState<Mine>();
  const [said, setSaid] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let current = true;
    void lookOf(code)
      .then((look) => say<Mine>(locale, "/data", { look: toBase64Url(look) }))
      .then((answer) => {
        if (!current) return;
        if (answer.ok) setMine(answer.value);
        else setSaid(answer.sentence ?? words.failed);
      });
    return () => {
      current = false;
    };
  }, [code, locale, words]);

  /** Does it, and says so; true when it was done. */
  const act = async (path: string, body: object, done: string): Promise<boolean> => {
    setBusy(true);
    setSaid(undefined);
    const look = toBase64Url(await lookOf(code));
    const answer = await sendWithWork<Mine>(locale, path, { look, ...body });
    setBusy(false);
    if (answer.ok) setMine(answer.value);
    setSaid(answer.ok ? done : (answer.sentence ?? words.failed));
    return answer.ok;
  };

  return (
    <>
      <h2 tabIndex={-1} ref={focusWhenShown}>
        {words.title}
      </h2>
      {said && (
        <p key={said} role="status" tabIndex={-1} ref={focusWhenShown}>
          {said}
        </p>
      )}
      {mine?.guarded === true && <p>{words.guarded}</p>}
      {mine !== undefined && !mine.guarded && (
        <>
          {mine.subject !== "none" && <Held mine={mine} locale={locale} />}
          {mine.mayWithdraw && (
            <Withdraw
              busy={busy}
              onWithdraw={() => void act("/data/withdraw", {}, words.withdraw.done)}
            />
          )}
          {mine.subject !== "none" && <Looked mine={mine} locale={locale} />}
          {mine.requests.length > 0 && <Asked mine={mine} locale={locale} />}
          {mine.kinds.length > 0 && (
            <Ask
              kinds={mine.kinds}
              busy={busy}
              onAsk={(kind, text) => act("/data/requests", { kind, text }, words.ask.sent)}
            />
          )}
        </>
      )}
    </>
  );
}

interface Part {
  readonly mine: Mine;
  readonly locale: Locale;
}

function Held({ mine, locale }: Part) {
  const { held } = useDataWords();
  const labels = useDataLabels();
  const until = ({ until: day, after }: Mine["held"][number]): string => {
    if (day !== null) return fill(held.until, { day: dayOf(localDate(day), locale) });
    if (after === null) return "";
    const { amount, unit } = after;
    if (unit === "months" && amount % 12 === 0) {
      return fill(held.after_years, { count: String(amount / 12) });
    }
    return fill(held[`after_${unit}`], { count: String(amount) });
  };
  const shown = ({ data, shown: value }: Mine["held"][number]): string =>
    value === null
      ? ""
      : data === "history" || data === "photos"
        ? fill(held.count, { count: value })
        : value;
  return (
    <Section title={held.title}>
      {mine.held.length === 0 && <p>{held.none}</p>}
      <dl className="site-facts">
        {mine.held.map((one) => (
          <div key={one.data}>
            <dt>
              {labels.held[one.data]} {shown(one)}
            </dt>
            <dd className="site-hint">{until(one)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Withdraw({ busy, onWithdraw }: { busy: boolean; onWithdraw: () => void }) {
  const { withdraw } = useDataWords();
  const [sure, setSure] = useState(false);
  return (
    <Section title={withdraw.title}>
      <p>{withdraw.text}</p>
      {sure ? (
        <>
          <Button look="danger" block disabled={busy} onClick={onWithdraw}>
            {withdraw.sure}
          </Button>
          <Button block disabled={busy} onClick={() => setSure(false)}>
            {withdraw.keep}
          </Button>
        </>
      ) : (
        <Button block onClick={() => setSure(true)}>
          {withdraw.button}
        </Button>
      )}
    </Section>
  );
}

function Looked({ mine, locale }: Part) {
  const { looks } = useDataWords();
  const roles = useRoleNames();
  const who = ({ role, unit, unitEn }: Mine["looks"][number]): string => {
    const name = (roles as Readonly<Record<string, string>>)[role] ?? role;
    const station = locale === "en" ? unitEn : unit;
    return [station, name].filter((part) => part !== null).join(" · ");
  };
  return (
    <Section title={looks.title}>
      {mine.looks.length === 0 ? (
        <p>{looks.none}</p>
      ) : (
        <ul className="site-points">
          {mine.looks.map((look, index) => (
            <li key={index}>
              {fill(looks.line, {
                who: who(look),
                what: looks[look.at],
                times: String(look.times),
                day: dayOf(localDate(look.lastAt), locale),
              })}
            </li>
          ))}
        </ul>
      )}
      <p className="site-hint">{looks.hint}</p>
    </Section>
  );
}

function Asked({ mine, locale }: Part) {
  const { requests } = useDataWords();
  const labels = useDataLabels();
  const state = ({ dueAt, decidedAt, decision }: Mine["requests"][number]): string => {
    if (decidedAt !== null && decision !== null) {
      return fill(requests.decided, {
        day: dayOf(localDate(decidedAt), locale),
        decision: labels.decision[decision],
      });
    }
    return dueAt === null
      ? requests.waiting_open
      : fill(requests.waiting, { day: dayOf(localDate(dueAt - 1), locale) });
  };
  return (
    <Section title={requests.title}>
      {mine.requests.map((request) => (
        <div key={request.id} className="site-request">
          <p>
            <strong>{labels.request[request.kind]}</strong>
          </p>
          <p>{state(request)}</p>
          {request.answer !== null && <p className="site-said">{request.answer}</p>}
          {request.gone.length > 0 && (
            <p>
              {fill(requests.gone, {
                what: request.gone.map((one) => labels.gone[one]).join(requests.and),
              })}
            </p>
          )}
          {request.kept.length > 0 && (
            <>
              <p>{requests.kept}</p>
              <ul className="site-points">
                {request.kept.map((one) => (
                  <li key={one}>{labels.kept[one]}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      ))}
    </Section>
  );
}

function Ask({
  kinds,
  busy,
  onAsk,
}: {
  kinds: Mine["kinds"];
  busy: boolean;
  onAsk: (kind: DataRequestKind, text: string) => Promise<boolean>;
}) {
  const { ask } = useDataWords();
  const labels = useDataLabels();
  const [kind, setKind] = useState<DataRequestKind>();
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const send = async () => {
    if (kind === undefined || text.trim() === "") return setMissing(true);
    setMissing(false);
    if (!(await onAsk(kind, text))) return;
    setText("");
    setKind(undefined);
  };
  return (
    <Section title={ask.title}>
      <p className="site-hint">{ask.hint}</p>
      <form
        className="site-form"
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          void send();
        }}
      >
        <ChoiceField
          label={ask.kind}
          options={kinds.map((value) => ({ value, label: labels.request[value] }))}
          value={kind === undefined ? [] : [kind]}
          onValue={([value]) => setKind(value as DataRequestKind)}
        />
        <TextField
          label={fill(ask.text, { limit: String(REQUEST_LIMITS.textLength) })}
          lines={4}
          maxLength={REQUEST_LIMITS.textLength}
          autoComplete="off"
          value={text}
          onValue={setText}
        />
        {missing && (
          <p className="site-problem" role="alert">
            {ask.missing}
          </p>
        )}
        <Button look="main" block type="submit" disabled={busy}>
          {busy ? ask.sending : ask.send}
        </Button>
      </form>
    </Section>
  );
}
