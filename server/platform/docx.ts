/**
 * Papers as .docx, laid out as official documents are: A4, 37 mm above and 28 mm at the left, the title
 * in 小标宋, the text in 仿宋 of size 3 (16 pt) on 28-point lines, page numbers `— 1 —` outside.
 * Source: GB/T 9704-2012 §5-7. Fonts are named, not carried along: who writes Chinese papers has them.
 */
import type { Block } from "@wanjia/contract/documents";
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

/** Half-points, as Word counts: 二号 22, 三号 16, 四号 14, 小四 12. */
const SIZE = { title: 44, text: 32, page: 28, table: 24 } as const;
/** Twentieths of a point. */
const LINE = 28 * 20;
const TABLE_LINE = 22 * 20;
/** Two characters of size 3. */
const INDENT = 2 * 16 * 20;
const TEXT_WIDTH = convertMillimetersToTwip(210 - 28 - 26);
const LABEL_WIDTH = Math.round(TEXT_WIDTH * 0.32);
const RULE: IBorderOptions = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
const NONE: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: "auto" };

function exact(line: number, before = 0) {
  return { line, lineRule: LineRuleType.EXACT, before };
}

function text(of: string, run: IRunOptions = {}): TextRun {
  return new TextRun({ text: of, font: FANGSONG, size: SIZE.text, ...run });
}

function paragraphs(of: string): Paragraph[] {
  return of.split("\n").map(
    (line) =>
      new Paragraph({
        spacing: exact(LINE),
        indent: { firstLine: INDENT },
        alignment: AlignmentType.BOTH,
        children: [text(line)],
      }),
  );
}

type Alignment = (typeof AlignmentType)[keyof typeof AlignmentType];

function cell(of: string, width: number, alignment: Alignment) {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    children: [
      new Paragraph({
        alignment,
        spacing: exact(TABLE_LINE),
        children: [text(of, { size: SIZE.table })],
      }),
    ],
  });
}

function fields(rows: readonly (readonly [string, string | null])[]): Table {
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH],
    rows: rows.map(
      ([label, value]) =>
        new TableRow({
          cantSplit: true,
          height: { value: convertMillimetersToTwip(10), rule: "atLeast" },
          children: [
            cell(label, LABEL_WIDTH, AlignmentType.CENTER),
            cell(value ?? "", TEXT_WIDTH - LABEL_WIDTH, AlignmentType.LEFT),
          ],
        }),
    ),
  });
}

/** Empty ruled lines: a table whose rows have nothing but their lower edge. */
function ruledLines(count: number): Table {
  const borders = { top: NONE, left: NONE, right: NONE, bottom: RULE };
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [TEXT_WIDTH],
    borders: { ...borders, insideHorizontal: RULE, insideVertical: NONE },
    rows: Array.from(
      { length: count },
      () =>
        new TableRow({
          height: { value: LINE, rule: "exact" },
          children: [
            new TableCell({
              borders,
              width: { size: TEXT_WIDTH, type: WidthType.DXA },
              children: [new Paragraph({ spacing: exact(LINE) })],
            }),
          ],
        }),
    ),
  });
}

/** Who signs, a line for it, and a day, each in its column. */
function signatures(of: readonly string[]): (Paragraph | Table)[] {
  const widths = [0.42, 0.22, 0.36].map((share) => Math.round(TEXT_WIDTH * share));
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
          spacing: exact(TABLE_LINE, 200),
          children: [text(label, { size: SIZE.page })],
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
  return [new Paragraph({ spacing: exact(TABLE_LINE) }), table];
}

function drawn(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case "title":
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { ...exact(36 * 20), after: 240 },
          children: [text(block.text, { font: SONG_TITLE, size: SIZE.title })],
        }),
      ];
    case "number":
      return [
        new Paragraph({
          alignment: AlignmentType.RIGHT,
          spacing: { ...exact(LINE), after: 120 },
          children: [text(block.text, { size: SIZE.page })],
        }),
      ];
    case "heading":
      return [
        new Paragraph({
          keepNext: true,
          spacing: exact(LINE, 120),
          indent: { firstLine: INDENT },
          children: [text(block.text, { font: HEI })],
        }),
      ];
    case "paragraph":
      return paragraphs(block.text);
    case "fields":
      return [fields(block.rows)];
    case "lines":
      return [
        new Paragraph({
          keepNext: true,
          spacing: exact(LINE, 120),
          children: [text(`${block.label}：`, { font: HEI })],
        }),
        ...(block.text === null ? [ruledLines(block.lines)] : paragraphs(block.text)),
      ];
    case "checks":
      return [
        new Paragraph({
          keepLines: true,
          spacing: exact(LINE, 120),
          children: [
            text(`${block.label}：`, { font: HEI }),
            text(
              block.options.map(([label, chosen]) => `${chosen ? "☑" : "□"}${label}`).join("　"),
            ),
          ],
        }),
      ];
    case "signatures":
      return signatures(block.of);
  }
}

function pageNumber(alignment: Alignment): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: 280, right: 280 },
        children: [
          new TextRun({
            font: SONG,
            size: SIZE.page,
            children: ["— ", PageNumber.CURRENT, " —"],
          }),
        ],
      }),
    ],
  });
}

export function toDocx(blocks: readonly Block[], title: string): Promise<Buffer> {
  const document = new Document({
    title,
    creator: "",
    lastModifiedBy: "",
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: { run: { font: FANGSONG, size: SIZE.text, language: { eastAsia: "zh-CN" } } },
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
          default: pageNumber(AlignmentType.RIGHT),
          even: pageNumber(AlignmentType.LEFT),
        },
        children: blocks.flatMap(drawn),
      },
    ],
  });
  return Packer.toBuffer(document);
}
