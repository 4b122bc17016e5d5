import { Button } from "@wanjia/ui/form/Button";
import { useEffect, useState } from "react";
import { useLocale } from "../shell/language.ts";
import { say, type Said } from "./server.ts";
import { useReceiptWords } from "./words.ts";

/** What the server says to a page that was opened; asked again when `again` is called. */
export function useSaid<T>(path: string): { said: Said<T> | undefined; again: () => void } {
  const locale = useLocale();
  const [said, setSaid] = useState<Said<T>>();
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let gone = false;
    void say<T>(locale, path).then((answer) => {
      if (!gone) setSaid(answer);
    });
    return () => {
      gone = true;
    };
  }, [locale, path, times]);
  return { said, again: () => setTimes(times + 1) };
}

/** While it isn't there, or can't be had. */
export function Unanswered({
  said,
  again,
}: {
  said: Said<unknown> | undefined;
  again: () => void;
}) {
  const { page } = useReceiptWords();
  if (said === undefined) return <p role="status">{page.loading}</p>;
  return (
    <>
      <p role="alert">{said.ok ? "" : (said.sentence ?? page.network)}</p>
      <Button onClick={again}>{page.again}</Button>
    </>
  );
}
