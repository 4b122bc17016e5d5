/** What `npm run demo` says on a terminal, or in a log. */
import { organisation as en } from "@wanjia/contract/messages/organisation.en";
import { organisation as zh } from "@wanjia/contract/messages/organisation.zh-CN";
import type { Progress } from "./generate.ts";
import { DEMO_LOGINS } from "./city.ts";
import type { Stage } from "./load.ts";
import { type City, DEMO_PASSWORD } from "./terms.ts";

const STAGES: Readonly<Record<Stage | "database", string>> = {
  database: "准备数据库 preparing the database",
  units: "单位与人员 units and members",
  places: "地址 addresses",
  plates: "门牌 door plates",
  life: "走访与民情事项 visits and matters",
  totals: "汇总与账号 totals and accounts",
  done: "完成 done",
};
const BAR = 30;

interface Out {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** One line that fills on a terminal; in a log a line for each tenth and each stage. */
export function progressOn(out: Out): Progress {
  let shown = "";
  return (share, stage) => {
    const percent = Math.floor(share * 100);
    const what = STAGES[stage];
    if (out.isTTY === true) {
      const full = Math.round(share * BAR);
      const bar = "█".repeat(full) + "░".repeat(BAR - full);
      out.write(`\r\u001b[2K${bar} ${String(percent).padStart(3)} %  ${what}`);
      if (stage === "done") out.write("\n");
      return;
    }
    const line = `${Math.floor(percent / 10)} ${stage}`;
    if (line === shown) return;
    shown = line;
    out.write(`${String(percent).padStart(3)} %  ${what}\n`);
  };
}

/** Chinese signs take two columns of a terminal. */
function widthOf(text: string): number {
  return Array.from(text).reduce(
    (sum, sign) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/u.test(sign) ? 2 : 1),
    0,
  );
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  return rows
    .map((row) =>
      `  ${row.map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - widthOf(cell))).join("   ")}`.trimEnd(),
    )
    .join("\n");
}

const PHONE_ROLES = new Set(["community_officer", "auxiliary", "seconded_officer"]);

export function welcome(city: City, address: string, plate: string): string {
  const members = new Map(city.members.map((member) => [member.login, member]));
  const beats = new Map(city.beats.map(({ id, name }) => [id, name]));
  const stations = new Map(city.stations.map(({ id, name }) => [id, name]));
  const partners = new Map(city.partners.map(({ id, name }) => [id, name]));
  const logins = DEMO_LOGINS.map(({ login, role }) => {
    const member = members.get(login);
    const posting = city.postings.find(({ memberId }) => memberId === member?.id);
    const seat =
      beats.get(posting?.beatId ?? "") ??
      stations.get(posting?.stationId ?? "") ??
      partners.get(posting?.partnerId ?? "") ??
      "市局";
    return [
      login,
      member?.name ?? "",
      zh.role[role],
      en.role[role],
      seat,
      PHONE_ROLES.has(role) ? "/field/ /console/" : "/console/",
    ];
  });
  return [
    "",
    "万家 · 云汀市演示（虚构城市，没有真实的人和地址）",
    "Wanjia · demo city of Yunting (it does not exist; nobody and no address in it is real)",
    "",
    table([
      ["居民 residents", `${address}/p/${plate}`],
      ["工作台 desk", `${address}/console/`],
      ["手机 phone", `${address}/field/`],
    ]),
    "",
    `  口令 password   ${DEMO_PASSWORD}   （线索保管人的口令也是它；合作单位用 demo.partner 登录`,
    `                  the keepers of the tip box open it with the same word; demo.partner is a partner body）`,
    "",
    table([["账号 login", "姓名 name", "角色", "role", "所在 seat", "使用 opens"], ...logins]),
    "",
    "  停止 stop: Ctrl+C",
    "",
  ].join("\n");
}
