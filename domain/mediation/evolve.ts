/** A mediation is what its events make of it. */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import type {
  Mediation,
  MediationChange,
  MediationEvent,
  MediationSession,
  Side,
  SideKey,
} from "./terms.ts";

function withSide(mediation: Mediation, key: SideKey, changes: Partial<Side>): Mediation {
  return {
    ...mediation,
    sides: mediation.sides.map((side) => (side.key === key ? { ...side, ...changes } : side)),
  };
}

function withSession(
  mediation: Mediation,
  id: Id,
  changes: Partial<MediationSession>,
): readonly MediationSession[] {
  return mediation.sessions.map((one) => (one.id === id ? { ...one, ...changes } : one));
}

/** The mediation after its first event. */
export function begin(event: MediationEvent): Mediation {
  const { change } = event;
  if (change.type !== "opened") throw new Error("a mediation begins with `opened`");
  const { id, matterId, stationId, beatId, earlierId, form } = change;
  return {
    id,
    matterId,
    stationId,
    beatId,
    earlierId,
    form,
    state: "asking",
    version: event.seq,
    sides: change.sides.map((side) => ({
      ...side,
      agrees: null,
      closedDoors: false,
      notified: false,
      call: null,
      unreached: 0,
    })),
    panel: {
      officers: [change.officerId],
      mediatorId: null,
      committeeId: null,
      lawyerId: null,
      handOverNo: null,
    },
    barred: [],
    sessions: [],
    limitOn: null,
    extended: 0,
    agreement: null,
    performed: [],
    performedOn: null,
    followUps: [],
    urged: 0,
    failure: null,
    stopSigns: [],
    confirmation: null,
    confirmBy: null,
    confirmationWaived: false,
    callOrder: [],
    openedAt: event.at,
    endedAt: null,
    ending: null,
  };
}

/** The mediation after one more event. */
export function evolve(before: Mediation, event: MediationEvent): Mediation {
  const { change, at } = event;
  const mediation: Mediation = { ...before, version: event.seq };
  const { panel } = mediation;
  switch (change.type) {
    case "opened":
      throw new Error("a mediation is opened once");
    case "side_answered":
      return withSide(mediation, change.side, {
        agrees: change.agrees,
        closedDoors: change.closedDoors,
      });
    case "accepted":
      return { ...mediation, state: "consented", limitOn: change.limitOn };
    case "panel_set": {
      const { type: _type, ...set } = change;
      return { ...mediation, panel: set };
    }
    case "objected":
      return {
        ...mediation,
        barred: [...mediation.barred, change.memberId],
        panel: {
          ...panel,
          officers: panel.officers.filter((id) => id !== change.memberId),
          mediatorId: panel.mediatorId === change.memberId ? null : panel.mediatorId,
        },
      };
    case "handler_changed":
      return {
        ...mediation,
        panel: {
          ...panel,
          officers: [
            ...new Set([change.to, ...panel.officers.filter((id) => id !== change.from)]),
          ].slice(0, 2),
        },
      };
    case "booked": {
      const { type: _type, ...booking } = change;
      return {
        ...mediation,
        state: "scheduled",
        sessions: [
          ...mediation.sessions,
          { ...booking, state: "booked", attendance: {}, result: null },
        ],
      };
    }
    case "cancelled":
      return {
        ...mediation,
        state: "consented",
        sessions: withSession(mediation, change.sessionId, { state: "cancelled" }),
      };
    case "held": {
      const { attendance, result } = change;
      return {
        ...mediation,
        state: result === "agreement" ? "reached" : "consented",
        sessions: withSession(mediation, change.sessionId, { state: "held", attendance, result }),
      };
    }
    case "agreed": {
      const { type: _type, confirmBy, ...agreement } = change;
      return { ...mediation, state: "performing", agreement, confirmBy };
    }
    case "side_performed":
      return { ...mediation, performed: [...mediation.performed, change.side] };
    case "performed":
      return {
        ...mediation,
        state: "performed",
        performedOn: change.on,
        callOrder: change.callOrder,
      };
    case "breached":
      return { ...mediation, state: "breached" };
    case "urged":
      return { ...mediation, urged: mediation.urged + 1 };
    case "followed_up":
      return change.result === "kept"
        ? { ...mediation, followUps: [...mediation.followUps, change.days] }
        : mediation;
    case "failed":
      return {
        ...mediation,
        state: "failed",
        failure: change.reason,
        sessions: withoutBooked(mediation),
      };
    case "side_notified":
      return withSide(mediation, change.side, { notified: true });
    case "extended":
      return { ...mediation, limitOn: change.until, extended: mediation.extended + 1 };
    case "confirmation_sought":
      return { ...mediation, confirmation: { appliedOn: change.on, granted: null } };
    case "confirmation_decided":
      return mediation.confirmation === null
        ? mediation
        : { ...mediation, confirmation: { ...mediation.confirmation, granted: change.granted } };
    case "confirmation_waived":
      return { ...mediation, confirmationWaived: true };
    case "side_called": {
      const { side, reached, solved, satisfaction } = change;
      const unreached = mediation.sides.find(({ key }) => key === side)?.unreached ?? 0;
      return withSide(
        mediation,
        side,
        reached && solved !== null
          ? { call: { solved, satisfaction } }
          : { unreached: unreached + 1 },
      );
    }
    case "stopped":
      return {
        ...mediation,
        state: "stopped",
        stopSigns: change.stopSigns,
        agreement: null,
        sessions: withoutBooked(mediation),
        ending: "stopped",
        endedAt: at,
      };
    case "ended":
      return { ...mediation, state: "ended", ending: change.ending, endedAt: at };
  }
}

/** What was booked is off. */
function withoutBooked({ sessions }: Mediation): readonly MediationSession[] {
  return sessions.map((one) => (one.state === "booked" ? { ...one, state: "cancelled" } : one));
}

export function eventsOf(
  changes: readonly MediationChange[],
  lastSeq: number,
  by: Id,
  at: Instant,
): readonly MediationEvent[] {
  return changes.map((change, index) => ({ seq: lastSeq + 1 + index, at, by, change }));
}

/** A mediation out of its whole history. */
export function replay(events: readonly MediationEvent[]): Mediation {
  const [first, ...rest] = events;
  if (first === undefined) throw new Error("a mediation has at least one event");
  return rest.reduce(evolve, begin(first));
}
