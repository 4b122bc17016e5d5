/** The form for a matter that was heard or seen outside of a visit. */
import type {
  FeedbackWish,
  HazardGrade,
  MatterDraft,
  MatterKind,
  MatterSubtype,
  Reporter,
  StopSign,
} from "@wanjia/domain/matters/terms";
import { FEEDBACK_WISHES } from "@wanjia/domain/matters/terms";
import { contactOf, type ContactValues } from "../intake/contact.ts";

/** As the fields hold it; what isn't asked for this kind may still stand there. */
export interface RaiseValues extends ContactValues {
  readonly placeId: string;
  readonly kind: MatterKind;
  readonly subtype: MatterSubtype;
  readonly grade?: HazardGrade | undefined;
  readonly stopSigns?: readonly StopSign[] | undefined;
  readonly text: string;
  /** Another matter that is the same problem; empty where none is. */
  readonly sameAs?: string | undefined;
  readonly reporter: Reporter;
  readonly anonymous?: boolean | undefined;
  readonly feedback?: FeedbackWish | undefined;
}

/** Who isn't known can't be rung up; the notice board is for everybody. */
export function wishesFor(anonymous: boolean): readonly FeedbackWish[] {
  return anonymous ? ["notice_board", "none"] : FEEDBACK_WISHES;
}

/** Whether a way to be reached is of any use. */
export function asksContact({
  reporter,
  anonymous,
  feedback,
}: Pick<RaiseValues, "reporter" | "anonymous" | "feedback">): boolean {
  return (
    reporter === "resident" &&
    anonymous !== true &&
    feedback !== undefined &&
    feedback !== "none" &&
    feedback !== "notice_board"
  );
}

/** The order that a filled-in form stands for. */
export function draftOf(id: string, values: RaiseValues): MatterDraft {
  const { placeId, kind, subtype, reporter } = values;
  const fromResident = reporter === "resident";
  return {
    id,
    placeId,
    kind,
    subtype,
    text: values.text.trim(),
    reporter,
    feedback: fromResident ? (values.feedback ?? "none") : "none",
    ...(fromResident && values.anonymous === true ? { anonymous: true } : {}),
    ...(kind === "hazard" ? { grade: values.grade ?? "ordinary" } : {}),
    ...(kind === "dispute" && (values.stopSigns?.length ?? 0) > 0
      ? { stopSigns: values.stopSigns }
      : {}),
    ...(asksContact(values) ? contactOf(values) : {}),
  };
}
