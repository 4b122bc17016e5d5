import { Button } from "@wanjia/ui/form/Button";
import { TextField } from "@wanjia/ui/form/fields";
import { useState, type SubmitEvent } from "react";
import { say } from "../receipts/server.ts";
import { useLocale, useWords } from "../shell/language.ts";
import { PageLink } from "./parts.tsx";

interface Found {
  readonly code: string;
  readonly community: string | null;
  readonly station: string;
  readonly stationEn: string;
}

const pageOf = ({ code }: Found): string => `/p/${encodeURIComponent(code)}`;

/** For whoever has no plate at hand: an estate or a street, and the building's number. */
export function AddressForm() {
  const { address, failed } = useWords();
  const locale = useLocale();
  const [name, setName] = useState("");
  const [number, setNumber] = useState("");
  const [found, setFound] = useState<readonly Found[]>([]);
  const [problem, setProblem] = useState<string>();
  const find = async () => {
    setFound([]);
    setProblem(undefined);
    if (name.trim().length < 2 || number.trim() === "") return setProblem(address.missing);
    const query = new URLSearchParams({ name: name.trim(), number: number.trim() });
    const answer = await say<{ items: Found[] }>(locale, `/places?${query.toString()}`);
    if (!answer.ok) return setProblem(answer.sentence ?? failed.text);
    const [first, second] = answer.value.items;
    if (first === undefined) return setProblem(address.none);
    if (second !== undefined) return setFound(answer.value.items);
    return location.assign(pageOf(first));
  };
  return (
    <form
      className="site-form"
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        void find();
      }}
    >
      <TextField
        label={address.name}
        hint={address.name_hint}
        autoComplete="off"
        maxLength={40}
        value={name}
        onValue={setName}
      />
      <TextField
        label={address.number}
        hint={address.number_hint}
        autoComplete="off"
        maxLength={20}
        value={number}
        onValue={setNumber}
      />
      {problem !== undefined && (
        <p className="site-problem" role="alert">
          {problem}
        </p>
      )}
      <Button block type="submit">
        {address.find}
      </Button>
      {found.length > 0 && (
        <>
          <p role="status">{address.which}</p>
          <ul className="site-links">
            {found.map((one) => (
              <PageLink
                key={one.code}
                to={pageOf(one)}
                text={[one.community, locale === "en" ? one.stationEn : one.station]
                  .filter(Boolean)
                  .join(" · ")}
              />
            ))}
          </ul>
        </>
      )}
    </form>
  );
}
