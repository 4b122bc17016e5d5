import { type Role, ROLES } from "../organisation/terms.ts";

/** Screens that a list of the day opens. */
type TodayScreen =
  | "matters"
  | "answers"
  | "appointments"
  | "complaints"
  | "mediations"
  | "data_requests"
  | "referrals"
  | "rechecks"
  | "tips"
  | "days";

interface Definition {
  readonly screen: TodayScreen;
  /** As the screen has it in its address, and the endpoint in its query. */
  readonly filter: Readonly<Record<string, string>>;
  /** Something is late: the one thing that is shown in the colour of alarm. */
  readonly late?: true;
}

/**
 * The lists of what is somebody's today. One definition for what is counted and for what opens.
 * `mine` stands for whoever asks.
 */
const LISTS = {
  unsigned_days: { screen: "days", filter: { state: "unsigned" } },
  tasks: { screen: "matters", filter: { work: "tasks" }, late: true },
  overdue: { screen: "matters", filter: { work: "overdue" }, late: true },
  my_overdue: { screen: "matters", filter: { mine: "true", work: "overdue" }, late: true },
  due_today: { screen: "matters", filter: { work: "today" } },
  my_due_today: { screen: "matters", filter: { mine: "true", work: "today" } },
  my_due_soon: { screen: "matters", filter: { mine: "true", work: "soon" } },
  untouched: { screen: "matters", filter: { state: "registered" } },
  my_untouched: { screen: "matters", filter: { mine: "true", state: "registered" } },
  to_call_back: { screen: "matters", filter: { state: "feedback_given" } },
  to_close: { screen: "matters", filter: { state: "called_back" } },
  answers_to_send: { screen: "answers", filter: { todo: "true" } },
  times_asked: { screen: "appointments", filter: { state: "asked" } },
  mediations_overdue: { screen: "mediations", filter: { due: "overdue" }, late: true },
  mediations_today: { screen: "mediations", filter: { due: "today" } },
  mediations_calls: { screen: "mediations", filter: { next: "call_back" } },
  complaints_overdue: { screen: "complaints", filter: { progress: "overdue" }, late: true },
  complaints: { screen: "complaints", filter: { progress: "open" } },
  requests_overdue: { screen: "data_requests", filter: { progress: "overdue" }, late: true },
  requests: { screen: "data_requests", filter: { progress: "open" } },
  referrals_overdue: { screen: "referrals", filter: { progress: "overdue" }, late: true },
  referrals: { screen: "referrals", filter: { progress: "open" } },
  tips_to_open: { screen: "tips", filter: { todo: "open" } },
  tips_to_answer: { screen: "tips", filter: { todo: "answer" } },
  rechecks: { screen: "rechecks", filter: { todo: "true" } },
} as const satisfies Readonly<Record<string, Definition>>;

export type TodayKey = keyof typeof LISTS;
export const TODAY_KEYS = Object.keys(LISTS) as readonly TodayKey[];

export interface TodayList extends Definition {
  readonly key: TodayKey;
}

const OFFICER: readonly TodayKey[] = [
  "my_overdue",
  "my_due_today",
  "my_due_soon",
  "my_untouched",
  "mediations_overdue",
  "mediations_today",
  "times_asked",
  "answers_to_send",
  "rechecks",
];

/** What each role finds, in the order in which one would take it up. */
const FOUND: Readonly<Partial<Record<Role, readonly TodayKey[]>>> = {
  community_officer: OFFICER,
  seconded_officer: OFFICER,
  auxiliary: ["due_today", "times_asked", "rechecks"],
  station_leader: [
    "tasks",
    "unsigned_days",
    "overdue",
    "due_today",
    "untouched",
    "to_close",
    "mediations_overdue",
    "mediations_today",
    "times_asked",
    "answers_to_send",
    "rechecks",
  ],
  mediator: ["mediations_overdue", "mediations_today"],
  business_unit: [
    "my_overdue",
    "tips_to_open",
    "tips_to_answer",
    "my_due_today",
    "my_due_soon",
    "my_untouched",
  ],
  feedback_centre: [
    "tasks",
    "overdue",
    "to_call_back",
    "mediations_calls",
    "to_close",
    "answers_to_send",
    "complaints_overdue",
    "complaints",
    "rechecks",
    "requests_overdue",
    "requests",
  ],
  inspectorate: [
    "complaints_overdue",
    "complaints",
    "overdue",
    "unsigned_days",
    "rechecks",
    "requests_overdue",
    "requests",
  ],
  dpo: ["requests_overdue", "requests"],
  partner: ["referrals_overdue", "referrals"],
};

export function todayOf(role: Role): readonly TodayList[] {
  return (FOUND[role] ?? []).map((key) => ({ key, ...LISTS[key] }));
}

export const TODAY_ROLES: readonly Role[] = ROLES.filter((role) => todayOf(role).length > 0);
