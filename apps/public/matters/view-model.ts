import type { residentsContract } from "@wanjia/contract/residents";
import type { ResidentStep } from "@wanjia/domain/matters/resident";
import {
  type FeedbackWish,
  MATTER_LIMITS,
  MATTER_SUBTYPES,
  type MatterKind,
  type MatterSubtype,
} from "@wanjia/domain/matters/terms";
import {
  type SpotKind,
  spotsFor,
  type STOP_SIGNS_ON_PAGE,
  type Surroundings,
} from "@wanjia/domain/matters/web";
import { isPhone } from "@wanjia/domain/shared/phone";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import type { Output } from "../receipts/output.ts";

export type FollowedMatter = Output<typeof residentsContract.follow>;
export type StopSignOnPage = (typeof STOP_SIGNS_ON_PAGE)[number];

/** The order in which they are offered: the quickest said first. */
export const KINDS = [
  "opinion",
  "service_request",
  "hazard",
  "dispute",
] as const satisfies readonly MatterKind[];

export const WISHES = [
  "page",
  "phone",
  "sms",
  "notice_board",
  "none",
] as const satisfies readonly FeedbackWish[];
export type Wish = (typeof WISHES)[number];

export interface Written {
  readonly kind: MatterKind | undefined;
  readonly subtype: MatterSubtype | "";
  /** Undefined until chosen: then the likeliest one of the kind holds. */
  readonly spot: SpotKind | undefined;
  readonly part: string;
  readonly signs: readonly StopSignOnPage[];
  readonly text: string;
  readonly feedback: Wish;
  readonly phone: string;
  readonly salutation: string;
  readonly consent: boolean;
  /** As base64, covered and bare. */
  readonly photos: readonly string[];
}

export const NOTHING: Written = {
  kind: undefined,
  subtype: "",
  spot: undefined,
  part: "",
  signs: [],
  text: "",
  feedback: "page",
  phone: "",
  salutation: "",
  consent: false,
  photos: [],
};

/** Who is missing goes to 110 at once, and through no form. */
export function subtypesOf(kind: MatterKind): readonly MatterSubtype[] {
  return MATTER_SUBTYPES[kind].filter((one) => one !== "missing_person");
}

/** Another kind has other sub-types, spots and signs; what was said stays. */
export function ofKind(written: Written, kind: MatterKind): Written {
  if (written.kind === kind) return written;
  const photos = kind === "dispute" ? [] : written.photos;
  return { ...written, kind, subtype: "", spot: undefined, part: "", signs: [], photos };
}

export function spotOf({ kind, spot }: Written, around: Surroundings): SpotKind {
  const spots = kind === undefined ? [] : spotsFor(kind, around);
  return spot !== undefined && spots.includes(spot) ? spot : (spots[0] ?? "building");
}

/** Entrances or floors to choose from; nothing where the spot says it all. */
export function partsOf(spot: SpotKind, around: Surroundings): readonly string[] {
  if (spot === "entrance") return around.entrances;
  return spot === "floor" ? around.floors : [];
}

export function needsPhone({ feedback }: Pick<Written, "feedback">): boolean {
  return feedback === "phone" || feedback === "sms";
}

export type Missing = "kind" | "subtype" | "part" | "text" | "long" | "phone" | "consent";

/** What is still to be filled in. */
export function missingIn(written: Written, around: Surroundings): readonly Missing[] {
  const { kind, subtype, part, text, feedback, consent } = written;
  const phone = written.phone.trim();
  const missing: Missing[] = [];
  if (kind === undefined) missing.push("kind");
  if (subtype === "") missing.push("subtype");
  const parts = partsOf(spotOf(written, around), around);
  if (parts.length > 0 && !parts.includes(part)) missing.push("part");
  if (text.trim() === "") missing.push("text");
  else if (text.length > MATTER_LIMITS.textLength) missing.push("long");
  if (phone === "" ? needsPhone({ feedback }) : !isPhone(phone)) missing.push("phone");
  const left = phone !== "" || written.salutation.trim() !== "";
  if (left && feedback !== "none" && !consent) missing.push("consent");
  return missing;
}

/** What goes to the server. A way to be reached goes along only with consent, and for an answer. */
export async function matterOf(
  plate: string,
  written: Written,
  around: Surroundings,
  code: string,
): Promise<object> {
  const { kind, subtype, part, signs, text, feedback, consent, photos } = written;
  const spot = spotOf(written, around);
  const phone = written.phone.trim();
  const salutation = written.salutation.trim();
  const contact = consent && feedback !== "none" && (phone !== "" || salutation !== "");
  return {
    plate,
    kind,
    subtype,
    spot,
    ...(partsOf(spot, around).length > 0 ? { part } : {}),
    text,
    feedback,
    ...(signs.length > 0 ? { stopSigns: signs } : {}),
    ...(contact
      ? {
          contact: {
            ...(phone === "" ? {} : { phone }),
            ...(salutation === "" ? {} : { salutation }),
            consent,
          },
        }
      : {}),
    ...(photos.length > 0 ? { photos } : {}),
    look: toBase64Url(await lookOf(code)),
  };
}

/** Where a step by the receipt goes. */
export const PATHS: Readonly<Record<ResidentStep, string>> = {
  answer_callback: "/matters/callback",
  reopen: "/matters/reopen",
  withdraw: "/matters/withdraw",
};
