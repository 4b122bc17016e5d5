/**
 * The notices of a listed place, for the board at its gate: that it is listed, and that it was taken
 * off. An estate's name and figures, no household and no person. Sources: domain.md §4.5.
 */
import { DELIST_CRITERIA } from "@wanjia/domain/listings/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { type Block, day } from "./documents.ts";
import type { ListingDetail } from "./listings.ts";
import { listings as labels } from "./messages/listings.zh-CN.ts";

export type ListingDocument = "notice" | "delisting";

/** The notices that there is something to print for. */
export function noticesOf({
  order,
  state,
}: Pick<ListingDetail, "order" | "state">): readonly ListingDocument[] {
  if (order === null) return [];
  return state === "delisted" ? ["delisting"] : ["notice"];
}

export function noticeTitle(kind: ListingDocument): string {
  return labels.paper[kind];
}

const percent = (share: number): string =>
  `${share > 0 ? "上升" : "下降"}${Math.abs(share * 100).toFixed(1)}%`;

export function listingDocument(kind: ListingDocument, listing: ListingDetail): readonly Block[] {
  const { order, comparison, work, test } = listing;
  const head: Block[] = [
    { kind: "title", text: noticeTitle(kind) },
    { kind: "number", text: order?.number ?? "" },
  ];
  const bodies = (order?.bodies ?? []).map((body) => labels.body[body]).join("、");
  if (kind === "delisting") {
    return [
      ...head,
      {
        kind: "paragraph",
        text: `${listing.estate}自${day(order?.on)}起挂牌整治，经逐项验收和居民评议合格，于${day(listing.delistedOn)}摘牌。`,
      },
      {
        kind: "fields",
        rows: [
          ...DELIST_CRITERIA.map(
            (one) =>
              [
                labels.criterion[one],
                test === null ? null : labels.answer[test.answers[one]],
              ] as const,
          ),
          ["居民评议", test === null ? null : `问了${test.asked}人，${test.agree}人认为已经改善`],
        ],
      },
      { kind: "paragraph", text: `发布单位：${bodies}。` },
    ];
  }
  const { count, before, change } = comparison;
  const said =
    count === null || before === null || change === null
      ? ""
      : `，${count}起，去年同期${before}起，同比${percent(change)}`;
  return [
    ...head,
    {
      kind: "paragraph",
      text: `${listing.estate}在${day(comparison.from)}至${day(comparison.to)}前的${labels.measure[comparison.measure]}${said}。经${bodies}研究，决定挂牌整治，限期至${day(listing.deadline)}。`,
    },
    {
      kind: "fields",
      rows: [
        ["原因", listing.causes.map((cause) => labels.cause[cause]).join("、")],
        ["责任单位", [order?.street ?? "", listing.stationName ?? ""].join("、")],
        ["整治期限", day(listing.deadline)],
      ],
    },
    { kind: "heading", text: "整治措施" },
    ...work.map((one): Block => ({
      kind: "paragraph",
      text: `${labels.body[one.body]}：${one.text}（${one.doneOn === null ? `${day(one.dueOn)}前完成` : `${day(one.doneOn)}已完成`}）。`,
    })),
    {
      kind: "paragraph",
      text: "欢迎居民监督。期满后由没有参与整治的人逐项验收，并请居民评议，合格才摘牌。",
    },
    {
      kind: "paragraph",
      text: `数据来源：${comparison.source}。公布日期：${day(order?.on ?? localDate(listing.proposedAt))}。`,
    },
  ];
}
