import { Button, Select } from "antd";
import { formatCount } from "./format.ts";
import { currentLocale } from "./language.ts";
import type { ListReply, PageTurn } from "./table.ts";
import { PAGE_SIZES, type ListState, type pageMoves } from "./url-state.ts";
import { useShellWords } from "./words.ts";

/** How many there are, and the other pages. */
export function TableFoot<Row>({
  reply,
  state,
  moves,
  turn,
  busy,
  onSize,
}: {
  reply: ListReply<Row>;
  state: ListState;
  moves: ReturnType<typeof pageMoves> | undefined;
  turn: (way: PageTurn) => void;
  busy: boolean;
  onSize: (size: number) => void;
}) {
  const words = useShellWords();
  const locale = currentLocale();
  const total = formatCount(reply.total.count, locale);
  const needed = moves && Object.values(moves).some(Boolean);
  return (
    <div className="desk-foot">
      <span role="status" className="desk-foot-total">
        {words(reply.total.more ? "list.count_more" : "list.count", { total })}
        {needed && ` · ${words("list.shown", { shown: reply.items.length })}`}
        {busy && ` · ${words("list.refreshing")}`}
      </span>
      {needed && (
        <nav aria-label={words("list.pages")} className="desk-pages">
          {(["first", "previous", "next", "last"] as const).map((way) => (
            <Button key={way} size="small" disabled={!moves[way]} onClick={() => turn(way)}>
              {words(`list.${way}`)}
            </Button>
          ))}
        </nav>
      )}
      {(needed || reply.items.length > PAGE_SIZES[0]) && (
        <Select
          size="small"
          aria-label={words("list.size")}
          value={state.size}
          options={PAGE_SIZES.map((size) => ({
            value: size,
            label: words("list.size_option", { size }),
          }))}
          popupMatchSelectWidth={false}
          onChange={onSize}
        />
      )}
    </div>
  );
}
