import { useQuery } from "@tanstack/react-query";
import { localDate } from "@wanjia/domain/shared/instant";
import { useMemo } from "react";
import { api, client, queryClient } from "../shell/api.ts";
import { currentLocale } from "../shell/language.ts";
import { useSession } from "../shell/session.tsx";
import type { Filter } from "../shell/table.ts";
import { englishNames, nameIndex } from "./view-model.ts";

export type Units = Awaited<ReturnType<typeof client.organisation.units>>;
export type Station = Units["stations"][number];
export type Beat = Units["beats"][number];
export type Community = Units["communities"][number];
export type Grid = Units["grids"][number];
export type Member = Awaited<ReturnType<typeof client.organisation.members>>["items"][number];
export type Partner = Awaited<ReturnType<typeof client.organisation.partners>>["items"][number];

const UNITS_STALE_MS = 60_000;

export function unitsQuery() {
  return api.organisation.units.queryOptions({ staleTime: UNITS_STALE_MS });
}

/** Stations, beats, communities and grids; asked for once and kept for a minute. */
export async function loadUnits(): Promise<Units> {
  return queryClient.fetchQuery(unitsQuery());
}

export async function loadMembers(): Promise<Member[]> {
  const reply = await queryClient.fetchQuery(
    api.organisation.members.queryOptions({ input: {}, staleTime: UNITS_STALE_MS }),
  );
  return reply.items;
}

export async function loadPartners(): Promise<Partner[]> {
  return (await queryClient.fetchQuery(api.organisation.partners.queryOptions())).items;
}

/** After a change: whatever was read of the organisation is read again. */
export async function organisationChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.organisation.key() });
}

const NONE: Units = { stations: [], beats: [], communities: [], grids: [] };

/** The bureau's units with their names in the reader's language. */
export function useUnits() {
  const { data = NONE } = useQuery(unitsQuery());
  const english = currentLocale() === "en";
  return useMemo(
    () => ({
      ...data,
      stationName: nameIndex(data.stations, english),
      beatName: nameIndex(data.beats, english),
      communityName: nameIndex(data.communities, english),
      gridName: nameIndex(data.grids, english),
      said: englishNames([...data.stations, ...data.beats], english),
      stationOptions: options(data.stations, english),
      beatOptions: options(data.beats, english),
    }),
    [data, english],
  );
}

/** By station and by beat, for whoever has more than one of them in sight. */
export function useUnitFilters(station: string, beat: string): readonly Filter[] {
  const { stationOptions, beatOptions } = useUnits();
  const { scope } = useSession();
  return useMemo(
    () => [
      ...(scope === "bureau"
        ? [{ kind: "choice", name: "stationId", label: station, options: stationOptions } as const]
        : []),
      ...(scope === "beat"
        ? []
        : [{ kind: "choice", name: "beatId", label: beat, options: beatOptions } as const]),
    ],
    [scope, station, beat, stationOptions, beatOptions],
  );
}

function options(
  units: readonly { id: string; name: string; nameEn: string }[],
  english: boolean,
): { value: string; label: string }[] {
  return units.map((unit) => ({ value: unit.id, label: english ? unit.nameEn : unit.name }));
}

export function today(): string {
  return localDate(Date.now());
}
