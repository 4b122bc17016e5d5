/** Stories that end with something handed over, an answer to a complaint, or a sheet on a board. */
import { DELIST_CRITERIA, type DelistCriterion } from "@wanjia/domain/listings/terms";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  HOUR_MS,
  type Instant,
  localDate,
  monthOf,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import type { PlannedCampaign, Team } from "./campaigns.ts";
import { MET, phoneOf, type Teller } from "./teller.ts";

/** What was recovered, on its way back: listed by the leader, told, handed over by two officers. */
function givenBack(
  teller: Teller,
  campaign: PlannedCampaign,
  team: Team,
  day: number,
  item: {
    readonly registerNo: string;
    readonly itemClass: string;
    readonly valueYuan: number;
    readonly owner: string;
    readonly phone: string;
  },
): void {
  const leader = teller.leader(team, 0);
  const at = (days: number, hour: number): Instant => teller.at(campaign, day + days, hour);
  const approvedOn = localDate(at(-1, 9));
  teller.errand(at(0, 9), leader, {
    stationId: team.stationId,
    list: `台账编号,物品类别,估价（元）,批准日期,物主称呼,物主电话\n${item.registerNo},${item.itemClass},${item.valueYuan},${approvedOn},${item.owner},${item.phone}\n`,
  });
  teller.errand(at(0, 10), leader, {
    item: item.registerNo,
    command: { type: "notify", mode: "phone", reached: true },
  });
  teller.errand(at(2, 17), leader, {
    item: item.registerNo,
    command: {
      type: "hand_over",
      receiver: "owner",
      rightChecked: true,
      agentIsOfficer: false,
      confirmed: true,
      listNo: `发还〔2026〕${item.registerNo.slice(-2)}号`,
      officers: [leader, teller.leader(team, 1)],
    },
  });
}

/**
 * (4) A stolen e-bike: the resident rings the number on the contact card; the report goes where cases
 * are handled, what is kept here is that he asked, and that the bicycle came back.
 */
export function stolenBicycle(teller: Teller): Id {
  const { early } = teller.setting;
  const team = teller.team(early, 0);
  const place = teller.door(0, 5);
  teller.visit(
    team,
    place,
    teller.at(early, 0, 19.1),
    { outcome: "no_answer", cardLeft: true },
    [],
    1,
  );
  const { matterIds } = teller.visit(team, place, teller.at(early, 2, 18.6), MET, [
    {
      kind: "service_request",
      subtype: "lost_found",
      text: "住户照门上联系卡打来电话：停在楼下的电动车不见了，想知道找谁、要带什么。",
      wantsAnswer: true,
      contact: { salutation: "路先生", phone: phoneOf(5), preference: "call", consent: true },
    },
  ]);
  const [matter = ""] = matterIds;
  const { lead } = team;
  teller.course(early, matter, [
    [2, 19, lead, { type: "accept" }],
    [2, 19.1, lead, { type: "start" }],
    [
      2,
      19.5,
      lead,
      { type: "note", text: "已陪同到所里当面受理，回执给了本人；案情不在这里登记。" },
    ],
    [
      12,
      9,
      lead,
      { type: "resolve", outcome: "delivered", text: "车追回来了，按返还手续通知本人来领。" },
    ],
    [
      12,
      9.5,
      lead,
      { type: "answer", mode: "phone", text: "您的电动车找到了，带上购车凭证来所里领。" },
    ],
    [
      15,
      10,
      teller.feedback(),
      {
        type: "call_back",
        mode: "phone",
        reached: true,
        solved: "yes",
        satisfaction: 5,
        text: "住户说车已领回，电池也在。",
      },
    ],
    [15, 10.2, teller.feedback(), { type: "close" }],
  ]);
  givenBack(teller, early, team, 12, {
    registerNo: "YT2026-0041",
    itemClass: "电动自行车",
    valueYuan: 2600,
    owner: "路先生",
    phone: phoneOf(5),
  });
  return matter;
}

/** (5) A birdcage with its thrush: a small thing, a small case, and somebody who misses it. */
export function stolenBirdcage(teller: Teller): Id {
  const { early } = teller.setting;
  const team = teller.team(early, 1);
  const { matterIds } = teller.visit(team, teller.door(1, 5), teller.at(early, 1, 10.2), MET, [
    {
      kind: "service_request",
      subtype: "lost_found",
      text: "老人挂在楼下树上的画眉连笼子一起不见了，问这样的小事该不该报。",
      wantsAnswer: true,
      contact: { salutation: "丰大爷", phone: phoneOf(6), preference: "call", consent: true },
    },
  ]);
  const [matter = ""] = matterIds;
  const { lead } = team;
  teller.course(early, matter, [
    [1, 11, lead, { type: "accept" }],
    [1, 11.1, lead, { type: "start" }],
    [1, 11.5, lead, { type: "note", text: "告诉老人事小也受理，陪着到所里登记，拿到回执。" }],
    [
      6,
      9,
      lead,
      { type: "resolve", outcome: "delivered", text: "笼子和鸟都找回来了，请本人来领。" },
    ],
    [
      6,
      9.2,
      lead,
      { type: "answer", mode: "phone", text: "画眉找回来了，精神还好，您方便时来领。" },
    ],
    [
      9,
      15,
      teller.feedback(1),
      {
        type: "call_back",
        mode: "phone",
        reached: true,
        solved: "yes",
        satisfaction: 5,
        text: "老人说鸟领回家，又开口叫了。",
      },
    ],
    [9, 15.2, teller.feedback(1), { type: "close" }],
  ]);
  givenBack(teller, early, team, 6, {
    registerNo: "YT2026-0042",
    itemClass: "其他",
    valueYuan: 300,
    owner: "丰大爷",
    phone: phoneOf(6),
  });
  return matter;
}

/** (10) A complaint that is true: heard, found, put right and answered, past the station. */
export function complaintUpheld(teller: Teller): void {
  const { early } = teller.setting;
  const team = teller.team(early, 0);
  const inspector = teller.people.desk("inspectorate");
  const look = teller.look();
  const at = (day: number, hour: number): Instant => teller.at(early, day, hour);
  teller.errand(at(3, 20), inspector, {
    look,
    complaint: {
      about: "station",
      stationId: team.stationId,
      kind: "delay",
      text: "报警说楼道有人砸门，四十分钟才有人来，来的人还说这点小事不要总打电话。",
      origin: "online",
    },
  });
  const steps = [
    [4, 9, { type: "receipt" }],
    [
      5,
      10,
      { type: "check", result: "investigate", text: "调取接警和出警记录，晚到属实，原因待查。" },
    ],
    [6, 15, { type: "name", memberIds: [teller.leader(team, 1)] }],
    [7, 10, { type: "hear", text: "当事民警说当晚同时有三起警情，没有请求支援，说话急了。" }],
    [
      10,
      16,
      {
        type: "find",
        finding: "substantiated",
        text: "晚到和言语不当都属实。",
        remedy: "当面致歉；值班警力不够时由指挥室就近调派，月内抽查十次。",
      },
    ],
    [
      11,
      10,
      {
        type: "answer",
        text: "您反映的属实，我们向您道歉。改正办法和抽查结果写在答复里，不同意可以申请复核。",
      },
    ],
  ] as const;
  for (const [day, hour, step] of steps) teller.errand(at(day, hour), inspector, { look, step });
}

/** Last month's sheet of the first beat's community: written, sent back once, read and published. */
export function boardOfBeat(teller: Teller): void {
  const { now, main } = teller.setting;
  const team = teller.team(main, 0);
  const [leader, reader] = [teller.leader(team, 0), teller.feedback()];
  const { communityId } = teller.door(0, 6);
  if (communityId === null) return;
  const first = `${monthOf(localDate(now))}-01`;
  const board = {
    stationId: team.stationId,
    communityId,
    month: monthOf(addDays(first, -1)),
  };
  const at = (hours: number): Instant => startOfLocalDay(first) + hours * HOUR_MS;
  const written = {
    type: "write",
    entries: [
      {
        said: "夜里楼下烧烤的烟味大，通道也被占了",
        did: "城管每周五晚检查；通道划了黄线，复查两次都畅通",
        result: "done",
        reason: null,
      },
      {
        said: "想在地下车库多装摄像头",
        did: "要动用维修资金，业主大会还没有表决；先加了夜间巡逻",
        result: "partly",
        reason: "needs_other_body",
      },
      {
        said: "希望派出所周末也能办居住证",
        did: "业务系统周末不开，改为周四延到晚上八点",
        result: "partly",
        reason: "no_means",
      },
    ],
  } as const;
  teller.errand(at(33), leader, { board, command: written });
  teller.errand(at(34), leader, { board, command: { type: "release" } });
  teller.errand(at(58), reader, {
    board,
    command: { type: "send_back", why: "第一条请写明谁去复查的" },
  });
  const [smoke, ...others] = written.entries;
  teller.errand(at(60), leader, {
    board,
    command: {
      type: "write",
      entries: [
        { ...smoke, did: "城管每周五晚检查；通道划了黄线，另一位所领导复查过两次" },
        ...others,
      ],
    },
  });
  teller.errand(at(61), leader, { board, command: { type: "release" } });
  teller.errand(at(63), reader, { board, command: { type: "publish" } });
}

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
