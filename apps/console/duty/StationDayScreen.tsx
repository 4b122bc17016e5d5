import { useMutation, useQuery } from "@tanstack/react-query";
import type { StationDay } from "@wanjia/contract/duty";
import { DAY_FIGURES, DAY_LIMITS, LEFT_REASONS, type LeftReason } from "@wanjia/domain/duty/terms";
import { printNumber } from "@wanjia/domain/matters/number";
import type { Id } from "@wanjia/domain/shared/id";
import { App, Button, Select } from "antd";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "react-router";
import { labelKey, natureOf, useMatterLabels } from "../matters/labels.ts";
import { useUnits } from "../organisation/data.ts";
import { FreeText } from "../privacy/FreeText.tsx";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { recordsOf, standingOf } from "./view-model.ts";
import { useDutyLabels, useDutyWords } from "./words.ts";
import "./duty.css";

/** One day of a station: read out at the hand-over, signed off, printed. */
export function StationDayScreen() {
  const { stationId = "", day = "" } = useParams();
  const found = useQuery(api.duty.day.queryOptions({ input: { stationId, day } }));
  return <Loaded query={found}>{(data) => <Day key={data.day} day={data} />}</Loaded>;
}

function Day({ day }: { day: StationDay }) {
  const words = useDutyWords();
  const { stationName } = useUnits();
  const locale = currentLocale();
  const [reasons, setReasons] = useState<ReadonlyMap<Id, LeftReason>>(new Map());
  const [now] = useState(() => Date.now());
  const standing = standingOf(day.day, day.signed !== null, now);
  return (
    <Page
      title={words("day.title", {
        station: stationName(day.stationId),
        day: formatDay(day.day, locale),
      })}
      back={{ to: "/days", label: words("day.back") }}
      lead={
        day.signed === null
          ? words(`day.${standing as Exclude<typeof standing, "signed">}`)
          : words("day.signed", {
              name: day.signed.byName ?? "—",
              time: formatInstant(day.signed.at, locale),
            })
      }
      printable
    >
      <Figures day={day} />
      <Card title={words("day.left")}>
        {day.left.length === 0 ? (
          <p>{words("day.left_none")}</p>
        ) : (
          <>
            {day.maySign && <p className="desk-lead">{words("day.left_hint")}</p>}
            <Rows
              heads={[words("day.why")]}
              rows={day.left}
              rest={(matter) => (
                <td>
                  <Why
                    matter={matter}
                    chosen={reasons.get(matter.id)}
                    onChoose={
                      day.maySign
                        ? (why) => setReasons(new Map([...reasons, [matter.id, why]]))
                        : undefined
                    }
                  />
                </td>
              )}
            />
          </>
        )}
      </Card>
      <DueNext day={day} />
      {day.signed?.note != null && (
        <Card title={words("day.note_said")}>
          <p className="day-note">{day.signed.note}</p>
        </Card>
      )}
      {day.maySign && <SignForm day={day} reasons={reasons} />}
      <p className="day-signature">{words("day.signature")}</p>
    </Page>
  );
}

function Figures({ day }: { day: StationDay }) {
  const words = useDutyWords();
  const labels = useDutyLabels();
  return (
    <Card title={words("day.figures")}>
      <dl className="day-figures">
        {DAY_FIGURES.map((figure) => {
          const count = day.figures[figure] ?? 0;
          const records = recordsOf(figure, day);
          return (
            <div key={figure}>
              <dt>{labels(`figure.${figure}`)}</dt>
              <dd>{records === null ? count : <Link to={records}>{count}</Link>}</dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}

type MatterOfDay = Omit<StationDay["left"][number], "why">;

function Rows<Row extends MatterOfDay>({
  heads,
  rows,
  rest,
}: {
  heads: readonly string[];
  rows: readonly Row[];
  rest: (row: Row) => ReactNode;
}) {
  const words = useDutyWords();
  const labels = useMatterLabels();
  const titles = [words("day.matter"), words("day.place"), words("day.responsible"), ...heads];
  return (
    <table className="day-rows">
      <thead>
        <tr>
          {titles.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to={`/matters/${row.id}`}>{printNumber(row.number)}</Link>{" "}
              {natureOf(labels, { ...row, grade: null })}
            </td>
            <td>{row.place ?? "—"}</td>
            <td>{row.responsibleName ?? "—"}</td>
            {rest(row)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Why({
  matter,
  chosen,
  onChoose,
}: {
  matter: StationDay["left"][number];
  chosen: LeftReason | undefined;
  onChoose: ((why: LeftReason) => void) | undefined;
}) {
  const words = useDutyWords();
  const labels = useDutyLabels();
  if (onChoose === undefined) return matter.why === null ? "—" : labels(`why.${matter.why}`);
  return (
    <Select<LeftReason>
      aria-label={words("day.why_of", { number: printNumber(matter.number) })}
      placeholder={words("day.choose")}
      {...(chosen === undefined ? {} : { value: chosen })}
      options={LEFT_REASONS.map((value) => ({ value, label: labels(`why.${value}`) }))}
      onChange={onChoose}
    />
  );
}

function DueNext({ day: { dueNext, figures, signed } }: { day: StationDay }) {
  const words = useDutyWords();
  const labels = useMatterLabels();
  const locale = currentLocale();
  const count = figures.due_next_day ?? 0;
  return (
    <Card title={words("day.due")}>
      {dueNext.length === 0 ? (
        <p>{words("day.due_none")}</p>
      ) : (
        <Rows
          heads={[words("day.what"), words("day.until")]}
          rows={dueNext}
          rest={(row) => (
            <>
              <td>{labels(labelKey("clock", row.purpose))}</td>
              <td>{formatInstant(row.dueAt - 60_000, locale)}</td>
            </>
          )}
        />
      )}
      {signed === null && count > dueNext.length && (
        <p className="desk-lead">{words("day.due_more", { shown: dueNext.length, count })}</p>
      )}
    </Card>
  );
}

function SignForm({
  day: { stationId, day, left },
  reasons,
}: {
  day: StationDay;
  reasons: ReadonlyMap<Id, LeftReason>;
}) {
  const words = useDutyWords();
  const { message } = App.useApp();
  const [note, setNote] = useState("");
  const missing = left.filter(({ id }) => !reasons.has(id)).length;
  const signing = useMutation({
    mutationFn: () =>
      client.duty.sign({
        stationId,
        day,
        note,
        left: [...reasons].map(([matterId, why]) => ({ matterId, why })),
      }),
    onSuccess: async () => {
      message.success(words("day.signed_done"));
      await queryClient.invalidateQueries({ queryKey: api.duty.key() });
    },
  });
  return (
    <section className="desk-panel day-sign">
      {signing.error !== null && <Problem error={signing.error} />}
      <label htmlFor="day-note">{words("day.note")}</label>
      <FreeText
        id="day-note"
        value={note}
        maxLength={DAY_LIMITS.noteLength}
        autoSize={{ minRows: 2 }}
        aria-describedby="day-note-hint"
        onChange={({ target }) => setNote(target.value)}
      />
      <p className="desk-lead" id="day-note-hint">
        {words("day.note_hint")}
      </p>
      <div className="desk-actions">
        <Button
          type="primary"
          disabled={missing > 0}
          loading={signing.isPending}
          onClick={() => signing.mutate()}
        >
          {words("day.sign")}
        </Button>
        {missing > 0 && <span role="status">{words("day.missing", { count: missing })}</span>}
      </div>
    </section>
  );
}
