import type { complaintsContract } from "@wanjia/contract/complaints";
import {
  COMPLAINT_LIMITS,
  type ComplaintAbout,
  type ComplaintKind,
} from "@wanjia/domain/complaints/terms";
import { isPhone } from "@wanjia/domain/shared/phone";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import type { Output } from "../receipts/output.ts";

export type Bureau = Output<typeof complaintsContract.publicUnits>["bureaus"][number];
export type FollowedComplaint = Output<typeof complaintsContract.follow>;

export interface Written {
  readonly about: ComplaintAbout | undefined;
  readonly stationId: string;
  readonly kind: ComplaintKind | undefined;
  readonly happenedOn: string;
  readonly text: string;
  readonly phone: string;
  readonly salutation: string;
  readonly consent: boolean;
}

export const NOTHING: Written = {
  about: undefined,
  stationId: "",
  kind: undefined,
  happenedOn: "",
  text: "",
  phone: "",
  salutation: "",
  consent: false,
};

export type Missing = "about" | "station" | "kind" | "text" | "long" | "phone" | "consent";

/** What is still to be filled in. */
export function missingIn(written: Written): readonly Missing[] {
  const missing: Missing[] = [];
  if (written.about === undefined) missing.push("about");
  if (written.about === "station" && written.stationId === "") missing.push("station");
  if (written.kind === undefined) missing.push("kind");
  if (written.text.trim() === "") missing.push("text");
  else if (written.text.length > COMPLAINT_LIMITS.textLength) missing.push("long");
  const phone = written.phone.trim();
  if (phone !== "" && !isPhone(phone)) missing.push("phone");
  if ((phone !== "" || written.salutation.trim() !== "") && !written.consent) {
    missing.push("consent");
  }
  return missing;
}

/** What goes to the server. A way to be reached goes along only with consent. */
export async function complaintOf(
  bureauId: string,
  written: Written,
  code: string,
): Promise<object> {
  const phone = written.phone.trim();
  const salutation = written.salutation.trim();
  return {
    bureauId,
    about: written.about,
    stationId: written.about === "station" ? written.stationId : null,
    kind: written.kind,
    text: written.text,
    ...(written.happenedOn === "" ? {} : { happenedOn: written.happenedOn }),
    ...(written.consent && (phone !== "" || salutation !== "")
      ? { contact: { ...(phone === "" ? {} : { phone }), salutation, consent: true } }
      : {}),
    look: toBase64Url(await lookOf(code)),
  };
}
