import type { ReactElement } from "react";

/** Drawn on a 24 grid with a 2 px line, so that they read at 16 px and in the rain. */
const shapes = {
  met: <path d="M4.5 12.5 10 18 19.5 6.5" />,
  again: <path d="M19 12a7 7 0 1 1-2.2-5.1M19 3.5V8h-4.5" />,
  appointment: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M12 7.5V12l3 2" />
    </>
  ),
  ended: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M8 12h8" />
    </>
  ),
  open: <circle cx="12" cy="12" r="7.5" strokeDasharray="2.5 2.9" />,
  alarm: <path d="M12 4 2.8 19.5h18.4L12 4Zm0 5.5v4.5m0 2.7v.3" />,
  back: <path d="M14.5 5 7.5 12l7 7" />,
  forward: <path d="m9.5 5 7 7-7 7" />,
  down: <path d="m5 9.5 7 7 7-7" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  undo: <path d="M8.5 5 4 9.5 8.5 14M4 9.5h9.5a5.5 5.5 0 0 1 0 11H9" />,
  settings: (
    <path d="M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Zm-7 10a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z" />
  ),
  building: <path d="M6 20.5v-17h12v17M3.5 20.5h17M9.5 7.5h1m3 0h1m-5 4h1m3 0h1m-4 9v-4.5h3v4.5" />,
  house: <path d="M3.5 11.5 12 4l8.5 7.5M6 9.5v11h12v-11M10 20.5V15h4v5.5" />,
  shop: (
    <path d="M4 9.5 5.5 4h13L20 9.5M4 9.5a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0M5.5 12v8.5h13V12" />
  ),
  organisation: <path d="M4 20.5V9.5l8-5 8 5v11M2.5 20.5h19M8.5 12v5.5M12 12v5.5m3.5-5.5v5.5" />,
  site: <path d="M3 20.5h18M6.5 20.5v-16h11M6.5 8.5l4-4M14.5 4.5V10m-2 0h4v3.5h-4z" />,
  list: <path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.1m-.1 5.5h.1m-.1 5.5h.1" />,
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="m15 15 5 5" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5.5m0-9v.3" />
    </>
  ),
  cloud: <path d="M7 18.5a4 4 0 0 1-.4-8 5.5 5.5 0 0 1 10.6-1A4.6 4.6 0 0 1 17 18.5H7Z" />,
  sent: (
    <path d="M7 18.5a4 4 0 0 1-.4-8 5.5 5.5 0 0 1 10.6-1A4.6 4.6 0 0 1 17 18.5H7Zm2-4.7 2.2 2.2 4-4" />
  ),
  offline: (
    <path d="M9 6.4a5.5 5.5 0 0 1 8.2 3.1 4.5 4.5 0 0 1 2.5 7.2M16 18.5H7a4 4 0 0 1-.4-8l.4-1M4 4l16 16" />
  ),
  lock: <path d="M6 11h12v9.5H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11" />,
  person: <path d="M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6Zm-7.5 9a7.5 7.5 0 0 1 15 0" />,
  opinion: <path d="M4 5h16v11.5h-9L6.5 20.5v-4H4zM8 9h8m-8 3.5h5" />,
  service_request: (
    <path d="M12 20.5S3.5 15.6 3.5 9.6A4.6 4.6 0 0 1 12 7.2a4.6 4.6 0 0 1 8.5 2.4c0 6-8.5 10.9-8.5 10.9Z" />
  ),
  dispute: <path d="M12 4v16.5M7 20.5h10M5 7h14M5 7l-2.5 6.5h5L5 7Zm14 0-2.5 6.5h5L19 7Z" />,
  hazard: <path d="M12 4 2.8 19.5h18.4L12 4Zm0 5.5v4.5m0 2.7v.3" />,
  talk: <path d="M4 5h16v11.5h-9L6.5 20.5v-4H4z" />,
  add: <path d="M12 5v14M5 12h14" />,
  remove: <path d="M5 12h14" />,
  edit: <path d="m4.5 19.5.8-4L16 4.8l3.2 3.2L8.5 18.7l-4 .8Zm9.3-12.6L17 10" />,
  download: <path d="M12 4v11m-4.5-4L12 15.5l4.5-4.5M4.5 20h15" />,
  upload: <path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 20h15" />,
} as const satisfies Record<string, ReactElement>;

export type IconName = keyof typeof shapes;

/** A picture beside a word; hidden from screen readers, because the word is there. */
export function Icon({ name, size = 1.25 }: { name: IconName; /** in rem */ size?: number }) {
  return (
    <svg
      className="w-icon"
      viewBox="0 0 24 24"
      style={{ width: `${size}rem`, height: `${size}rem` }}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  );
}
