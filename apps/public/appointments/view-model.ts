import type { appointmentsContract } from "@wanjia/contract/appointments";
import type { Window } from "@wanjia/domain/appointments/terms";
import { localDate, localTime } from "@wanjia/domain/shared/instant";
import { isPhone } from "@wanjia/domain/shared/phone";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { dayOf } from "../receipts/dates.ts";
import type { Output } from "../receipts/output.ts";
import type { Locale } from "../shell/language.ts";

export type Offers = Output<typeof appointmentsContract.offers>;
export type FollowedWish = Output<typeof appointmentsContract.follow>;

/** What was chosen so far; a screen asks for one thing. */
export interface Chosen {
  readonly kind: "visit" | "no_visits" | null;
  readonly doorId: string;
  readonly day: string;
  readonly window: Window | null;
  readonly cardCode: string;
  readonly phone: string;
  readonly salutation: string;
  readonly consent: boolean;
}

export const NOTHING: Chosen = {
  kind: null,
  doorId: "",
  day: "",
  window: null,
  cardCode: "",
  phone: "",
  salutation: "",
  consent: false,
};

export type Step = "kind" | "door" | "day" | "time" | "contact" | "confirm";

/** The screens that one walks through, in order. */
export function stepsOf({ kind }: Chosen, { doors }: Offers): readonly Step[] {
  const door: readonly Step[] = doors === null ? [] : ["door"];
  const when: readonly Step[] = kind === "visit" ? ["day", "time", "contact"] : [];
  return ["kind", ...door, ...when, "confirm"];
}

/** Days with the windows that are free on each. */
export function daysOf({
  windows,
}: Offers): readonly { day: string; windows: readonly Window[] }[] {
  return [...Map.groupBy(windows, ({ from }) => localDate(from))].map(([day, free]) => ({
    day,
    windows: free,
  }));
}

const WEEKDAYS = {
  "zh-CN": "周一 周二 周三 周四 周五 周六 周日",
  en: "Mon Tue Wed Thu Fri Sat Sun",
} as const;

/** 2026年11月24日 周二. */
export function weekdayOf(instant: number, locale: Locale): string {
  const name = WEEKDAYS[locale].split(" ")[localTime(instant).weekday - 1] ?? "";
  const day = dayOf(localDate(instant), locale);
  return locale === "en" ? `${name} ${day}` : `${day} ${name}`;
}

/** 11月24日 周二: of the days that are offered nobody asks the year. */
export function nearDayOf(instant: number, locale: Locale): string {
  const [year = ""] = localDate(instant).split("-");
  return weekdayOf(instant, locale).replace(locale === "en" ? ` ${year}` : `${year}年`, "");
}

/** What stands in a sentence about a window. */
export function windowSaid({ from, to }: Window, locale: Locale): Record<string, string> {
  return { day: weekdayOf(from, locale), from: clock(from), to: clock(to) };
}

function clock(instant: number): string {
  const { hour, minute } = localTime(instant);
  return `${hour}:${String(minute).padStart(2, "0")}`;
}

export function problemIn({ phone, salutation, consent }: Chosen): "phone" | "consent" | null {
  if (phone.trim() !== "" && !isPhone(phone.trim())) return "phone";
  const given = phone.trim() !== "" || salutation.trim() !== "";
  return given && !consent ? "consent" : null;
}

/** What goes to the server. A way to be reached goes along only with consent. */
export async function wishOf(plate: string, chosen: Chosen, code: string): Promise<object> {
  const { kind, doorId, window } = chosen;
  const phone = chosen.phone.trim();
  const salutation = chosen.salutation.trim();
  const contact =
    chosen.consent && (phone !== "" || salutation !== "")
      ? {
          contact: {
            ...(phone === "" ? {} : { phone }),
            ...(salutation === "" ? {} : { salutation }),
            consent: true,
          },
        }
      : {};
  const cardCode = chosen.cardCode.trim();
  return {
    plate,
    ...(doorId === "" ? {} : { doorId }),
    ...(cardCode === "" ? {} : { cardCode }),
    wish: kind === "visit" ? { kind, window, ...contact } : { kind },
    look: toBase64Url(await lookOf(code)),
  };
}
