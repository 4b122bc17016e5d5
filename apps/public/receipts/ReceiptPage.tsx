import { readReceiptCode } from "@wanjia/domain/shared/receipt-code";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { Button } from "@wanjia/ui/form/Button";
import { TextField } from "@wanjia/ui/form/fields";
import { type ReactNode, useEffect, useState, type SubmitEvent } from "react";
import { useTitle } from "../plate/parts.tsx";
import { fill, useLocale } from "../shell/language.ts";
import type { FollowedWish } from "../appointments/view-model.ts";
import { WishState } from "../appointments/WishState.tsx";
import { DataLink } from "../privacy/DataLink.tsx";
import { ComplaintState } from "../complaints/ComplaintState.tsx";
import type { FollowedComplaint } from "../complaints/view-model.ts";
import { MatterState } from "../matters/MatterState.tsx";
import type { FollowedMatter } from "../matters/view-model.ts";
import { TipState } from "../tips/TipState.tsx";
import type { FollowedTip } from "../tips/view-model.ts";
import { canSeal } from "./send.ts";
import { type Said, say } from "./server.ts";
import { useReceiptWords } from "./words.ts";

interface Kind {
  readonly path: string;
  show(code: string, found: unknown): ReactNode;
}

function kind<T>(path: string, show: (code: string, found: T) => ReactNode): Kind {
  return { path, show: (code, found) => show(code, found as T) };
}

/** A request about one's data that was typed in at a desk: nothing belongs to it but its answer. */
const ASKED_ON_PAPER: Kind = { path: "/data", show: () => null };

/** What a receipt may belong to; each is asked in turn, and says no more than that it is none of its own. */
const KINDS: readonly Kind[] = [
  kind<FollowedMatter>("/matters/follow", (code, matter) => (
    <MatterState code={code} before={matter} />
  )),
  kind<FollowedWish>("/wishes/follow", (code, wish) => <WishState code={code} before={wish} />),
  kind<FollowedTip>("/tips/follow", (code, tip) => <TipState code={code} tip={tip} />),
  kind<FollowedComplaint>("/complaints/follow", (code, complaint) => (
    <ComplaintState code={code} before={complaint} />
  )),
  ASKED_ON_PAPER,
];

/** A receipt that was scanned stands behind the `#`; it leaves the address before anything else. */
const SCANNED = location.hash.slice(1);
if (SCANNED !== "") history.replaceState(null, "", location.pathname);

/** Asks by a receipt. It stands in no address, no storage and no history. */
export function ReceiptPage() {
  const words = useReceiptWords();
  const locale = useLocale();
  const [typed, setTyped] = useState(SCANNED);
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [followed, setFollowed] = useState<{ code: string; kind: Kind; found: unknown }>();
  useTitle(words.ask.title);

  const ask = async () => {
    const read = readReceiptCode(typed);
    if (!read.ok) {
      const group = String(read.refusal.params?.["group"] ?? "");
      setProblem(
        read.refusal.code === "receipt-misread"
          ? fill(words.ask.misread, { group })
          : words.ask.malformed,
      );
      return;
    }
    if (!canSeal()) return setProblem(words.ask.insecure);
    setProblem(undefined);
    setAsking(true);
    const code = read.value;
    const look = toBase64Url(await lookOf(code));
    let answer: Said<unknown> | undefined;
    for (const one of KINDS) {
      answer = await say(locale, one.path, { look });
      if (answer.ok) setFollowed({ code, kind: one, found: answer.value });
      if (answer.ok || answer.code !== "receipt-unknown") break;
    }
    setAsking(false);
    if (answer?.ok === false) setProblem(answer.sentence ?? words.ask.network);
  };

  useEffect(() => {
    if (SCANNED !== "") void ask();
    // Once, for whoever comes by the camera.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  if (followed) {
    return (
      <>
        {followed.kind.show(followed.code, followed.found)}
        <DataLink code={followed.code} open={followed.kind === ASKED_ON_PAPER} />
        <Button
          block
          onClick={() => {
            setTyped("");
            setFollowed(undefined);
          }}
        >
          {words.ask.again}
        </Button>
      </>
    );
  }
  return (
    <>
      <h1>{words.ask.title}</h1>
      <p className="site-lead">{words.ask.lead}</p>
      <section className="site-section">
        <form
          className="site-form"
          noValidate
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault();
            void ask();
          }}
        >
          <TextField
            label={words.ask.label}
            hint={words.ask.hint}
            error={problem}
            value={typed}
            inputMode="numeric"
            autoComplete="off"
            maxLength={80}
            onValue={setTyped}
          />
          <Button look="main" block type="submit" disabled={asking}>
            {asking ? words.ask.asking : words.ask.send}
          </Button>
        </form>
      </section>
    </>
  );
}
