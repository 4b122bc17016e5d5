import { RESIDENT_REOPEN_REASONS, type ResidentCommand } from "@wanjia/domain/matters/resident";
import { MARKED, type Marks, MATTER_LIMITS, SOLVED_ANSWERS } from "@wanjia/domain/matters/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { Button } from "@wanjia/ui/form/Button";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useState, type ReactNode, type SubmitEvent } from "react";
import { Section } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import { fill, useLocale } from "../shell/language.ts";
import { PhotosField } from "./PhotosField.tsx";
import { useMatterLabels, useResidentLabels } from "./words.ts";

type Of<T extends ResidentCommand["type"]> = Extract<ResidentCommand, { type: T }>;

/** From the worst to the best, as they are said. */
const SATISFACTION = ["1", "2", "3", "4", "5"] as const;

function StepForm({
  title,
  hint,
  send,
  problem,
  busy,
  children,
  onSend,
}: {
  title: string;
  hint: string;
  send: string;
  problem: string | undefined;
  busy: boolean;
  children: ReactNode;
  onSend: () => void;
}) {
  return (
    <Section title={title}>
      <p>{hint}</p>
      <form
        className="site-form"
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          onSend();
        }}
      >
        {children}
        {problem && (
          <p className="site-problem" role="alert">
            {problem}
          </p>
        )}
        <Button look="main" block type="submit" disabled={busy}>
          {send}
        </Button>
      </form>
    </Section>
  );
}

/** What is sent: the photos themselves, where the rule counts them. */
export type Callback = Omit<Of<"answer_callback">, "photos"> & {
  readonly photos?: readonly string[];
};

/** The questions of the callback: domain.md §5.2. */
export function CallbackForm({
  busy,
  saidToBeRight,
  onSend,
}: {
  busy: boolean;
  /** A hazard that is said to be put right: then the place may be shown. */
  saidToBeRight: boolean;
  onSend: (command: Callback) => void;
}) {
  const { answer_callback: callback } = useResidentLabels().steps;
  const names = useMatterLabels();
  const { solved: solvedNames, satisfaction: grades } = names;
  const [contacted, setContacted] = useState<string>();
  const [solved, setSolved] = useState<(typeof SOLVED_ANSWERS)[number]>();
  const [satisfaction, setSatisfaction] = useState<string>();
  const [marks, setMarks] = useState<Marks>({});
  const [mayContact, setMayContact] = useState(false);
  const [text, setText] = useState("");
  const [photos, setPhotos] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string>();
  const send = () => {
    if (contacted === undefined || solved === undefined || satisfaction === undefined) {
      return setProblem(callback.missing);
    }
    setProblem(undefined);
    onSend({
      type: "answer_callback",
      contacted: contacted === "yes",
      solved,
      satisfaction: Number(satisfaction),
      ...marks,
      mayContact,
      text,
      ...(saidToBeRight && photos.length > 0 ? { photos } : {}),
    });
  };
  return (
    <StepForm
      title={callback.title}
      hint={callback.hint}
      send={callback.send}
      problem={problem}
      busy={busy}
      onSend={send}
    >
      <ChoiceField
        label={callback.contacted}
        required
        options={[
          { value: "yes", label: callback.yes },
          { value: "no", label: callback.no },
        ]}
        value={contacted === undefined ? [] : [contacted]}
        onValue={([value]) => setContacted(value)}
      />
      <ChoiceField
        label={callback.solved}
        required
        options={SOLVED_ANSWERS.map((value) => ({ value, label: solvedNames[value] }))}
        value={solved === undefined ? [] : [solved]}
        onValue={([value]) => setSolved(value as (typeof SOLVED_ANSWERS)[number])}
      />
      <ChoiceField
        label={callback.satisfaction}
        required
        options={SATISFACTION.map((value) => ({ value, label: grades[value] }))}
        value={satisfaction === undefined ? [] : [satisfaction]}
        onValue={([value]) => setSatisfaction(value)}
      />
      {MARKED.map((mark) => (
        <ChoiceField
          key={mark}
          label={callback[mark]}
          options={SATISFACTION.map((value) => ({ value, label: names[mark][value] }))}
          value={marks[mark] === undefined ? [] : [String(marks[mark])]}
          onValue={([value]) =>
            setMarks({ ...marks, [mark]: value === undefined ? undefined : Number(value) })
          }
        />
      ))}
      <TextField
        label={callback.text}
        lines={3}
        maxLength={MATTER_LIMITS.noteLength}
        autoComplete="off"
        value={text}
        onValue={setText}
      />
      {saidToBeRight && (
        <PhotosField title={callback.photos} photos={photos} onPhotos={setPhotos} />
      )}
      <CheckField label={callback.may} checked={mayContact} onChecked={setMayContact} />
    </StepForm>
  );
}

export function ReopenForm({
  busy,
  until,
  onSend,
}: {
  busy: boolean;
  /** The first moment that is too late; null while it isn't closed. */
  until: number | null;
  onSend: (command: Of<"reopen">) => void;
}) {
  const labels = useResidentLabels();
  const { reopen } = labels.steps;
  const locale = useLocale();
  const [reason, setReason] = useState<(typeof RESIDENT_REOPEN_REASONS)[number]>();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const limit =
    until === null ? "" : fill(reopen.until, { day: dayOf(localDate(until - 1), locale) });
  return (
    <StepForm
      title={reopen.title}
      hint={`${reopen.hint} ${limit}`}
      send={reopen.send}
      problem={problem}
      busy={busy}
      onSend={() => {
        if (reason === undefined || text.trim() === "") return setProblem(reopen.missing);
        setProblem(undefined);
        return onSend({ type: "reopen", reason, text });
      }}
    >
      <ChoiceField
        label={reopen.reason}
        required
        options={RESIDENT_REOPEN_REASONS.map((value) => ({ value, label: labels.reopen[value] }))}
        value={reason === undefined ? [] : [reason]}
        onValue={([value]) => setReason(value as (typeof RESIDENT_REOPEN_REASONS)[number])}
      />
      <TextField
        label={reopen.text}
        lines={4}
        maxLength={MATTER_LIMITS.reasonLength}
        autoComplete="off"
        value={text}
        onValue={setText}
      />
    </StepForm>
  );
}

export function Withdraw({ busy, onSend }: { busy: boolean; onSend: () => void }) {
  const { withdraw } = useResidentLabels().steps;
  const [leaving, setLeaving] = useState(false);
  return (
    <Section title={withdraw.title}>
      <p>{withdraw.hint}</p>
      {leaving ? (
        <>
          <Button look="danger" block disabled={busy} onClick={onSend}>
            {withdraw.sure}
          </Button>
          <Button block onClick={() => setLeaving(false)}>
            {withdraw.keep}
          </Button>
        </>
      ) : (
        <Button block onClick={() => setLeaving(true)}>
          {withdraw.ask}
        </Button>
      )}
    </Section>
  );
}
