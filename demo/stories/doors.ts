/** What happens at doors alone: a wish, four knocks, a record that was not true. */
import type { Id } from "@wanjia/domain/shared/id";
import { MINUTE_MS } from "@wanjia/domain/shared/instant";
import { MET, type Teller } from "../teller.ts";

/** (9) A resident wants no visits: noted once, and the door is not offered again. */
export function refusalRespected(teller: Teller): Id {
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

/** (15) Nobody at home at four times of the week: a card is left, and the campaign lets the door be. */
export function unreachable(teller: Teller): Id {
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

/**
 * (12) A second look finds a visit that was not: the leader mends the record with his reason, the
 * door is visited anew. Another officer's phone failed, and what he wrote on paper counts.
 */
export function ghostVisit(teller: Teller): Id {
  const { main } = teller.setting;
  const team = teller.team(main, 0);
  const place = teller.door(0, 8);
  const said = teller.at(main, 1, 21.4);
  const { id } = teller.visit(team, place, said, MET, [], 2);
  teller.errand(teller.at(main, 3, 16), teller.leader(team, 1), {
    visitId: teller.newId(teller.at(main, 3, 16)),
    correct: {
      corrects: id,
      reason: "抽查复核：住户说那天晚上没有人来过，门上也没有卡。",
      visit: {
        placeId: place.id,
        outcome: "no_answer",
        startedAt: said,
        endedAt: said + 2 * MINUTE_MS,
        team: team.memberIds,
      },
    },
  });
  teller.visit(team, place, teller.at(main, 4, 19.3), MET);

  const paperAt = teller.at(main, 2, 19.8);
  teller.errand(teller.at(main, 3, 9.5), team.lead, {
    visitId: teller.newId(teller.at(main, 3, 9.5)),
    paper: {
      ...MET,
      placeId: teller.door(0, 9).id,
      startedAt: paperAt,
      endedAt: paperAt + 6 * MINUTE_MS,
      team: team.memberIds,
      paperSlip: "P-0012",
      note: "手机进水开不了机，当晚用纸质表登记。",
    },
  });
  return id;
}
