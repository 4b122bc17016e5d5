/** An estate that is put right together, and taken off the list again. */
import { DELIST_CRITERIA, type DelistCriterion } from "@wanjia/domain/listings/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, localDate, monthOf } from "@wanjia/domain/shared/instant";
import type { Teller } from "../teller.ts";

/** Estates of a city that are called like no other, with the homes in each. */
function estatesOf({ setting }: Teller): readonly {
  readonly id: Id;
  readonly name: string;
  readonly beatId: Id | null;
  readonly homes: number;
}[] {
  const { places } = setting;
  const above = new Map(
    places.flatMap(({ id, kind, parentId }) => (kind === "building" ? [[id, parentId]] : [])),
  );
  const homes = new Map<string, number>();
  for (const { kind, buildingId } of places) {
    const estate = kind === "dwelling_unit" ? above.get(buildingId ?? "") : undefined;
    if (estate) homes.set(estate, (homes.get(estate) ?? 0) + 1);
  }
  const estates = places.filter(({ kind }) => kind === "estate");
  const named = Map.groupBy(estates, ({ estateName }) => estateName ?? "");
  return estates.flatMap(({ id, beatId, estateName }) => {
    const name = estateName ?? "";
    return named.get(name)?.length === 1 ? [{ id, name, beatId, homes: homes.get(id) ?? 0 }] : [];
  });
}

/**
 * (6) An estate that nobody manages: twelve thefts after nine in the year before, listed for two months,
 * an owners' committee, a test with residents, taken off.
 */
export function estateListed(teller: Teller): void {
  const { early } = teller.setting;
  const team = teller.team(early, 0);
  const leader = teller.leader(team, 0);
  const office = teller.people.desk("campaign_office");
  const at = (day: number, hour: number): Instant => teller.at(early, day, hour);
  const estates = estatesOf(teller);
  const estate = estates.find(({ beatId, homes }) => beatId === team.beatId && homes >= 50);
  if (estate === undefined) return;
  const to = `${monthOf(localDate(at(0, 9)))}-01`;
  const year = (back: number): string => `${Number(to.slice(0, 4)) - back}${to.slice(4)}`;
  const others = estates.filter(({ id }) => id !== estate.id).slice(0, 8);
  const count = (nth: number, day: number, from: string, until: string, here: number): void => {
    const rows = others.map(({ name }, index) => ({
      estate: name,
      count: (index * 5 + nth * 3) % 8,
    }));
    const source = "云汀市公安局统计（小区件数）";
    teller.errand(at(day, 9), office, {
      counts: {
        measure: "theft",
        from,
        to: until,
        source,
        rows: [{ estate: estate.name, count: here }, ...rows],
      },
    });
  };
  count(1, 1, year(2), year(1), 9);
  count(2, 1.01, year(1), to, 12);
  const listing = teller.newId(at(2, 9));
  teller.errand(at(2, 9), leader, {
    propose: {
      id: listing,
      estateId: estate.id,
      measure: "theft",
      from: year(1),
      to,
      causes: ["no_management", "open_access", "lighting"],
      text: "没有物业，四个出入口没有人看，楼道灯坏了一半，电动车和自行车常丢。",
    },
  });
  teller.errand(at(3, 15), leader, {
    listing,
    command: {
      type: "inspect",
      on: localDate(at(3, 9)),
      bodies: ["police", "order_coordination", "housing"],
      causes: ["no_management", "open_access", "lighting", "cameras"],
      text: "物业撤走以后没有人收费，也没有人管，越没有人管越没有人交；没有业主委员会，门卫、门禁、路灯、监控都缺。",
    },
  });
  teller.errand(at(4, 15), office, {
    listing,
    command: {
      type: "order",
      number: "云综治〔2026〕3号",
      bodies: ["police", "order_coordination", "subdistrict", "housing"],
      street: "锦湖街道",
    },
  });
  const measures = [
    ["subdistrict", "组织业主成立业主委员会，选聘物业或自管", 30, 27, "业委会已备案，决定自管"],
    ["owners_committee", "保留两个出入口，雇门卫，装门禁", 45, 41, "两个门有门卫，门禁已通"],
    ["subdistrict", "修复楼道灯和主路路灯", 40, 33, "一百二十盏灯全部修好"],
    ["police", "夜间巡逻，给电动车上牌登记", 40, 38, "巡逻二十六晚，登记二百一十辆"],
  ] as const;
  for (const [index, [body, text, due, done, note]] of measures.entries()) {
    const id = teller.newId(at(5, 10 + index));
    const dueOn = localDate(at(due, 9));
    teller.errand(at(5, 10 + index), leader, {
      listing,
      command: { type: "set_measure", id, body, text, dueOn },
    });
    teller.errand(at(done, 16 + index / 10), leader, {
      listing,
      command: { type: "tell_measure", id, note, done: true },
    });
  }
  const answers = Object.fromEntries(
    DELIST_CRITERIA.map((one) => [one, one === "lanes_clear" ? "not_applicable" : "yes"]),
  ) as Record<DelistCriterion, "yes" | "not_applicable">;
  teller.errand(at(56, 10), teller.feedback(), {
    listing,
    command: {
      type: "test",
      answers,
      asked: 24,
      agree: 21,
      text: "逐项看过；随机问了二十四位住户，二十一位说比以前好。",
    },
  });
  teller.errand(at(58, 9), office, { listing, command: { type: "delist" } });
}
