import { marked } from "@wanjia/domain/matters/search";

/** A text in which what was looked for is marked. */
export function Found({ text, typed }: { text: string; typed: string }) {
  if (typed === "") return text;
  return marked(text, typed).map((part, i) =>
    part.found ? <mark key={i}>{part.text}</mark> : <span key={i}>{part.text}</span>,
  );
}
