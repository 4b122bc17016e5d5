import type { LocalDate } from "../shared/instant.ts";

/** The days of one year's announcement, as a bureau loaded them. */
export interface WorkYear {
  readonly year: number;
  readonly holidays: readonly LocalDate[];
  readonly makeUpDays: readonly LocalDate[];
  /** The announcement, e.g. 国办发明电〔2025〕7号. */
  readonly source: string;
}

/** How a bureau's calendar stands on a day. */
export interface WorkdaysStanding {
  /** The last day that is announced. */
  readonly through: LocalDate;
  readonly daysLeft: number;
  /** Time to load the next year: no limit beyond `through` gets a date. */
  readonly endsSoon: boolean;
}

export type WorkdaysRefusal =
  | "workdays-unreadable"
  | "workdays-other-year"
  | "workdays-twice"
  | "workdays-not-weekend"
  | "workdays-too-few"
  | "workdays-year-over"
  | "workdays-too-early"
  | "workdays-gap"
  | "workdays-source-missing";

export const WORKDAYS_LIMITS = {
  /** From here on the desk asks for the next year's announcement; it comes in November. */
  warnDays: 60,
  /** 全国年节及纪念日放假办法 (2024) has thirteen days; without weekends none of them is missing. */
  fewestHolidays: 13,
  textLength: 4000,
  sourceLength: 100,
} as const;
