import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "../testing-zip.ts";
import { toDocx } from "./docx.ts";

test("the last blank goes with who signs below it, the one before stays on its page", async () => {
  const blocks = [
    { kind: "lines", label: "办理情况", text: null, lines: 4 },
    { kind: "lines", label: "答复情况", text: null, lines: 4 },
    { kind: "signatures", of: ["登记人（签名）"] },
  ] as const;
  const xml = partOf(await toDocx(blocks, "登记表"), "word/document.xml");
  const [first = "", second = ""] = xml
    .split("<w:tbl>")
    .slice(1)
    .map((table) => table.slice(0, table.indexOf("</w:tbl>")));
  assert.equal(first.split("<w:keepNext/>").length - 1, 0);
  assert.equal(second.split("<w:keepNext/>").length - 1, 4);
});
