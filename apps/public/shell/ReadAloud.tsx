import { useEffect, useState } from "react";
import { useLocale, useWords } from "./language.ts";

/** The page's words, a line each: browsers break off what is long. Fields are for fingers, not for ears. */
function linesOf(main: HTMLElement): string[] {
  return main.innerText.split("\n").filter((line) => line.trim() !== "");
}

/** Reads the page aloud with the phone's own voice, where it has one; nothing is fetched or sent. */
export function ReadAloud() {
  const words = useWords();
  const locale = useLocale();
  const [reading, setReading] = useState(false);
  useEffect(() => {
    const stop = () => speechSynthesis.cancel();
    addEventListener("pagehide", stop);
    return () => removeEventListener("pagehide", stop);
  }, []);
  const press = () => {
    speechSynthesis.cancel();
    const main = document.getElementById("content");
    if (reading || main === null) return setReading(false);
    const lines = linesOf(main);
    lines.forEach((line, index) => {
      const saying = new SpeechSynthesisUtterance(line);
      saying.lang = locale;
      saying.rate = 0.9;
      if (index === lines.length - 1) saying.onend = () => setReading(false);
      speechSynthesis.speak(saying);
    });
    return setReading(true);
  };
  return (
    <button type="button" aria-pressed={reading} onClick={press}>
      {reading ? words.quiet : words.aloud}
    </button>
  );
}
