import { localDate } from "@wanjia/domain/shared/instant";
import { Button } from "@wanjia/ui/form/Button";
import { CheckField, TextField } from "@wanjia/ui/form/fields";
import { Icon } from "@wanjia/ui/icons/Icon";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Section, useTitle } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import { ReceiptSlip } from "../receipts/ReceiptSlip.tsx";
import { SelectField } from "../receipts/SelectField.tsx";
import { newCode, sendWithWork } from "../receipts/send.ts";
import { say } from "../receipts/server.ts";
import { fill, useLocale } from "../shell/language.ts";
import {
  type Chosen,
  daysOf,
  type FollowedWish,
  nearDayOf,
  NOTHING,
  type Offers,
  problemIn,
  type Step,
  stepsOf,
  windowSaid,
  wishOf,
} from "./view-model.ts";
import { useVisitWords } from "./words.ts";

/** Whoever stands before a plate asks for a visit, or for none; one thing a screen. */
export function VisitPage({ code }: { code: string }) {
  const words = useVisitWords();
  const locale = useLocale();
  const [offers, setOffers] = useState<Offers>();
  const [problem, setProblem] = useState<string>();
  const [sent, setSent] = useState<{ receipt: string; wish: FollowedWish }>();
  useTitle(words.title);
  useEffect(() => {
    let current = true;
    void say<Offers>(locale, "/wishes/offers", { plate: code }).then((answer) => {
      if (!current) return;
      if (answer.ok) setOffers(answer.value);
      else
        setProblem(
          answer.code === "plate-unknown" ? words.unknown : (answer.sentence ?? words.failed),
        );
    });
    return () => {
      current = false;
    };
  }, [code, locale, words]);
  if (sent) return <Sent receipt={sent.receipt} wish={sent.wish} />;
  if (problem !== undefined) {
    return (
      <>
        <h1>{words.title}</h1>
        <p role="alert">{problem}</p>
      </>
    );
  }
  if (offers === undefined) return <p role="status">{words.loading}</p>;
  return (
    <Steps code={code} offers={offers} onSent={(receipt, wish) => setSent({ receipt, wish })} />
  );
}

function Steps({
  code,
  offers,
  onSent,
}: {
  code: string;
  offers: Offers;
  onSent: (receipt: string, wish: FollowedWish) => void;
}) {
  const words = useVisitWords();
  const locale = useLocale();
  const [chosen, setChosen] = useState<Chosen>(NOTHING);
  const [step, setStep] = useState<Step>("kind");
  const [problem, setProblem] = useState<string>();
  const [sending, setSending] = useState(false);
  const steps = stepsOf(chosen, offers);

  const go = (next: Chosen) => {
    setChosen(next);
    setProblem(undefined);
    const order = stepsOf(next, offers);
    setStep(order[order.indexOf(step) + 1] ?? "confirm");
  };
  const send = async () => {
    setProblem(undefined);
    setSending(true);
    const receipt = newCode();
    const answer = await sendWithWork<FollowedWish>(
      locale,
      "/wishes",
      await wishOf(code, chosen, receipt),
    );
    setSending(false);
    if (answer.ok) onSent(receipt, answer.value);
    else setProblem(answer.sentence ?? words.failed);
  };

  return (
    <>
      {step === "kind" && (
        <Screen title={words.title} lead={words.lead}>
          <BigChoice
            icon="appointment"
            label={words.ask}
            hint={words.ask_hint}
            onChoose={() => go({ ...chosen, kind: "visit" })}
          />
          <BigChoice
            icon="ended"
            label={words.none}
            hint={words.none_hint}
            onChoose={() => go({ ...chosen, kind: "no_visits" })}
          />
        </Screen>
      )}
      {step === "door" && (
        <Screen title={words.door.title} lead={words.door.hint}>
          <SelectField
            label={words.confirm.door}
            error={problem}
            choose={words.door.choose}
            options={(offers.doors ?? []).map(({ id, label }) => ({ value: id, label }))}
            value={chosen.doorId}
            onValue={(doorId) => setChosen({ ...chosen, doorId })}
          />
          <Button
            look="main"
            block
            onClick={() => (chosen.doorId === "" ? setProblem(words.door.missing) : go(chosen))}
          >
            {words.next}
          </Button>
        </Screen>
      )}
      {step === "day" && (
        <Screen title={words.day.title}>
          {offers.windows.length === 0 && <p>{words.day.none}</p>}
          {daysOf(offers).map(({ day, windows }) => (
            <BigChoice
              key={day}
              icon="appointment"
              label={nearDayOf(windows[0]?.from ?? 0, locale)}
              hint={
                windows.length === 1
                  ? words.day.free_one
                  : fill(words.day.free, { count: String(windows.length) })
              }
              onChoose={() => go({ ...chosen, day })}
            />
          ))}
        </Screen>
      )}
      {step === "time" && (
        <Times
          windows={daysOf(offers).find(({ day }) => day === chosen.day)?.windows ?? []}
          onChoose={(window) => go({ ...chosen, window })}
        />
      )}
      {step === "contact" && (
        <Contact
          chosen={chosen}
          problem={problem}
          onChange={(some) => setChosen({ ...chosen, ...some })}
          onNext={() => {
            const missing = problemIn(chosen);
            if (missing === null) go(chosen);
            else setProblem(missing);
          }}
        />
      )}
      {step === "confirm" && (
        <Confirm
          chosen={chosen}
          offers={offers}
          problem={problem}
          sending={sending}
          onChange={(some) => setChosen({ ...chosen, ...some })}
          onSend={() => void send()}
        />
      )}
      {step !== "kind" && (
        <Button
          block
          icon="back"
          disabled={sending}
          onClick={() => {
            setProblem(undefined);
            setStep(steps[steps.indexOf(step) - 1] ?? "kind");
          }}
        >
          {words.back}
        </Button>
      )}
    </>
  );
}

/** A screen begins at its heading, for eyes and for whoever has it read aloud. */
function Screen({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <>
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {lead !== undefined && <p className="site-lead">{lead}</p>}
      {children}
    </>
  );
}

function BigChoice({
  icon,
  label,
  hint,
  onChoose,
}: {
  icon: "appointment" | "ended";
  label: string;
  hint?: string;
  onChoose: () => void;
}) {
  return (
    <button type="button" className="site-choice" onClick={onChoose}>
      <Icon name={icon} size={1.5} />
      <span>
        <strong>{label}</strong>
        {hint !== undefined && <span className="site-hint">{hint}</span>}
      </span>
      <Icon name="forward" size={1} />
    </button>
  );
}

type Window = Offers["windows"][number];

function Times({
  windows,
  onChoose,
}: {
  windows: readonly Window[];
  onChoose: (window: Window) => void;
}) {
  const words = useVisitWords();
  const locale = useLocale();
  const day = nearDayOf(windows[0]?.from ?? 0, locale);
  return (
    <Screen title={fill(words.time.title, { day })}>
      {windows.map((window) => (
        <BigChoice
          key={window.from}
          icon="appointment"
          label={fill(words.time.window, windowSaid(window, locale))}
          onChoose={() => onChoose(window)}
        />
      ))}
    </Screen>
  );
}

function Contact({
  chosen,
  problem,
  onChange,
  onNext,
}: {
  chosen: Chosen;
  problem: string | undefined;
  onChange: (some: Partial<Chosen>) => void;
  onNext: () => void;
}) {
  const words = useVisitWords();
  const { confirm } = words;
  return (
    <Screen title={confirm.contact} lead={confirm.contact_hint}>
      <TextField
        label={confirm.phone}
        type="tel"
        error={problem === "phone" ? confirm.phone_wrong : undefined}
        autoComplete="off"
        value={chosen.phone}
        onValue={(phone) => onChange({ phone })}
      />
      <TextField
        label={confirm.salutation}
        autoComplete="off"
        maxLength={10}
        value={chosen.salutation}
        onValue={(salutation) => onChange({ salutation })}
      />
      {(chosen.phone !== "" || chosen.salutation !== "") && (
        <CheckField
          label={confirm.consent}
          checked={chosen.consent}
          onChecked={(consent) => onChange({ consent })}
        />
      )}
      {problem === "consent" && (
        <p className="site-problem" role="alert">
          {confirm.consent_missing}
        </p>
      )}
      <Button look="main" block onClick={onNext}>
        {words.next}
      </Button>
    </Screen>
  );
}

function Confirm({
  chosen,
  offers,
  problem,
  sending,
  onChange,
  onSend,
}: {
  chosen: Chosen;
  offers: Offers;
  problem: string | undefined;
  sending: boolean;
  onChange: (some: Partial<Chosen>) => void;
  onSend: () => void;
}) {
  const { confirm } = useVisitWords();
  const words = useVisitWords();
  const locale = useLocale();
  const visit = chosen.kind === "visit";
  const door = offers.doors?.find(({ id }) => id === chosen.doorId)?.label;
  const said = chosen.window === null ? null : windowSaid(chosen.window, locale);
  return (
    <Screen title={visit ? confirm.visit : confirm.none}>
      <dl className="site-facts">
        {door !== undefined && (
          <>
            <dt>{confirm.door}</dt>
            <dd>{door}</dd>
          </>
        )}
        {visit && said !== null && (
          <>
            <dt>{confirm.when}</dt>
            <dd>
              {said["day"]} {fill(words.time.window, said)}
            </dd>
          </>
        )}
        {visit && chosen.phone !== "" && (
          <>
            <dt>{confirm.phone}</dt>
            <dd>{chosen.phone}</dd>
          </>
        )}
      </dl>
      {!visit && <p>{confirm.none_text}</p>}
      <TextField
        label={confirm.code}
        hint={visit ? confirm.code_hint : confirm.code_hint_none}
        value={chosen.cardCode}
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        onValue={(cardCode) => onChange({ cardCode })}
      />
      {problem !== undefined && (
        <p className="site-problem" role="alert">
          {problem}
        </p>
      )}
      <Button look="main" block disabled={sending} onClick={onSend}>
        {sending ? confirm.sending : visit ? confirm.send : confirm.send_none}
      </Button>
    </Screen>
  );
}

function Sent({ receipt, wish }: { receipt: string; wish: FollowedWish }) {
  const words = useVisitWords();
  const locale = useLocale();
  const { sent } = words;
  const said = wish.window === null ? {} : windowSaid(wish.window, locale);
  const lines =
    wish.state === "holding"
      ? [fill(sent.holding_text, { day: dayOf(localDate(wish.until ?? 0), locale) })]
      : wish.state === "confirmed"
        ? [fill(sent.confirmed_text, said)]
        : [fill(sent.asked_when, said), sent.asked_text];
  const title =
    wish.state === "holding" || wish.state === "confirmed" ? sent[wish.state] : sent.asked;
  return (
    <ReceiptSlip title={title} code={receipt}>
      <Section title={sent.next}>
        <ul className="site-points">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Section>
    </ReceiptSlip>
  );
}
