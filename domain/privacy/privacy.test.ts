import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, isLocalDate, startOfLocalDay } from "../shared/instant.ts";
import { columnWithIdNumber, forbiddenColumns, forbiddenIn } from "./columns.ts";
import { FORBIDDEN_TERMS } from "./forbidden-terms.ts";
import { badSentences, goodSentences } from "./inspect-examples.ts";
import { idCheckDigit, inspectText, isIdNumber, looksLikeIdNumber } from "./inspect.ts";
import { NOTICE_VERSIONS, noticeOn } from "./notices.ts";
import { keptUntil, RETENTION, retentionEnd, retentionOf } from "./retention.ts";
import { CONSENT_KINDS, FORBIDDEN_CATEGORIES, NOTICE_KINDS, RETENTION_CLASSES } from "./terms.ts";

/** The detector warns: a missed number hurts a resident, a false alarm hurts patience. */
const RECALL_TARGET = 0.95;
const PRECISION_TARGET = 0.95;

const kindsIn = (text: string) =>
  inspectText(text).map((finding) => finding.category ?? finding.kind);

test("the detector meets its targets over the example sentences", (t) => {
  assert.ok(badSentences.length + goodSentences.length >= 80);
  let expected = 0;
  let hit = 0;
  const missed: string[] = [];
  for (const [sentence, kinds] of badSentences) {
    const found = kindsIn(sentence);
    for (const kind of kinds) {
      expected += 1;
      const at = found.indexOf(kind);
      if (at >= 0) {
        hit += 1;
        found.splice(at, 1);
      } else missed.push(`${kind}: ${sentence}`);
    }
  }
  const flagged = badSentences.filter(([sentence]) => inspectText(sentence).length > 0).length;
  const alarms = goodSentences.filter((sentence) => inspectText(sentence).length > 0);
  const recall = hit / expected;
  const precision = flagged / (flagged + alarms.length);
  t.diagnostic(
    `${badSentences.length} bad, ${goodSentences.length} good: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`,
  );
  assert.ok(recall >= RECALL_TARGET, `recall ${recall}: ${missed.join(" | ")}`);
  assert.ok(precision >= PRECISION_TARGET, `precision ${precision}: ${alarms.join(" | ")}`);
});

test("every identity number and every phone number in the examples is found, and no other number", () => {
  for (const [sentence, kinds] of badSentences) {
    for (const kind of ["id_number", "phone"] as const) {
      assert.equal(
        kindsIn(sentence).filter((found) => found === kind).length,
        kinds.filter((wanted) => wanted === kind).length,
        sentence,
      );
    }
  }
  for (const sentence of goodSentences) {
    assert.deepEqual(
      kindsIn(sentence).filter((kind) => kind === "id_number" || kind === "phone"),
      [],
      sentence,
    );
  }
});

test("an identity number is found wherever it stands and however it is spaced", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1920, max: 2025 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 0, max: 999 }),
      fc.constantFrom("", " ", "-"),
      fc.constantFrom("", "证号", "他说："),
      fc.constantFrom("", "。", "，已核"),
      (year, month, day, order, gap, before, after) => {
        const two = (n: number) => String(n).padStart(2, "0");
        const first17 = `990101${year}${two(month)}${two(day)}${String(order).padStart(3, "0")}`;
        const whole = first17 + idCheckDigit(first17);
        assert.ok(isIdNumber(whole));
        const spaced = `${whole.slice(0, 6)}${gap}${whole.slice(6, 14)}${gap}${whole.slice(14)}`;
        assert.deepEqual(inspectText(before + spaced + after), [
          { kind: "id_number", start: before.length, end: before.length + spaced.length },
        ]);
      },
    ),
  );
});

test("the check digit is that of ISO 7064 MOD 11-2, and the birth date one of the calendar", () => {
  // The standard's own definition: digits weighted by powers of two, the whole 1 modulo 11.
  for (let place = 0; place < 17; place += 1) {
    for (let digit = 0; digit <= 9; digit += 1) {
      const first17 = "0".repeat(place) + String(digit) + "0".repeat(16 - place);
      const last = idCheckDigit(first17);
      const sum = digit * 2 ** (17 - place) + (last === "X" ? 10 : Number(last));
      assert.equal(sum % 11, 1, first17);
    }
  }
  const two = (n: number) => String(n).padStart(2, "0");
  for (const year of [1899, 1900, 1904, 1981, 2000, 2023, 2099, 2100]) {
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const real = isLocalDate(`${year}-${two(month)}-${two(day)}`);
        const number = `990101${year}${two(month)}${two(day)}1014`;
        assert.equal(looksLikeIdNumber(number), real && year >= 1900 && year <= 2099, number);
        const short = `990101${two(year % 100)}${two(month)}${two(day)}101`;
        if (year >= 1900 && year < 2000) {
          assert.equal(looksLikeIdNumber(short), real && year > 1919, short);
        }
      }
    }
  }
});

test("the cell that holds an identity number is named, also among other numbers", () => {
  const id = "990101198002291014";
  assert.equal(columnWithIdNumber(["翠湖苑", `1203 ${id}`, "x"]), 1);
  assert.equal(columnWithIdNumber(["翠湖苑", "x", `${id}，13 号`]), 2);
  assert.equal(columnWithIdNumber(["９９０１０１１９８００２２９１０１４"]), 0);
  assert.equal(columnWithIdNumber(["990101198002291015", "123456789012345678"]), -1);
  assert.equal(columnWithIdNumber([id.slice(0, 9), id.slice(9)]), -1, "two cells are two cells");
});

test("the check digit tells an identity number from a number of its length", () => {
  assert.ok(isIdNumber("990101198002291014"));
  assert.ok(isIdNumber("99010119731214105X"));
  assert.ok(!isIdNumber("990101198002291015"));
  assert.ok(
    looksLikeIdNumber("990101198002291015"),
    "a slip of the finger is still an identity number",
  );
  assert.ok(!looksLikeIdNumber("990101198102291014"), "there was no 29 February 1981");
  assert.ok(!looksLikeIdNumber("990199999999991234"));
});

test("findings do not overlap, come in order and lie inside the text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...badSentences.map(([text]) => text), "，", "x"), { maxLength: 5 }),
      (parts) => {
        const text = parts.join("");
        let last = 0;
        for (const { start, end } of inspectText(text)) {
          assert.ok(start >= last && end > start && end <= text.length);
          last = end;
        }
      },
    ),
  );
});

test("a column of a forbidden kind is named, in Chinese, pinyin and English, however it is dressed up", () => {
  const refused = [
    "身份证号",
    "身份证号码(18位)",
    "身 份 证",
    "证件号码",
    "证件类型",
    "公民身份号码",
    "SFZH",
    "sfzhm",
    "ID_Card_No",
    "IdCard",
    "身份证号(必填)",
    "民族",
    "民 族",
    "minzu",
    "MZ",
    "Ethnicity",
    "ethnic group",
    "宗教信仰",
    "zjxy",
    "Religion",
    "政治面貌",
    "ZZMM",
    "political_status",
    "是否党员",
    "病史",
    "既往病史",
    "健康状况",
    "残疾等级",
    "Medical History",
    "是否精神障碍患者",
    "前科",
    "有无前科",
    "犯罪记录",
    "criminal record",
    "吸毒史",
    "社区矫正",
    "重点人员",
    "重点人员类别",
    "zdry",
    "人员标签",
    "风险等级",
    "risk_level",
    "RiskScore",
    "人脸照片",
    "指纹",
    "fingerprint",
    "faceId",
    "籍贯",
    "上访记录",
    "信访人",
    "车牌号",
    "IMEI",
    "活动轨迹",
    "关系人",
    "与户主关系",
    "微信号",
    "银行卡号",
    "流动人口",
    "护照号",
    "passport no.",
    "ｓｆｚｈ",
  ];
  for (const header of refused) {
    const [found] = forbiddenColumns(["楼栋", header, "房号"], "staff");
    assert.equal(found?.header, header, header);
    assert.equal(found.index, 1);
  }
});

test("a file of places may hold no names, phones or head-counts; a list of staff may", () => {
  for (const header of [
    "姓名",
    "户主",
    "房东电话",
    "业主姓名",
    "联系电话",
    "手机号",
    "居住人数",
    "性别",
    "出生日期",
    "年龄",
    "工作单位",
    "xm",
    "owner_name",
    "Tenant",
    "mobile",
    "head count",
  ]) {
    assert.equal(forbiddenColumns([header], "places")[0]?.category, "personal_roster", header);
    assert.deepEqual(forbiddenColumns([header], "staff"), [], header);
  }
});

test("ordinary columns of an address file pass", () => {
  const passed = [
    "编号",
    "标准地址",
    "标准地址代码",
    "地址编码",
    "区划代码",
    "省",
    "市",
    "县区",
    "乡镇街道",
    "社区",
    "社区代码",
    "居委会",
    "村委会",
    "居民委员会",
    "居民小组",
    "网格",
    "网格编码",
    "警务区",
    "警务区代码",
    "派出所",
    "街路巷",
    "道路",
    "门牌号",
    "小区名称",
    "院落",
    "楼栋",
    "幢号",
    "楼号",
    "单元",
    "楼层",
    "层",
    "室",
    "房号",
    "户室号",
    "用途",
    "类型",
    "建筑类型",
    "门禁",
    "电梯",
    "无障碍",
    "经度",
    "纬度",
    "坐标系",
    "别名",
    "曾用名",
    "店名",
    "单位名称",
    "统一社会信用代码",
    "状态",
    "生效日期",
    "code",
    "name",
    "areaCode",
    "cityCode",
    "provinceCode",
    "building",
    "unit_no",
    "floor",
    "street",
    "beat_code",
    "grid_code",
    "kind",
    "use",
    "full_text",
    "valid_from",
    "successors",
    "residential",
    "remark",
    "备注",
  ];
  for (const header of passed) assert.deepEqual(forbiddenColumns([header]), [], header);
});

test("identifiers of a forbidden kind are found by whole words, and honest ones pass", () => {
  for (const name of [
    "ethnicity",
    "personRisk_score",
    "risk_level",
    "riskLevel",
    "id_card",
    "idCard",
    "zdry",
    "key_person",
    "重点人员",
    "face_image",
    "gps_track",
    "watch_list",
    "refuser_list",
    "blacklist",
  ]) {
    assert.ok(forbiddenIn(name), name);
  }
  for (const name of [
    "asterisk",
    "trace",
    "surface",
    "gradient",
    "healthz",
    "disabled",
    "interface",
    "third_party",
    "partner",
    "place",
    "notice_given",
    "hazard_grade",
    "refused",
    "asked_not_to_visit",
    "visit",
    "street",
    "nationwide",
    "magic",
    "unconvicted",
  ]) {
    assert.equal(forbiddenIn(name), null, name);
  }
});

test("each forbidden category has words, and each word leads to its category", () => {
  for (const category of FORBIDDEN_CATEGORIES) {
    if (category === "personal_roster" || category === "case_file") continue;
    const terms = FORBIDDEN_TERMS.filter((term) => term.category === category);
    assert.equal(terms.length, 1, category);
    for (const word of terms[0]!.words)
      assert.equal(forbiddenIn(word)?.term !== undefined, true, word);
    for (const word of terms[0]!.contains)
      assert.ok(forbiddenColumns([word], "staff").length > 0, word);
  }
});

test("what someone was told on a day stays what he was told", () => {
  const [first] = NOTICE_VERSIONS;
  assert.ok(first);
  const second = { ...first, version: "2", from: "2027-01-01" };
  assert.equal(noticeOn("2026-12-31", [first, second])?.version, "1");
  assert.equal(noticeOn("2027-01-01", [first, second])?.version, "2");
  assert.equal(noticeOn("2025-12-31"), undefined);
});

test("every notice and consent stands in both languages, with the same blanks", () => {
  const blanks = (text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted();
  for (const version of NOTICE_VERSIONS) {
    for (const kind of NOTICE_KINDS) {
      assert.deepEqual(
        [...new Set(blanks(version.texts[kind].en))],
        [...new Set(blanks(version.texts[kind]["zh-CN"]))],
      );
    }
    for (const kind of CONSENT_KINDS)
      assert.deepEqual(blanks(version.consents[kind].en), blanks(version.consents[kind]["zh-CN"]));
  }
});

test("every kind of record has one retention rule", () => {
  assert.deepEqual(
    RETENTION.map((rule) => rule.data).toSorted(),
    [...RETENTION_CLASSES].toSorted(),
  );
  assert.deepEqual(retentionOf("callback_phone").keep, { days: 30 });
  assert.deepEqual(retentionOf("visit_record").keep, { months: 24 });
});

test("months of keeping end on a day of the calendar, days after so many hours", () => {
  const at = startOfLocalDay("2026-03-31") + 15 * HOUR_MS;
  assert.equal(keptUntil("visit_record", at), startOfLocalDay("2028-03-31"));
  assert.equal(retentionEnd("visit_record", at), startOfLocalDay("2024-03-31"));
  assert.equal(keptUntil("callback_phone", at), at + 30 * DAY_MS);
  assert.equal(retentionEnd("callback_phone", at), at - 30 * DAY_MS);
  assert.equal(keptUntil("access_need", at), at);
});
