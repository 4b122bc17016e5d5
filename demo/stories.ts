/**
 * The stories of domain.md §10.8 that visits and matters can tell so far: each a door, a few knocks
 * and a timeline to an honest end.
 */
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import type { DemoEvent } from "./behaviour.ts";
import {
  boardOfBeat,
  complaintUpheld,
  estateListed,
  stolenBicycle,
  stolenBirdcage,
} from "./stories-errands.ts";
import { INSIDE, MET, phoneOf, type Setting, Teller } from "./teller.ts";

export interface Stories {
  readonly events: readonly DemoEvent[];
  /** Doors that only the stories visit. */
  readonly doors: ReadonlySet<Id>;
  readonly ids: Readonly<Record<StoryName, Id>>;
}

export const STORY_NAMES = [
  "barbecue_smoke",
  "noise_upstairs",
  "big_dog",
  "stolen_bicycle",
  "stolen_birdcage",
  "hardship_help",
  "refusal_respected",
  "wrong_address",
  "mediation_refused",
  "unreachable",
] as const;
export type StoryName = (typeof STORY_NAMES)[number];

export function storiesOf(setting: Setting): Stories {
  const teller = new Teller(setting);
  const ids = {
    barbecue_smoke: barbecueSmoke(teller),
    noise_upstairs: noiseUpstairs(teller),
    big_dog: bigDog(teller),
    stolen_bicycle: stolenBicycle(teller),
    stolen_birdcage: stolenBirdcage(teller),
    hardship_help: hardshipHelp(teller),
    refusal_respected: refusalRespected(teller),
    wrong_address: wrongAddress(teller),
    mediation_refused: mediationRefused(teller),
    unreachable: unreachable(teller),
  };
  complaintUpheld(teller);
  boardOfBeat(teller);
  estateListed(teller);
  return { events: teller.events, doors: teller.doors, ids };
}

/** (1) Barbecue smoke under flats: an opinion, a hazard, a dispute; three sessions; the shop moves. */
function barbecueSmoke(teller: Teller): Id {
  const { early } = teller.setting;
  const team = teller.team(early, 0);
  const leader = teller.leader(team, 0);
  const other = teller.leader(team, 1);
  const place = teller.door(0, 0);
  const at = (day: number, hour: number): Instant => teller.at(early, day, hour);
  const { matterIds } = teller.visit(team, place, at(1, 19.4), INSIDE, [
    {
      kind: "opinion",
      subtype: "facilities",
      text: "楼下烧烤店傍晚开始油烟往上冒，窗户不敢开，希望有人管一管。",
      wantsAnswer: true,
      contact: { salutation: "季女士", phone: phoneOf(1), preference: "call", consent: true },
    },
    {
      kind: "hazard",
      subtype: "blocked_exit",
      text: "烧烤店的桌子和炭炉摆到单元门口，夜里消防通道只剩一条缝。",
      wantsAnswer: false,
    },
    {
      kind: "dispute",
      subtype: "environment",
      text: "同一单元十二户希望和烧烤店坐下来谈：油烟、深夜说话声、炭炉位置，愿意参加调解。",
      wantsAnswer: true,
      contact: { salutation: "季女士", phone: phoneOf(1), preference: "call", consent: true },
    },
  ]);
  const [opinion = "", hazard = "", dispute = ""] = matterIds;

  teller.step(at(2, 9), team.lead, opinion, { type: "accept" });
  teller.step(at(2, 9.2), team.lead, opinion, { type: "start" });
  teller.note(at(2, 15), team.lead, opinion, "已请城管局来看过排烟口，朝向住户窗户，不合要求。");
  teller.step(at(9, 16), team.lead, opinion, {
    type: "resolve",
    outcome: "adopted",
    text: "采纳：纳入秋季夜市油烟检查，由城管牵头，每周五晚一次。",
  });
  teller.step(at(10, 10), team.lead, opinion, {
    type: "answer",
    mode: "phone",
    text: "您提的油烟问题已列入每周五晚的检查，店里的事正在另外调解。",
  });
  teller.step(at(14, 10), teller.feedback(), opinion, {
    type: "call_back",
    mode: "phone",
    reached: true,
    solved: "partly",
    satisfaction: 4,
    text: "住户说油烟少了一些，等着看调解结果。",
  });
  teller.step(at(15, 9), teller.feedback(), opinion, { type: "close" });

  teller.step(at(2, 9.1), team.lead, hazard, { type: "accept" });
  teller.step(at(2, 20), team.lead, hazard, { type: "start" });
  teller.step(at(2, 20.1), team.lead, hazard, {
    type: "advise",
    party: "organisation",
    fixBy: localDate(at(3, 20)),
    text: "炭炉和桌子退回店内，单元门口和消防通道一律不放东西。",
    atHome: false,
  });
  teller.step(at(3, 20.5), team.lead, hazard, {
    type: "resolve",
    outcome: "rectified",
    text: "炭炉和桌子退回店内，通道划了黄线。",
  });
  teller.step(at(5, 21), other, hazard, {
    type: "recheck",
    cleared: false,
    text: "周五晚复查，桌子又摆出来三张。",
  });
  teller.step(at(8, 20), team.lead, hazard, {
    type: "resolve",
    outcome: "rectified",
    text: "与店主重新约定，外摆一律取消，物业夜间巡查。",
  });
  teller.step(at(12, 21), other, hazard, {
    type: "recheck",
    cleared: true,
    text: "连看两晚，通道全部畅通。",
  });
  teller.step(at(13, 9), teller.feedback(), hazard, { type: "close", waiver: "no_reporter" });

  teller.step(at(2, 9.3), team.lead, dispute, { type: "assign", to: leader });
  teller.step(at(2, 14), leader, dispute, { type: "accept" });
  teller.step(at(2, 14.2), leader, dispute, { type: "screen", stopSigns: [] });
  teller.step(at(3, 9), leader, dispute, { type: "start" });
  const told = teller.mediation(team, leader, at(3, 9.5), dispute, [
    { part: "neighbours" },
    { part: "shop" },
  ]);
  told
    .sits(at(4, 9), at(6, 19), leader, "continued")
    .sits(at(7, 9), at(13, 19), leader, "continued")
    .sits(at(14, 9), at(20, 18.5), leader, "agreement")
    .step(at(20, 21), leader, {
      type: "agree",
      form: "written",
      number: "调协〔2026〕31号",
      effectiveOn: localDate(at(20, 21)),
      performBy: localDate(at(34, 21)),
      obliged: ["b"],
      amount: "over_100000",
    });
  teller.step(at(21, 10), leader, dispute, {
    type: "answer",
    mode: "phone",
    text: "店里同意月底前搬到后街，搬走之前晚九点半收摊。",
  });
  told.step(at(34, 16), leader, { type: "perform", side: "b", on: localDate(at(34, 16)) });
  // Each side apart, in the order of the lot.
  for (const hour of [10, 15]) {
    told.step(at(36, hour), teller.feedback(), {
      type: "call_back",
      side: "a",
      alone: true,
      reached: true,
      solved: "yes",
      satisfaction: hour === 10 ? 5 : 4,
    });
  }
  teller.step(at(37, 9), teller.feedback(), dispute, { type: "close" });
  for (const day of [41, 64, 124]) {
    told.step(at(day, 16), leader, { type: "follow_up", result: "kept" });
  }
  return dispute;
}

/** (2) Noise from upstairs, rubbish at the door: the committee and a duty lawyer; an agreement to be kept. */
function noiseUpstairs(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 0);
  const place = teller.door(0, 1);
  const at = (day: number, hour: number): Instant => teller.at(main, day, hour);
  const { matterIds } = teller.visit(team, place, at(1, 19.7), MET, [
    {
      kind: "dispute",
      subtype: "neighbour_noise",
      text: "楼上半夜走动声很响，吵过之后自家门口常有垃圾袋。自己愿意去社区谈。",
      wantsAnswer: true,
      contact: { salutation: "温先生", phone: phoneOf(2), preference: "call", consent: true },
    },
  ]);
  const [matter = ""] = matterIds;
  teller.step(at(2, 8.8), team.lead, matter, { type: "accept" });
  teller.step(at(2, 9), team.lead, matter, { type: "screen", stopSigns: [] });
  teller.step(at(2, 9.1), team.lead, matter, { type: "start" });
  teller
    .mediation(team, team.lead, at(3, 19), matter, [
      {
        part: "resident",
        contact: { salutation: "温先生", phone: phoneOf(2), consent: true },
      },
      { part: "resident", contact: { salutation: "楼上住户", phone: phoneOf(12), consent: true } },
    ])
    .sits(at(4, 9), at(5, 18), team.lead, "agreement")
    .step(at(5, 20.5), team.lead, {
      type: "agree",
      form: "oral",
      number: "调协〔2026〕44号",
      effectiveOn: localDate(at(5, 20)),
      performBy: localDate(at(19, 20)),
      obliged: ["a", "b"],
      amount: "none",
    });
  teller.step(at(6, 10), team.lead, matter, {
    type: "answer",
    mode: "phone",
    text: "楼上已经买了地垫，两周后调解员会和两家一起看一次。",
  });
  return matter;
}

/** (3) A big dog: an agreement with the property manager; seen to be kept, called back, closed. */
function bigDog(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 1);
  const place = teller.door(1, 0);
  const at = (day: number, hour: number): Instant => teller.at(main, day, hour);
  const { matterIds } = teller.visit(team, place, at(0, 19.2), MET, [
    {
      kind: "hazard",
      subtype: "dog_control",
      text: "一条大狗每天早晚在电梯里不拴绳，孩子吓得不敢一个人下楼。",
      wantsAnswer: true,
      contact: { salutation: "康阿姨", phone: phoneOf(3), preference: "sms", consent: true },
    },
  ]);
  const [matter = ""] = matterIds;
  teller.step(at(1, 9), team.lead, matter, { type: "accept" });
  teller.step(at(1, 9.1), team.lead, matter, { type: "start" });
  teller.note(
    at(1, 18),
    team.lead,
    matter,
    "与物业一起上门，说明养犬规定；犬证齐全，主人愿意配合。",
  );
  teller.step(at(2, 18), team.lead, matter, {
    type: "resolve",
    outcome: "rectified",
    text: "约定出门拴绳、戴嘴套，早七点前和晚九点后走货梯；物业在轿厢贴提示。",
  });
  teller.step(at(4, 7.5), teller.leader(team, 1), matter, {
    type: "recheck",
    cleared: true,
    text: "早上在大厅看了一个小时，拴绳走货梯。",
  });
  teller.step(at(4, 10), team.lead, matter, {
    type: "answer",
    mode: "sms",
    text: "养狗的住户已答应拴绳、戴嘴套并走货梯，我们也看过一次。",
  });
  teller.step(at(5, 15), teller.feedback(), matter, {
    type: "call_back",
    mode: "phone",
    reached: true,
    solved: "yes",
    satisfaction: 5,
    text: "住户说孩子已经敢自己下楼。",
  });
  teller.step(at(5, 15.2), teller.feedback(), matter, { type: "close" });
  return matter;
}

/** (7) Groceries for a home that asked: passed on to civil affairs with consent, and asked about later. */
function hardshipHelp(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 0);
  const place = teller.door(0, 2);
  const at = (day: number, hour: number): Instant => teller.at(main, day, hour);
  const { matterIds } = teller.visit(team, place, at(0, 20.1), INSIDE, [
    {
      kind: "service_request",
      subtype: "hardship_help",
      text: "住户说最近没有活干，想问有没有米油之类的临时帮助；同意把这一条转给民政窗口，其他不转。",
      wantsAnswer: true,
      contact: { salutation: "殷先生", phone: phoneOf(4), preference: "call", consent: true },
    },
  ]);
  const [matter = ""] = matterIds;
  teller.step(at(1, 8.7), team.lead, matter, { type: "accept" });
  teller.step(at(1, 8.8), team.lead, matter, { type: "start" });
  teller.note(
    at(1, 9.5),
    team.lead,
    matter,
    "已告诉住户转给谁、转什么，本人当面同意；民政窗口收到并登记。",
  );
  teller.step(at(2, 16), team.lead, matter, {
    type: "resolve",
    outcome: "delivered",
    text: "民政已受理临时救助申请，先送了一袋米和一桶油；后续由民政直接联系。",
  });
  teller.step(at(2, 17), team.lead, matter, {
    type: "answer",
    mode: "phone",
    text: "申请民政收到了，米和油今天送到；以后的事民政会直接找您。",
  });
  teller.step(at(4, 10), teller.feedback(1), matter, {
    type: "call_back",
    mode: "phone",
    reached: true,
    solved: "yes",
    satisfaction: 5,
    text: "住户说东西收到了，民政也打过电话。",
  });
  teller.step(at(4, 10.3), teller.feedback(1), matter, { type: "close" });
  return matter;
}

/** (9) A resident wants no visits: noted once, and the door is not offered again. */
function refusalRespected(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 0);
  const { id } = teller.visit(
    team,
    teller.door(0, 3),
    teller.at(main, 1, 20.2),
    {
      outcome: "asked_not_to_visit",
      noticeGiven: "oral_and_card",
      idShown: true,
      cardLeft: true,
      note: "已说明可以不参加，留下联系卡。",
    },
    [],
    1,
  );
  return id;
}

/** (11) One home under two addresses: the visit says so, the second matter is declined, not lost. */
function wrongAddress(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 1);
  const place = teller.door(1, 1);
  const double = teller.door(1, 2);
  const at = (day: number, hour: number): Instant => teller.at(main, day, hour);
  teller.visit(team, place, at(1, 19.1), MET, [
    {
      kind: "service_request",
      subtype: "minor_repair",
      text: "单元门禁刷不开，已经报过物业两次。",
      wantsAnswer: true,
    },
  ]);
  const { matterIds } = teller.visit(team, double, at(2, 19.5), MET, [
    {
      kind: "service_request",
      subtype: "minor_repair",
      text: "单元门禁刷不开，说是昨天已经登记过。",
      wantsAnswer: true,
    },
  ]);
  const [matter = ""] = matterIds;
  teller.step(at(3, 9), team.lead, matter, { type: "accept" });
  teller.note(
    at(3, 9.5),
    team.lead,
    matter,
    "核对门牌：这扇门和前一天登记的是同一户，门牌换过，旧牌没有摘。",
  );
  teller.step(at(3, 10), team.lead, matter, {
    type: "decline",
    reason: "same_matter_open",
    text: "与前一天登记的是同一件事，已并在那一件里继续办；门牌重复已报地址核对。",
  });
  teller.step(at(3, 17), team.lead, matter, {
    type: "answer",
    mode: "in_person",
    text: "这件事和昨天登记的是同一件，按那一件给您答复，旧门牌会摘掉。",
  });
  teller.step(at(4, 9), teller.feedback(), matter, { type: "close", waiver: "not_sampled" });
  teller.visit(
    team,
    teller.door(1, 3),
    at(3, 19.3),
    {
      outcome: "wrong_address",
      note: "此门牌与同层另一门牌是同一户，已报地址核对。",
    },
    [],
    1,
  );
  return matter;
}

/** (13) A dispute that must not be mediated: the rules stop it and show the other way. */
function mediationRefused(teller: Teller): Id {
  const { early } = teller.setting;
  const team = teller.team(early, 1);
  const at = (day: number, hour: number): Instant => teller.at(early, day, hour);
  const { matterIds } = teller.visit(team, teller.door(1, 4), at(3, 10.4), MET, [
    {
      kind: "dispute",
      subtype: "family",
      text: "当事人说家里有矛盾，想知道可以找谁帮忙。",
      wantsAnswer: true,
    },
  ]);
  const [matter = ""] = matterIds;
  teller.step(at(3, 11.5), team.lead, matter, { type: "accept" });
  teller.step(at(3, 11.6), team.lead, matter, { type: "screen", stopSigns: ["violence_at_home"] });
  teller.step(at(3, 11.7), team.lead, matter, { type: "start" });
  teller.step(at(3, 15), team.lead, matter, {
    type: "resolve",
    outcome: "not_suitable",
    text: "不适用调解。已当面说明保护和求助的途径，由专门人员接手，本处不再记录细节。",
  });
  teller.step(at(3, 15.5), team.lead, matter, {
    type: "answer",
    mode: "in_person",
    text: "已当面说明可以求助的途径和电话。",
  });
  teller.step(at(5, 9), teller.feedback(), matter, { type: "close", waiver: "unsafe_to_contact" });
  return matter;
}

/** (15) Nobody at home at four times of the week: a card is left, and the campaign lets the door be. */
function unreachable(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 0);
  const place = teller.door(0, 4);
  const knocks: readonly (readonly [day: number, hour: number])[] = [
    [0, 10.2],
    [2, 19.6],
    [4, 18.9],
    [5, 15.5],
  ];
  let last = "";
  knocks.forEach(([day, hour], index) => {
    const isLast = index === knocks.length - 1;
    const { id } = teller.visit(
      team,
      place,
      teller.at(main, day, hour),
      { outcome: "no_answer", cardLeft: index !== 1, ...(isLast ? { lastAttempt: true } : {}) },
      [],
      1,
    );
    last = id;
  });
  return last;
}
