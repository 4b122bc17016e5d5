import { implement } from "@orpc/server";
import { intakeContract } from "@wanjia/contract/intake";
import type { Context } from "../platform/http.ts";

const open = implement(intakeContract).$context<Context>();

export const intakeRoutes = open.router({
  puzzle: open.puzzle.handler(({ context }) =>
    context.services.puzzles.give(context.now(), context.request.ip),
  ),
});
