/**
 * Papers as .docx, laid out as official documents are: A4, 37 mm above and 28 mm at the left, the title
 * in 小标宋, the text in 仿宋 of size 3 (16 pt) on 28-point lines, page numbers `— 1 —` outside.
 * Source: GB/T 9704-2012 §5-7. Fonts are named, not carried along: who writes Chinese papers has them.
 */
import { type Block, day } from "@wanjia/contract/documents";
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  type IBorderOptions,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from "docx";

const latin = "Times New Roman";
const font = (eastAsia: string) => ({ ascii: latin, hAnsi: latin, cs: latin, eastAsia });
const SONG_TITLE = font("方正小标宋简体");
const FANGSONG = font("仿宋");
const HEI = font("黑体");
const SONG = font("宋体");

/** Sizes in half-points, as Word counts (二号 22, 三号 16, 四号 14, 小四 12); lines in twentieths of a point. */
interface Look {
  readonly title: number;
  readonly titleLine: number;
  readonly text: number;
  readonly line: number;
  readonly page: number;
  readonly sign: number;
  readonly table: number;
  readonly tableLine: number;
}
const USUAL: Look = {
  title: 44,
  titleLine: 36 * 20,
  text: 32,
  line: 28 * 20,
  page: 28,
  sign: 28,
  table: 24,
  tableLine: 22 * 20,
};
/** For whoever reads with difficulty: text of 22 points (无障碍环境建设法 29). */
const LARGE: Look = {
  title: 56,
  titleLine: 46 * 20,
  text: 44,
  line: 40 * 20,
  page: 36,
  sign: 30,
  table: 40,
  tableLine: 34 * 20,
};
/** Two characters of the text. */
const indentOf = ({ text: size }: Look): number => 2 * (size / 2) * 20;
const TEXT_WIDTH = convertMillimetersToTwip(210 - 28 - 26);
const LABEL_WIDTH = Math.round(TEXT_WIDTH * 0.38);
const RULE: IBorderOptions = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
const NONE: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: "auto" };

function exact(line: number, before = 0) {
  return { line, lineRule: LineRuleType.EXACT, before };
}

function text(look: Look, of: string, run: IRunOptions = {}): TextRun {
  return new TextRun({ text: of, font: FANGSONG, size: look.text, ...run });
}

/** What stands around a block: tables want air, and nobody signs a page on which nothing else stands. */
interface Around {
  readonly tableAbove: boolean;
  readonly tableBelow: boolean;
  readonly signedBelow: boolean;
}
const GAP = 120;

function paragraphs(look: Look, of: string, around: Around): Paragraph[] {
  return of.split("\n").map(
    (line, index, all) =>
      new Paragraph({
        keepNext: around.signedBelow && index === all.length - 1,
        keepLines: around.signedBelow,
        spacing: {
          ...exact(look.line, index === 0 && around.tableAbove ? GAP : 0),
          after: index === all.length - 1 && around.tableBelow ? GAP : 0,
        },
        // Not to both margins: before a number that can't be broken the line would be torn apart.
        alignment: AlignmentType.LEFT,
        indent: { firstLine: indentOf(look) },
        children: [text(look, line)],
      }),
  );
}

type Alignment = (typeof AlignmentType)[keyof typeof AlignmentType];

function cell(look: Look, of: string, width: number, alignment: Alignment) {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    children: of.split("\n").map(
      (line) =>
        new Paragraph({
          alignment,
          spacing: exact(look.tableLine),
          children: [text(look, line, { size: look.table })],
        }),
    ),
  });
}

function fields(look: Look, rows: readonly (readonly [string, string | null])[]): Table {
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH],
    rows: rows.map(
      ([label, value]) =>
        new TableRow({
          cantSplit: true,
          height: { value: convertMillimetersToTwip(10), rule: "atLeast" },
          children: [
            cell(look, label, LABEL_WIDTH, AlignmentType.CENTER),
            cell(look, value ?? "", TEXT_WIDTH - LABEL_WIDTH, AlignmentType.LEFT),
          ],
        }),
    ),
  });
}

/** Empty ruled lines: a table whose rows have nothing but their lower edge. */
function ruledLines(look: Look, count: number, keepNext: boolean): Table {
  const borders = { top: NONE, left: NONE, right: NONE, bottom: RULE };
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [TEXT_WIDTH],
    borders: { ...borders, insideHorizontal: RULE, insideVertical: NONE },
    rows: Array.from(
      { length: count },
      () =>
        new TableRow({
          height: { value: look.line, rule: "exact" },
          children: [
            new TableCell({
              borders,
              width: { size: TEXT_WIDTH, type: WidthType.DXA },
              children: [new Paragraph({ keepNext, spacing: exact(look.line) })],
            }),
          ],
        }),
    ),
  });
}

/** Who signs, a line for it, and a day, each in its column. */
function signatures(look: Look, of: readonly string[]): (Paragraph | Table)[] {
  const widths = [0.48, 0.19, 0.33].map((share) => Math.round(TEXT_WIDTH * share));
  const open = { top: NONE, left: NONE, right: NONE, bottom: NONE };
  const column = (index: number, label: string, alignment: Alignment, borders = open) =>
    new TableCell({
      borders,
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlign.BOTTOM,
      children: [
        new Paragraph({
          alignment,
          keepNext: true,
          spacing: exact(look.tableLine, 200),
          children: [text(look, label, { size: look.sign })],
        }),
      ],
    });
  const table = new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    borders: { ...open, insideHorizontal: NONE, insideVertical: NONE },
    rows: of.map(
      (label) =>
        new TableRow({
          cantSplit: true,
          children: [
            column(0, `${label}：`, AlignmentType.LEFT),
            column(1, "", AlignmentType.LEFT, { ...open, bottom: RULE }),
            column(2, "　　年　　月　　日", AlignmentType.RIGHT),
          ],
        }),
    ),
  });
  return [new Paragraph({ keepNext: true, spacing: exact(look.tableLine) }), table];
}

/** Below the text with a line between; who seals reads the name and the day through it. */
function seal(look: Look, of: string, on: string, signedBelow: boolean): Paragraph[] {
  const right = convertMillimetersToTwip(10);
  const line = (words: string, before: number, keepNext: boolean) =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      keepNext,
      keepLines: true,
      indent: { right },
      spacing: exact(look.line, before),
      children: [text(look, words)],
    });
  return [line(`${of}（印章）`, look.line, true), line(on, 0, signedBelow)];
}

function drawn(look: Look, block: Block, around: Around): (Paragraph | Table)[] {
  switch (block.kind) {
    case "title":
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { ...exact(look.titleLine), after: 240 },
          children: [text(look, block.text, { font: SONG_TITLE, size: look.title })],
        }),
      ];
    case "number":
      return [
        new Paragraph({
          alignment: AlignmentType.RIGHT,
          spacing: { ...exact(look.line), after: 120 },
          children: [text(look, block.text, { size: look.page })],
        }),
      ];
    case "addressee":
      return [
        new Paragraph({
          keepNext: true,
          spacing: { ...exact(look.line), after: around.tableBelow ? GAP : 0 },
          children: [text(look, `${block.text}：`)],
        }),
      ];
    case "heading":
      return [
        new Paragraph({
          keepNext: true,
          spacing: exact(look.line, 120),
          indent: { firstLine: indentOf(look) },
          children: [text(look, block.text, { font: HEI })],
        }),
      ];
    case "paragraph":
      return paragraphs(look, block.text, around);
    case "fields":
      return [fields(look, block.rows)];
    case "lines":
      return [
        new Paragraph({
          keepNext: true,
          spacing: exact(look.line, 120),
          children: [text(look, `${block.label}：`, { font: HEI })],
        }),
        ...(block.text === null
          ? [ruledLines(look, block.lines, around.signedBelow)]
          : paragraphs(look, block.text, around)),
      ];
    case "checks":
      return [
        new Paragraph({
          keepLines: true,
          keepNext: around.signedBelow,
          spacing: exact(look.line, GAP),
          children: [
            text(look, `${block.label}：`, { font: HEI }),
            text(
              look,
              block.options.map(([label, chosen]) => `${chosen ? "☑" : "□"}${label}`).join("　"),
            ),
          ],
        }),
      ];
    case "signatures":
      return signatures(look, block.of);
    case "seal":
      return seal(look, block.of, day(block.on), around.signedBelow);
  }
}

function pageNumber(look: Look, alignment: Alignment): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: 280, right: 280 },
        children: [
          new TextRun({
            font: SONG,
            size: look.page,
            children: ["— ", PageNumber.CURRENT, " —"],
          }),
        ],
      }),
    ],
  });
}

const isSigned = (block: Block | undefined) =>
  block?.kind === "signatures" || block?.kind === "seal";

/** A line of text by itself is no company for who signs below it: what is above it comes along. */
function isOneLine(look: Look, block: Block | undefined): boolean {
  if (block?.kind === "checks") return true;
  const room = TEXT_WIDTH - indentOf(look);
  return block?.kind === "paragraph" && block.text.length * look.text * 10 <= room;
}

export function toDocx(blocks: readonly Block[], title: string, large = false): Promise<Buffer> {
  const look = large ? LARGE : USUAL;
  const document = new Document({
    title,
    creator: "",
    lastModifiedBy: "",
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: { run: { font: FANGSONG, size: look.text, language: { eastAsia: "zh-CN" } } },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: {
              width: convertMillimetersToTwip(210),
              height: convertMillimetersToTwip(297),
            },
            margin: {
              top: convertMillimetersToTwip(37),
              bottom: convertMillimetersToTwip(35),
              left: convertMillimetersToTwip(28),
              right: convertMillimetersToTwip(26),
              footer: convertMillimetersToTwip(25),
            },
          },
        },
        footers: {
          default: pageNumber(look, AlignmentType.RIGHT),
          even: pageNumber(look, AlignmentType.LEFT),
        },
        children: blocks.flatMap((block, index) => {
          const [above, below, then] = [blocks[index - 1], blocks[index + 1], blocks[index + 2]];
          return drawn(look, block, {
            tableAbove: above?.kind === "fields",
            tableBelow: below?.kind === "fields",
            signedBelow: isSigned(below) || (isSigned(then) && isOneLine(look, below)),
          });
        }),
      },
    ],
  });
  return Packer.toBuffer(document);
}
