/** What is answered in public or past the station: a complaint, a community's sheet. */
import {
  addDays,
  HOUR_MS,
  type Instant,
  localDate,
  monthOf,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import type { Teller } from "../teller.ts";

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
