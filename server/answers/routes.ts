import { implement, ORPCError } from "@orpc/server";
import { answersContract, type MessageDetail } from "@wanjia/contract/answers";
import { maySeeOutbox } from "@wanjia/domain/answers/policy";
import { openSteps } from "@wanjia/domain/answers/sending";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Tx } from "../platform/database.ts";
import {
  allow,
  API,
  type Context,
  orNotFound,
  orRefuse,
  type Services,
  signedIn,
} from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import { problem } from "../platform/problem.ts";
import * as commands from "./commands.ts";
import { gatewayOf } from "./gateway.ts";
import { newsFor, webhookSettings } from "./messenger.ts";
import * as readModel from "./read-model.ts";
import { isSigned } from "./webhook.ts";

const os = implement(answersContract).$context<Context>().use(signedIn);

async function present(tx: Tx, message: commands.Carried | undefined): Promise<MessageDetail> {
  const found = orNotFound(message);
  const row = orNotFound(await readModel.findMessage(tx, found.id));
  return { ...row, text: commands.wordsOf(found), steps: [...openSteps(found)] };
}

// -- what a gateway brings ------------------------------------------------------------------------

const brought = z.object({
  receipts: z
    .array(z.object({ reference: z.string().min(1).max(100), arrived: z.boolean() }))
    .max(1000)
    .default([]),
  replies: z
    .array(z.object({ from: z.string().min(3).max(30), text: z.string().max(2000) }))
    .max(1000)
    .default([]),
});

/** Without a webhook there is no such address; what is not signed is not read. */
export function answerFiles(app: FastifyInstance, { database, clock }: Services): void {
  const settings = webhookSettings(process.env);
  if (settings === null) return;
  const news = newsFor(database, async () => {});
  app.register(async (scope) => {
    // The signature is over the body as it came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) =>
      done(null, body),
    );
    scope.post(`${API}/answers/gateway`, async (request, reply) => {
      const body = typeof request.body === "string" ? request.body : "";
      const header = request.headers["x-wanjia-signature"];
      const right =
        typeof header === "string" && isSigned(settings.secret, header, body, clock.now());
      if (!right) return reply.status(401).send(problem(401, "not-signed-in"));
      const read = brought.safeParse(parsed(body));
      if (!read.success) throw new ORPCError("BAD_REQUEST", { status: 400, data: read.error });
      for (const { reference, arrived } of read.data.receipts)
        await news.receipt(reference, arrived);
      for (const { from, text } of read.data.replies) await news.reply(from, text);
      return { done: true };
    });
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

// -- at the desk ----------------------------------------------------------------------------------

export const answerRoutes = os.router({
  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    allow(maySeeOutbox(principal.role));
    return context.transact((tx) => keysetPage(tx, readModel.messageList(principal, input), input));
  }),

  get: os.get.handler(({ context, input }) => {
    allow(maySeeOutbox(context.principal.role));
    return context.transact(async (tx) => present(tx, await commands.holdMessage(tx, input.id)));
  }),

  step: os.step.handler(({ context, input, errors }) => {
    allow(maySeeOutbox(context.principal.role));
    return context.transact(async (tx) => {
      const message = orNotFound(await commands.holdMessage(tx, input.id));
      return present(tx, orRefuse(await commands.takeStep(tx, message, input.step), errors));
    });
  }),

  outlook: os.outlook.handler(({ context, input }) => {
    const { principal } = context;
    allow(maySeeOutbox(principal.role));
    return context.transact(async (tx) => ({
      gateway: gatewayOf(process.env),
      now: tx.now,
      ...orNotFound(await commands.outlookOf(tx, principal, input.matterId)),
    }));
  }),

  ask: os.ask.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(maySeeOutbox(principal.role));
    return context.transact(async (tx) => {
      const asked = orNotFound(await commands.ask(tx, principal, input.matterId));
      return present(tx, await commands.holdMessage(tx, orRefuse(asked, errors)));
    });
  }),
});
