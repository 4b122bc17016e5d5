import { implement } from "@orpc/server";
import { intakeContract } from "@wanjia/contract/intake";
import type { Context } from "../platform/http.ts";
import { puzzlesOf } from "../platform/puzzles.ts";

const open = implement(intakeContract).$context<Context>();

export const intakeRoutes = open.router({
  puzzle: open.puzzle.handler(({ context }) =>
    puzzlesOf(context.services.secrets).give(context.now()),
  ),
});
