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

test("a line by itself comes with the text above it, a paragraph of several lines may stand alone", async () => {
  const keptBefore = async (last: string) => {
    const blocks = [
      { kind: "paragraph", text: "上文" },
      { kind: "paragraph", text: last },
      { kind: "seal", of: "月桥派出所" },
    ] as const;
    const xml = partOf(await toDocx(blocks, "告知书"), "word/document.xml");
    return xml.slice(0, xml.indexOf("上文")).includes("<w:keepNext/>");
  };
  assert.equal(await keptBefore("特此告知。"), true);
  assert.equal(
    await keptBefore("依据：《人民调解法》第三十三条，《民事诉讼法》第二百零五条。"),
    false,
  );
});
