/** Things that were taken and come back. */
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import type { PlannedCampaign, Team } from "../campaigns.ts";
import { DEMO_PASSWORD } from "../terms.ts";
import { MET, phoneOf, type Teller } from "../teller.ts";
import type { TipStep } from "../tips.ts";

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
  ]);
  teller.confirmed(early, matter, 15, 10, "住户说车已领回，电池也在。");
  tipOfNeighbour(teller);
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
  ]);
  teller.confirmed(early, matter, 9, 15, "老人说鸟领回家，又开口叫了。");
  givenBack(teller, early, team, 6, {
    registerNo: "YT2026-0042",
    itemClass: "其他",
    valueYuan: 300,
    owner: "丰大爷",
    phone: phoneOf(6),
  });
  return matter;
}

/**
 * The tip half of (4): somebody saw bicycles being sold and says so, sealed; two keepers open it, and
 * the answer waits behind a receipt. Another lies unopened.
 */
function tipOfNeighbour(teller: Teller): void {
  const { early, main } = teller.setting;
  const admin = teller.people.desk("sys_admin");
  const [first, second] = [0, 1].map((nth) => teller.people.desk("business_unit", nth));
  if (first === undefined || second === undefined) return;
  const at = (day: number, hour: number): Instant => teller.at(early, day, hour);
  const tell = (when: Instant, by: Id, tip: TipStep): void => teller.errand(when, by, { tip });
  const id = teller.newId(at(0, 8.5));
  tell(at(0, 8.5), admin, { type: "unit", id, keepers: [first, second] });
  tell(at(0, 9), first, { type: "enrol", passphrase: DEMO_PASSWORD });
  tell(at(0, 9.1), second, { type: "enrol", passphrase: DEMO_PASSWORD });
  tell(at(0, 9.2), first, { type: "make_key" });
  tell(at(4, 21), admin, {
    type: "send",
    category: "theft",
    text: "后街修车铺旁边的棚子里，夜里常有人拆没有牌的电动车往外卖。",
  });
  tell(at(5, 9), first, { type: "ask" });
  tell(at(5, 9.05), second, { type: "grant" });
  tell(at(5, 9.1), first, { type: "answer", text: "已经查实处理，谢谢您。" });
  tell(teller.at(main, 5, 20.5), admin, {
    type: "send",
    category: "fraud",
    text: "有人在菜场门口收老人的养老金卡，说能升级，收走就不还。",
  });
}
