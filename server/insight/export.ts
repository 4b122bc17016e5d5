import { PassThrough } from "node:stream";
import { counterLabel } from "@wanjia/contract/counter-labels";
import { indicatorById } from "@wanjia/domain/insight/dictionary";
import { renderFigure } from "@wanjia/domain/insight/rendering";
import { SHOWN } from "@wanjia/domain/shared/suppression";
import type { FastifyReply } from "fastify";
import { type ExportColumn, writeCsv, writeXlsx } from "../platform/export.ts";
import type { SignedIn } from "../platform/http.ts";
import type { Stamp } from "./board.ts";
import type { Cell } from "./figures.ts";

interface Line {
  readonly part: string;
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

interface Sheet {
  readonly stamp: Stamp;
  readonly period: string;
  readonly parts: readonly { readonly name: string; readonly cells: readonly Cell[] }[];
}

/** One row for each figure, in the reader's language, with the stamp on every row. */
export async function sendCells(
  context: SignedIn,
  format: string | undefined,
  name: string,
  sheet: Sheet,
): Promise<FastifyReply> {
  const language = context.locale === "en" ? "en" : "zh";
  const title = (zh: string, en: string): string => (language === "en" ? en : zh);
  const { stamp } = sheet;
  const columns: ExportColumn<Line>[] = [
    { title: title("单位", "unit of the bureau"), value: ({ part }) => part },
    { title: title("编号", "indicator"), value: ({ id }) => id },
    { title: title("指标", "name"), value: ({ label }) => label },
    { title: title("数值", "figure"), value: ({ text }) => text },
    { title: title("分子", "numerator"), value: ({ numerator }) => numerator },
    { title: title("分母", "denominator"), value: ({ denominator }) => denominator },
    { title: title("时段", "period"), value: () => sheet.period },
    { title: "query_hash", value: () => stamp.queryHash },
    { title: "data_as_of", value: () => new Date(stamp.dataAsOf).toISOString() },
    { title: "division_version", value: () => stamp.divisionVersion },
    { title: "suppression_version", value: () => stamp.suppressionVersion },
  ];
  const out = new PassThrough();
  const lines = sheet.parts.flatMap((part) =>
    part.cells.flatMap((cell) => linesOf(part.name, cell, language)),
  );
  const type = format === "xlsx" ? "xlsx" : "csv";
  const writing = (type === "xlsx" ? writeXlsx : writeCsv)(out, columns, once(lines));
  writing.catch((error: Error) => {
    context.request.log.error({ err: error }, "export failed");
    out.destroy(error);
  });
  return context.reply
    .header(
      "content-disposition",
      `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${type}`)}`,
    )
    .header("cache-control", "no-store")
    .type(
      type === "csv"
        ? "text/csv; charset=utf-8"
        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    .send(out);
}

async function* once<T>(all: T[]): AsyncGenerator<T[]> {
  yield all;
}

function linesOf(part: string, cell: Cell, language: "zh" | "en"): Line[] {
  const indicator = indicatorById(cell.id);
  if (indicator === null) return [];
  const absent = { kind: "absent", reason: "not-offered" } as const;
  const { figure } = cell;
  const share = figure?.kind === "share" || figure?.kind === "mean" ? figure : null;
  return [
    {
      part,
      id: cell.id,
      label: indicator.label[language],
      text: renderFigure(indicator, figure ?? absent, cell.showing ?? SHOWN, language),
      numerator: share?.numerator ?? (figure?.kind === "count" ? figure.value : null),
      denominator: share?.denominator ?? null,
    },
    ...(cell.beside ?? []).map(({ name, showing, value }): Line => ({
      part,
      id: `${cell.id}.${name}`,
      label: counterLabel(name, language),
      text: showing?.as === "small" ? `<${showing.below}` : value === null ? "•" : String(value),
      numerator: value,
      denominator: null,
    })),
  ];
}
