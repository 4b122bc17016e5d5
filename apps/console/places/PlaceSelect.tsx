import { useQuery } from "@tanstack/react-query";
import { VISITABLE_KINDS } from "@wanjia/domain/places/terms";
import { Select } from "antd";
import { useEffect, useState } from "react";
import { api } from "../shell/api.ts";
import { usePlaceWords } from "./words.ts";

const WAIT_MS = 250;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Finds a place by any usual spelling of its address. */
export function PlaceSelect({
  id,
  value,
  onChange,
  doorsOnly = false,
  known,
}: {
  id: string;
  /** Given by the form when it is one of its fields. */
  value?: string | undefined;
  onChange?: (placeId: string | undefined) => void;
  /** Only places that can be visited. */
  doorsOnly?: boolean;
  /** The place that is chosen already, as it should read. */
  known?: { readonly value: string; readonly label: string } | undefined;
}) {
  const words = usePlaceWords();
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState(known);
  const q = useSettled(typed.trim());
  const found = useQuery(api.places.search.queryOptions({ input: { q }, enabled: q !== "" }));
  const chosen = useQuery(
    api.places.get.queryOptions({
      input: { id: value ?? "" },
      enabled: value !== undefined && picked?.value !== value,
    }),
  );
  const doors: ReadonlySet<string> = new Set(VISITABLE_KINDS);
  const options = (found.data?.items ?? [])
    .filter((place) => !doorsOnly || doors.has(place.kind))
    .map((place) => ({ value: place.id, label: place.fullText }));
  const current =
    value === undefined
      ? undefined
      : picked?.value === value
        ? picked
        : chosen.data && { value, label: chosen.data.fullText };
  const shown =
    current && options.every((option) => option.value !== current.value)
      ? [current, ...options]
      : options;
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={words("search_placeholder")}
      notFoundContent={q === "" ? words("search_placeholder") : words("search_nothing")}
      loading={found.isFetching}
      value={value ?? null}
      options={q === "" && current ? [current] : shown}
      onChange={(next: string | null | undefined) => {
        setPicked(options.find((option) => option.value === next));
        onChange?.(next ?? undefined);
      }}
    />
  );
}

/** The place picker as a field of a form, which hands it its id and value. */
export function PlaceField({
  id = "",
  value,
  onChange = () => {},
  doorsOnly = false,
}: {
  id?: string;
  value?: string;
  onChange?: (placeId: string | undefined) => void;
  doorsOnly?: boolean;
}) {
  return <PlaceSelect id={id} value={value} onChange={onChange} doorsOnly={doorsOnly} />;
}
