/** What is put right or passed on for somebody who asked. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Errand } from "../errands.ts";
import { INSIDE, MET, phoneOf, type Teller } from "../teller.ts";

type BodyStep = Extract<Errand, { bodyStep: unknown }>["bodyStep"];

/** (3) A big dog: an agreement with the property manager; seen to be kept, called back, closed. */
export function bigDog(teller: Teller): Id {
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
  const company = teller.body("property_manager", 1);
  const manager = teller.people.desk("partner");
  const { lead } = team;
  teller.course(main, matter, [
    [1, 9, lead, { type: "accept" }],
    [
      1,
      9.2,
      lead,
      {
        type: "refer",
        to: company,
        basis: "duty",
        law: "物业管理条例 45",
        text: "电梯里有大狗不拴绳，请与住户约定并在轿厢提示。",
      },
    ],
    [1, 18, lead, { type: "note", text: "与物业一起上门，说明养犬规定；犬证齐全，主人愿意配合。" }],
    [
      4,
      7.5,
      teller.leader(team, 1),
      { type: "recheck", cleared: true, text: "早上在大厅看了一个小时，拴绳走货梯。" },
    ],
    [
      4,
      10,
      lead,
      {
        type: "answer",
        mode: "sms",
        text: "养狗的住户已答应拴绳、戴嘴套并走货梯，我们也看过一次。",
      },
    ],
  ]);
  const says = (hour: number, bodyStep: BodyStep): void =>
    teller.errand(hour, manager, { referred: matter, bodyStep });
  says(at(1, 10.5), { type: "accept" });
  says(at(2, 18), {
    type: "resolve",
    outcome: "rectified",
    text: "约定出门拴绳、戴嘴套，早七点前和晚九点后走货梯；轿厢已贴提示。",
  });
  teller.confirmed(main, matter, 5, 15, "住户说孩子已经敢自己下楼。");
  return matter;
}

/** (7) Groceries for a home that asked: passed on to civil affairs with consent, and asked about later. */
export function hardshipHelp(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 0);
  const place = teller.door(0, 2);
  const { matterIds } = teller.visit(team, place, teller.at(main, 0, 20.1), INSIDE, [
    {
      kind: "service_request",
      subtype: "hardship_help",
      text: "住户说最近没有活干，想问有没有米油之类的临时帮助；同意把这一条转给民政窗口，其他不转。",
      wantsAnswer: true,
      contact: { salutation: "殷先生", phone: phoneOf(4), preference: "call", consent: true },
    },
  ]);
  const [matter = ""] = matterIds;
  const { lead } = team;
  teller.course(main, matter, [
    [1, 8.7, lead, { type: "accept" }],
    [
      1,
      9.5,
      lead,
      {
        type: "refer",
        to: teller.body("civil_affairs"),
        basis: "resident_asked",
        text: "一户居民想申请临时救助，本人同意由民政联系。",
        contact: "spoken",
      },
    ],
    [1, 15, lead, { type: "relay", said: "accepted", text: "民政窗口电话答复：受理，明天上门。" }],
    [
      2,
      16,
      lead,
      {
        type: "resolve",
        outcome: "delivered",
        text: "民政已受理临时救助申请，先送了一袋米和一桶油；后续由民政直接联系。",
      },
    ],
    [
      2,
      17,
      lead,
      {
        type: "answer",
        mode: "phone",
        text: "申请民政收到了，米和油今天送到；以后的事民政会直接找您。",
      },
    ],
  ]);
  teller.confirmed(main, matter, 4, 10, "住户说东西收到了，民政也打过电话。");
  return matter;
}

/** (11) One home under two addresses: the visit says so, the second matter is declined, not lost. */
export function wrongAddress(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 1);
  const place = teller.door(1, 1);
  const double = teller.door(1, 2);
  const at = (day: number, hour: number): Instant => teller.at(main, day, hour);
  const { matterIds: kept } = teller.visit(team, place, at(1, 19.1), MET, [
    {
      kind: "service_request",
      subtype: "minor_repair",
      text: "单元门禁刷不开，已经报过物业两次。",
      wantsAnswer: true,
    },
  ]);
  // It lies with the property company, which has not said yet.
  teller.course(main, kept[0] ?? "", [
    [6, 8.9, team.lead, { type: "accept" }],
    [
      6,
      9.1,
      team.lead,
      {
        type: "refer",
        to: teller.body("property_manager", 1),
        basis: "duty",
        law: "物业管理条例 35",
        text: "单元门禁刷不开，请检修并告诉我们哪天能好。",
      },
    ],
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
