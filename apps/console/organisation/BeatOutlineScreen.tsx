import { useQuery } from "@tanstack/react-query";
import { mayManageOrganisation } from "@wanjia/domain/organisation/policy";
import { App, Button, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { client } from "../shell/api.ts";
import { formatCount } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { NotAllowed, NotFound } from "../shell/NotFound.tsx";
import { Card, Page } from "../shell/Page.tsx";
import { Problem, useFailureSentence } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { currentPalette } from "../shell/theme.ts";
import { useUnsaved } from "../shell/use-unsaved.ts";
import { useShellWords } from "../shell/words.ts";
import { organisationChanged, unitsQuery, type Beat } from "./data.ts";
import { useOrganisationLabels } from "./labels.ts";
import {
  cornersOf,
  movedCorner,
  outlineOf,
  problemOf,
  readCorners,
  squareKilometres,
  withCorner,
  withoutCorner,
  writeCorners,
  type Corners,
} from "./outline-editor.ts";
import type { OutlineActions, OutlineMap } from "./outline-map.ts";
import { useOrganisationWords } from "./words.ts";
import "./outline.css";

/** Where the ground of a beat is drawn. */
export function BeatOutlineScreen() {
  const { id } = useParams();
  const shell = useShellWords();
  const units = useQuery(unitsQuery());
  const { role } = useSession();
  if (!mayManageOrganisation(role)) return <NotAllowed />;
  if (units.isError) return <Problem error={units.error} onRetry={() => void units.refetch()} />;
  if (!units.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  const beat = units.data.beats.find((candidate) => candidate.id === id);
  return beat ? <Editor key={beat.id} beat={beat} beats={units.data.beats} /> : <NotFound />;
}

interface Drawn {
  readonly corners: Corners;
  /** New corners are set behind this one. */
  readonly selected: number;
}

function Editor({ beat, beats }: { beat: Beat; beats: readonly Beat[] }) {
  const words = useOrganisationWords();
  const labels = useOrganisationLabels();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const sentence = useFailureSentence();
  const locale = currentLocale();
  const [steps, setSteps] = useState<readonly Drawn[]>(() => {
    const corners = cornersOf(beat.outline);
    return [{ corners, selected: corners.length - 1 }];
  });
  const [saving, setSaving] = useState(false);
  const now = steps.at(-1) ?? { corners: [], selected: -1 };
  const { corners, selected } = now;
  const draw = (next: Corners, inHand: number) =>
    setSteps([...steps, { corners: next, selected: Math.min(inHand, next.length - 1) }]);
  const actions: OutlineActions = {
    add: (point) => draw(withCorner(corners, selected, point), selected + 1),
    select: (index) => setSteps([...steps.slice(0, -1), { corners, selected: index }]),
    move: (index, point) => draw(movedCorner(corners, index, point), index),
    remove: (index) => draw(withoutCorner(corners, index), Math.max(0, index - 1)),
  };
  const problem = problemOf(corners);
  const settled = useUnsaved(writeCorners(corners) !== writeCorners(cornersOf(beat.outline)));
  const save = async () => {
    setSaving(true);
    try {
      await client.organisation.saveBeat({ ...beat, outline: outlineOf(corners, beat.outline) });
      await organisationChanged();
      settled();
      message.success(words("outline.saved"));
      await navigate("/organisation/beats");
    } catch (error) {
      message.error(sentence(error));
    } finally {
      setSaving(false);
    }
  };
  const area = squareKilometres(corners);
  return (
    <Page
      title={words("outline.title", { beat: locale === "en" ? beat.nameEn : beat.name })}
      back={{ to: "/organisation/beats", label: words("tabs.beats") }}
      lead={words("outline.lead")}
      actions={
        <Button
          type="primary"
          loading={saving}
          disabled={problem !== undefined || steps.length === 1}
          onClick={() => void save()}
        >
          {words(corners.length === 0 ? "outline.save_none" : "outline.save")}
        </Button>
      }
    >
      <Card>
        <OutlineCanvas beat={beat} beats={beats} drawn={now} actions={actions} />
        <div className="outline-side">
          <span role="status">
            {problem
              ? labels(`refusals.${problem}`)
              : corners.length === 0
                ? words("outline.none")
                : words("outline.size", {
                    corners: corners.length,
                    area: formatCount(Number(area.toFixed(area < 10 ? 2 : 1)), locale),
                  })}
          </span>
          <Button
            disabled={steps.length === 1}
            onClick={() => setSteps(steps.length === 1 ? steps : steps.slice(0, -1))}
          >
            {words("outline.undo")}
          </Button>
          <Button
            disabled={selected < 0 || corners.length === 0}
            onClick={() => actions.remove(selected)}
          >
            {words("outline.remove", { number: selected + 1 })}
          </Button>
          <Button disabled={corners.length === 0} onClick={() => draw([], -1)}>
            {words("outline.clear")}
          </Button>
        </div>
      </Card>
      <Coordinates
        key={writeCorners(corners)}
        corners={corners}
        onRead={(read) => draw(read, read.length - 1)}
      />
    </Page>
  );
}

function OutlineCanvas({
  beat,
  beats,
  drawn,
  actions,
}: {
  beat: Beat;
  beats: readonly Beat[];
  drawn: Drawn;
  actions: OutlineActions;
}) {
  const words = useOrganisationWords();
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<OutlineMap>(undefined);
  const latest = useRef({ drawn, actions });
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    latest.current = { drawn, actions };
    map.current?.show(drawn.corners, drawn.selected);
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let gone = false;
    import("./outline-map.ts")
      .then(({ openOutlineMap }) => {
        if (gone) return;
        map.current = openOutlineMap(element, {
          outline: beat.outline,
          others: beats.flatMap(({ id, outline }) =>
            id === beat.id || outline === null ? [] : [outline],
          ),
          palette: currentPalette(),
          label: (number) => words("outline.corner", { number }),
          actions: () => latest.current.actions,
        });
        map.current.show(latest.current.drawn.corners, latest.current.drawn.selected);
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      map.current?.remove();
      map.current = undefined;
    };
  }, [beat, beats, words]);
  if (failed) return <p className="desk-lead">{words("outline.failed")}</p>;
  return <div ref={box} className="outline-map" role="region" aria-label={words("outline.map")} />;
}

/** The same corners as numbers: from another system, or where no map can be drawn. */
function Coordinates({
  corners,
  onRead,
}: {
  corners: Corners;
  onRead: (corners: Corners) => void;
}) {
  const words = useOrganisationWords();
  const [text, setText] = useState(() => writeCorners(corners));
  const read = readCorners(text);
  return (
    <Card title={words("outline.coordinates")}>
      <div className="desk-form">
        <label htmlFor="outline-coordinates">{words("outline.coordinates_hint")}</label>
        <Input.TextArea
          id="outline-coordinates"
          rows={6}
          value={text}
          spellCheck={false}
          status={read === null ? "error" : ""}
          onChange={(event) => setText(event.target.value)}
        />
        {read === null && <p role="alert">{words("outline.unreadable")}</p>}
        <div>
          <Button
            disabled={read === null || writeCorners(read) === writeCorners(corners)}
            onClick={() => read && onRead(read)}
          >
            {words("outline.take")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
