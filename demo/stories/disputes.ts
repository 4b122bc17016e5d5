/** Neighbours at odds: what is mediated, and what must not be. */
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import { INSIDE, MET, phoneOf, type Teller } from "../teller.ts";

/** (1) Barbecue smoke under flats: an opinion, a hazard, a dispute; three sessions; the shop moves. */
export function barbecueSmoke(teller: Teller): Id {
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
export function noiseUpstairs(teller: Teller): Id {
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

/** (13) A dispute that must not be mediated: the rules stop it and show the other way. */
export function mediationRefused(teller: Teller): Id {
  const { early } = teller.setting;
  const team = teller.team(early, 1);
  const { matterIds } = teller.visit(team, teller.door(1, 4), teller.at(early, 3, 10.4), MET, [
    {
      kind: "dispute",
      subtype: "family",
      text: "当事人说家里有矛盾，想知道可以找谁帮忙。",
      wantsAnswer: true,
    },
  ]);
  const [matter = ""] = matterIds;
  const { lead } = team;
  teller.course(early, matter, [
    [3, 11.5, lead, { type: "accept" }],
    [3, 11.6, lead, { type: "screen", stopSigns: ["violence_at_home"] }],
    [
      3,
      12,
      lead,
      {
        type: "refer",
        to: teller.body("legal_aid"),
        basis: "resident_asked",
        text: "一位居民想了解可以申请哪些保护，请安排值班律师当面接待。",
      },
    ],
    [3, 14, lead, { type: "relay", said: "accepted", text: "法律援助中心答复：今天下午接待。" }],
    [
      3,
      17,
      lead,
      {
        type: "resolve",
        outcome: "not_suitable",
        text: "不适用调解。已当面说明保护和求助的途径，由专门人员接手，本处不再记录细节。",
      },
    ],
    [
      3,
      17.5,
      lead,
      { type: "answer", mode: "in_person", text: "已当面说明可以求助的途径和电话。" },
    ],
    [5, 9, teller.feedback(), { type: "close", waiver: "unsafe_to_contact" }],
  ]);
  return matter;
}
