import { implement } from "@orpc/server";
import { type FindingDetail, oversightContract } from "@wanjia/contract/oversight";
import { mayAsk, maySeeFinding, maySeeRechecks } from "@wanjia/domain/oversight/policy";
import { openFindingSteps } from "@wanjia/domain/oversight/rules";
import type { Id } from "@wanjia/domain/shared/id";
import { listedAs } from "@wanjia/domain/visits/policy";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const os = implement(oversightContract).$context<Context>().use(signedIn);

/** A colleague's finding doesn't exist for the one who asks. */
async function seen(tx: Tx, principal: Principal, id: Id): Promise<readModel.FoundFinding> {
  const found = orNotFound(await readModel.findFinding(tx, id));
  return orNotFound(maySeeFinding(principal, found.finding) ? found : undefined);
}

async function present(tx: Tx, principal: Principal, id: Id): Promise<FindingDetail> {
  const { finding, outcome, answer, ...at } = await seen(tx, principal, id);
  const context = await commands.contextOf(tx, principal, finding);
  const steps = openFindingSteps(finding, context);
  const people = finding.events.flatMap((event) =>
    event.type === "decide" ? [event.by, event.peerId] : [event.by],
  );
  const names = await readModel.namesOf(tx, people);
  const { version, state, result, explainUntil, appealUntil } = finding;
  return {
    ...at,
    version,
    state,
    result,
    outcome: listedAs(outcome),
    heard: answer === null ? null : { found: answer.found, came: answer.came, spoke: answer.spoke },
    explainUntil,
    appealUntil,
    steps: [...steps],
    peers: steps.includes("decide") ? await readModel.peersOf(tx, finding) : [],
    timeline: finding.events.map((event) => ({
      type: event.type,
      at: event.at,
      memberName: names.get(event.by) ?? null,
      text: event.text,
      why: event.type === "explain" ? event.why : null,
      verdict: event.type === "decide" ? event.verdict : null,
      peerName: event.type === "decide" ? (names.get(event.peerId) ?? null) : null,
    })),
  };
}

export const oversightRoutes = os.router({
  rounds: os.rounds.handler(({ context }) => {
    const { principal } = context;
    allow(maySeeRechecks(principal.role));
    return context.transact(async (tx) => ({ items: await readModel.lastRounds(tx, principal) }));
  }),

  lock: os.lock.handler(({ context, input, errors }) => {
    allow(mayAsk(context.principal.role));
    return context.transact(async (tx) => ({
      findings: orRefuse(orNotFound(await commands.lockRound(tx, input.id)), errors),
    }));
  }),

  doors: os.doors.handler(({ context, input }) => {
    allow(mayAsk(context.principal.role));
    return context.transact(async (tx) => ({ items: await readModel.doorsToAsk(tx, input.todo) }));
  }),

  answer: os.answer.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayAsk(principal.role));
    const { id, ...answer } = input;
    return context.transact(async (tx) => ({
      saved: orRefuse(orNotFound(await commands.keepAnswer(tx, principal, id, answer)), errors),
    }));
  }),

  findings: os.findings.handler(({ context, input }) => {
    const { principal } = context;
    allow(maySeeRechecks(principal.role) && !mayAsk(principal.role));
    return context.transact((tx) =>
      readModel.amongOwnFindings(tx, principal, async (seeing) => ({
        items: (await readModel.findingsOf(seeing, principal, input.todo)).map(
          ({ finding, outcome: _outcome, answer: _answer, ...row }) => ({
            ...row,
            result: finding.result,
            state: finding.state,
          }),
        ),
      })),
    );
  }),

  finding: os.finding.handler(({ context, input }) => {
    const { principal } = context;
    allow(maySeeRechecks(principal.role) && !mayAsk(principal.role));
    return context.transact((tx) =>
      readModel.amongOwnFindings(tx, principal, (seeing) => present(seeing, principal, input.id)),
    );
  }),

  step: os.step.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(maySeeRechecks(principal.role) && !mayAsk(principal.role));
    const { id, step, version } = input;
    return context.transact((tx) =>
      readModel.amongOwnFindings(tx, principal, async (seeing) => {
        await seen(seeing, principal, id);
        const finding = orNotFound(await commands.holdFinding(seeing, id));
        orRefuse(await commands.takeStep(seeing, principal, finding, step, version), errors);
        return present(seeing, principal, id);
      }),
    );
  }),
});
