import type { Block } from "@wanjia/contract/documents";
import type { FastifyReply } from "fastify";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** Answers with the paper as a file under its title; `?large=true` asks for large print. */
export async function sendDocx(
  reply: FastifyReply,
  blocks: readonly Block[],
  title: string,
): Promise<FastifyReply> {
  // Loaded when first needed: the library is large, and a server may run for days without a paper.
  const { toDocx } = await import("./docx.ts");
  const { large } = reply.request.query as { large?: string };
  const name = encodeURIComponent(`${title}.docx`);
  return reply
    .type(DOCX)
    .header("content-disposition", `attachment; filename*=UTF-8''${name}`)
    .send(await toDocx(blocks, title, large === "true"));
}
