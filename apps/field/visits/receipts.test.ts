import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordVisit, VisitMatter } from "@wanjia/domain/visits/terms";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { withReceipts } from "./receipts.ts";

const matter = (id: string, changes: Partial<VisitMatter> = {}): VisitMatter => ({
  id,
  kind: "opinion",
  subtype: "patrol",
  text: "晚上多来走走",
  wantsAnswer: true,
  ...changes,
});

const visit = (matters?: readonly VisitMatter[]): RecordVisit => ({
  placeId: "door",
  outcome: "completed_doorstep",
  startedAt: 0,
  endedAt: 1,
  team: [],
  ...(matters ? { matters } : {}),
});

test("what wants an answer gets a receipt, once; its digits don't travel with the visit", async () => {
  const { body, receipts } = await withReceipts(
    visit([matter("1"), matter("2", { wantsAnswer: false }), matter("3", { look: "had" })]),
  );
  assert.deepEqual(
    receipts.map(({ matterId }) => matterId),
    ["1"],
  );
  const code = receipts[0]?.code ?? "";
  assert.deepEqual(
    body.matters?.map(({ look }) => look),
    [toBase64Url(await lookOf(code)), undefined, "had"],
  );
  assert.equal(JSON.stringify(body).includes(code), false);
  assert.deepEqual(await withReceipts(visit()), { body: visit(), receipts: [] });
});
