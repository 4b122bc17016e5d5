import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { Button } from "../form/Button.tsx";
import { ChoiceField } from "../form/fields.tsx";
import { cover, drawn, packed, type PhotoRules, type Point } from "./picture.ts";
import "./photo.css";

export interface PhotoWords {
  readonly title: string;
  readonly hint: string;
  readonly add: string;
  /** `{{number}}` stands for which it is. */
  readonly one: string;
  readonly unreadable: string;
  readonly cover: string;
  readonly cover_hint: string;
  readonly brush: string;
  readonly thin: string;
  readonly thick: string;
  readonly again: string;
  readonly done: string;
  readonly drop: string;
}

/** Photos of a place: chosen, covered where people or plates are seen, and only then kept for sending. */
export function PhotosField({
  words,
  rules,
  photos,
  onPhotos,
}: {
  words: PhotoWords;
  rules: PhotoRules;
  photos: readonly string[];
  onPhotos: (photos: readonly string[]) => void;
}) {
  const id = useId();
  const [picture, setPicture] = useState<HTMLCanvasElement>();
  const [problem, setProblem] = useState<string>();

  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    const canvas = await drawn(file, rules);
    setProblem(canvas === null ? words.unreadable : undefined);
    setPicture(canvas ?? undefined);
  };

  return (
    <div className="w-field">
      <span className="w-field-label">{words.title}</span>
      <span className="w-field-hint">{words.hint}</span>
      {photos.length > 0 && (
        <ol className="photos">
          {photos.map((photo, index) => (
            <li key={index}>
              <img
                src={`data:image/jpeg;base64,${photo}`}
                alt={words.one.replace("{{number}}", String(index + 1))}
              />
              <Button onClick={() => onPhotos(photos.filter((_, other) => other !== index))}>
                {words.drop}
              </Button>
            </li>
          ))}
        </ol>
      )}
      {problem && (
        <p className="photo-problem" role="alert">
          {problem}
        </p>
      )}
      {picture !== undefined ? (
        <Cover
          words={words}
          rules={rules}
          picture={picture}
          onDrop={() => setPicture(undefined)}
          onDone={(photo) => {
            setPicture(undefined);
            if (photo === null) setProblem(words.unreadable);
            else onPhotos([...photos, photo]);
          }}
        />
      ) : (
        photos.length < rules.perMatter && (
          <label className="w-button photo-add" data-look="plain" data-block htmlFor={id}>
            <span>{words.add}</span>
            <input
              id={id}
              type="file"
              accept="image/*"
              onChange={(event) => {
                void choose(event.target.files?.[0]);
                event.target.value = "";
              }}
            />
          </label>
        )
      )}
    </div>
  );
}

/** Width of the brush as a part of the longer side. */
const BRUSH = { thin: 0.035, thick: 0.09 } as const;
/** How far an arrow key moves the brush, likewise. */
const STRIDE = 0.04;

/** The brush over faces and plates: black, and in the very dots that are sent. */
function Cover({
  words,
  rules,
  picture,
  onDrop,
  onDone,
}: {
  words: PhotoWords;
  rules: PhotoRules;
  picture: HTMLCanvasElement;
  onDrop: () => void;
  onDone: (photo: string | null) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<Point>(undefined);
  const [brush, setBrush] = useState<keyof typeof BRUSH>("thick");
  const [packing, setPacking] = useState(false);
  const { width, height } = picture;
  const longer = Math.max(width, height);
  const [cursor, setCursor] = useState<Point>({ x: width / 2, y: height / 2 });
  const pen = longer * BRUSH[brush];

  const restart = () => canvas.current?.getContext("2d")?.drawImage(picture, 0, 0);
  useEffect(() => {
    canvas.current?.getContext("2d")?.drawImage(picture, 0, 0);
    canvas.current?.focus();
  }, [picture]);

  const pointOf = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) * width) / box.width,
      y: ((event.clientY - box.top) * height) / box.height,
    };
  };
  const paint = (from: Point, to: Point) => {
    if (canvas.current) cover(canvas.current, from, to, pen);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const stride = longer * STRIDE;
    const [dx, dy] = MOVES[event.key] ?? [0, 0];
    if (event.key === " ") paint(cursor, cursor);
    else if (dx === 0 && dy === 0) return;
    event.preventDefault();
    setCursor({
      x: Math.min(width, Math.max(0, cursor.x + dx * stride)),
      y: Math.min(height, Math.max(0, cursor.y + dy * stride)),
    });
  };

  return (
    <div className="photo-cover" role="group" aria-label={words.cover}>
      <p>
        <strong>{words.cover}</strong>
      </p>
      <p className="w-field-hint">{words.cover_hint}</p>
      <div className="photo-paper">
        <canvas
          ref={canvas}
          width={width}
          height={height}
          tabIndex={0}
          role="img"
          aria-label={words.cover}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            last.current = pointOf(event);
            paint(last.current, last.current);
            setCursor(last.current);
          }}
          onPointerMove={(event) => {
            if (last.current === undefined) return;
            const now = pointOf(event);
            paint(last.current, now);
            last.current = now;
          }}
          onPointerUp={() => {
            last.current = undefined;
          }}
          onPointerCancel={() => {
            last.current = undefined;
          }}
        />
        <span
          className="photo-cursor"
          aria-hidden="true"
          style={{
            left: `${(cursor.x / width) * 100}%`,
            top: `${(cursor.y / height) * 100}%`,
            width: `${(pen / width) * 100}%`,
          }}
        />
      </div>
      <ChoiceField
        label={words.brush}
        required
        options={[
          { value: "thin", label: words.thin },
          { value: "thick", label: words.thick },
        ]}
        value={[brush]}
        onValue={([value]) => setBrush(value as keyof typeof BRUSH)}
      />
      <Button
        look="main"
        block
        disabled={packing}
        onClick={() => {
          const { current } = canvas;
          if (current === null) return;
          setPacking(true);
          void packed(current, rules).then(onDone);
        }}
      >
        {words.done}
      </Button>
      <Button block onClick={restart}>
        {words.again}
      </Button>
      <Button block onClick={onDrop}>
        {words.drop}
      </Button>
    </div>
  );
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
