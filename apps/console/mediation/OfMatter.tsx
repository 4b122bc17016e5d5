import { useQuery } from "@tanstack/react-query";
import type { MatterDetail } from "@wanjia/contract/matters";
import { MEDIATION_FORMS, SIDE_KEYS, SIDE_PARTS } from "@wanjia/domain/mediation/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { Button, Form } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { When } from "../matters/fields.tsx";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale, withNote } from "../shell/language.ts";
import { newId } from "../shell/new-id.ts";
import { Card } from "../shell/Page.tsx";
import { Choice, Pick, Tick, Typed } from "./fields.tsx";
import { labelKey, useMediationLabels } from "./labels.ts";
import { useMediationWords } from "./words.ts";

/** On the page of a dispute: its mediations, and the way to open one. */
export function OfMatter({ matter }: { matter: MatterDetail }) {
  const words = useMediationWords();
  const [opening, setOpening] = useState(false);
  const { id, version } = matter;
  // A step with the matter may open or close the way to a mediation.
  const { queryKey, queryFn } = api.mediation.ofMatter.queryOptions({ input: { id } });
  const found = useQuery({ queryKey: [...queryKey, version], queryFn });
  if (found.data === undefined) return null;
  const { items, mayOpen, earlier } = found.data;
  if (items.length === 0 && !mayOpen) return null;
  const locale = currentLocale();
  return (
    <Card title={words("matter.title")}>
      <div className="matter-next">
        {items.length === 0 && <p>{words("matter.none")}</p>}
        {items.map(({ mediationId, running, holds, openedAt, mine }) => (
          <p key={mediationId}>
            {words(holds ? "matter.running" : running ? "matter.followed" : "matter.ended", {
              day: formatDay(localDate(openedAt), locale),
            })}{" "}
            {mine ? (
              <Link to={`/mediations/${mediationId}`}>{words("matter.see")}</Link>
            ) : (
              <span className="desk-lead">{words("matter.not_yours")}</span>
            )}
          </p>
        ))}
        {mayOpen && (
          <div className="desk-actions">
            <Button type="primary" onClick={() => setOpening(true)}>
              {words("open.title")}
            </Button>
          </div>
        )}
      </div>
      {opening && <OpenForm matterId={id} earlier={earlier} onClose={() => setOpening(false)} />}
    </Card>
  );
}

type Draft = Parameters<typeof client.mediation.open>[0];
interface Values {
  readonly form: Draft["form"];
  readonly sides: readonly {
    readonly part?: Draft["sides"][number]["part"];
    readonly phone?: string;
    readonly salutation?: string;
    readonly consent?: boolean;
  }[];
  readonly third?: boolean;
  readonly earlierId?: string;
}

function draftOf(matterId: string, { form, sides, third, earlierId }: Values): Draft {
  return {
    id: newId(),
    matterId,
    form,
    sides: sides.slice(0, third === true ? 3 : 2).flatMap(({ part, consent, ...given }) => {
      if (part === undefined) return [];
      const phone = given.phone?.trim() ?? "";
      const salutation = given.salutation?.trim() ?? "";
      if (phone === "" && salutation === "") return [{ part }];
      const contact = {
        consent: consent === true,
        ...(phone === "" ? {} : { phone }),
        ...(salutation === "" ? {} : { salutation }),
      };
      return [{ part, contact }];
    }),
    ...(earlierId === undefined || earlierId === "" ? {} : { earlierId }),
  };
}

function OpenForm({
  matterId,
  earlier,
  onClose,
}: {
  matterId: string;
  earlier: readonly { mediationId: string; openedAt: number }[];
  onClose: () => void;
}) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const navigate = useNavigate();
  const locale = currentLocale();
  return (
    <FormDrawer<Values>
      title={words("open.title")}
      hint={words("open.hint")}
      submit={words("open.submit")}
      initial={{ form: "people" }}
      onClose={onClose}
      onSubmit={async (values) => {
        const opened = await client.mediation.open(draftOf(matterId, values));
        await queryClient.invalidateQueries({ queryKey: api.mediation.key() });
        void navigate(`/mediations/${opened.id}`);
      }}
    >
      <Choice
        name="form"
        label="open.form"
        options={MEDIATION_FORMS.map((value) => ({
          value,
          label: withNote(labels(labelKey("form", value)), words(`open.form_${value}_hint`)),
        }))}
      />
      {[0, 1].map((index) => (
        <SideFields key={index} index={index} />
      ))}
      <Tick name="third" label="open.third" />
      <When field="third" is={(third) => third === true}>
        <SideFields index={2} />
      </When>
      {earlier.length > 0 && (
        <Pick
          name="earlierId"
          label="open.earlier"
          optional
          options={earlier.map(({ mediationId, openedAt }) => ({
            value: mediationId,
            label: words("open.earlier_of", { day: formatDay(localDate(openedAt), locale) }),
          }))}
        />
      )}
    </FormDrawer>
  );
}

function SideFields({ index }: { index: number }) {
  const labels = useMediationLabels();
  const side = labels(labelKey("side", SIDE_KEYS[index] ?? "a"));
  const of = { side };
  const sides: unknown = Form.useWatch("sides");
  const own = Array.isArray(sides)
    ? (sides[index] as Values["sides"][number] | undefined)
    : undefined;
  const left = (own?.phone ?? "") !== "" || (own?.salutation ?? "") !== "";
  return (
    <>
      <Pick
        name={["sides", index, "part"]}
        label="open.side"
        of={of}
        options={SIDE_PARTS.map((value) => ({ value, label: labels(labelKey("part", value)) }))}
      />
      <Typed
        name={["sides", index, "salutation"]}
        label="open.salutation"
        of={of}
        optional
        limit={10}
      />
      <Typed
        name={["sides", index, "phone"]}
        label="open.phone"
        of={of}
        optional
        type="tel"
        limit={20}
      />
      {left && <Tick name={["sides", index, "consent"]} label="open.consent" of={of} />}
    </>
  );
}
