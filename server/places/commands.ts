import { fullText } from "@wanjia/domain/places/address";
import { normaliseAll } from "@wanjia/domain/places/normalise";
import { address, confirm, end, isLiving, isVisitable } from "@wanjia/domain/places/rules";
import { sortKey } from "@wanjia/domain/places/sort-key";
import type { AddressElements, AliasKind, PlaceKind, PlaceUse } from "@wanjia/domain/places/terms";
import { ELEMENT_ORDER } from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate, type LocalDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { listBeats, listGrids } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import * as queries from "./queries.ts";
import type { StoredPlace } from "./queries.ts";

type Elements = { [K in keyof AddressElements]?: string | undefined };

function elementsOf(place: AddressElements): AddressElements {
  const elements: AddressElements = {};
  for (const name of ELEMENT_ORDER) {
    const value = place[name];
    if (value !== undefined) elements[name] = value;
  }
  return elements;
}

export function placeFact(
  action: string,
  place: StoredPlace,
  detail?: Record<string, unknown>,
  payload?: unknown,
) {
  return {
    action,
    subjectKind: "place",
    subjectId: place.id,
    stationId: place.stationId,
    beatId: place.beatId,
    detail,
    payload,
  };
}

/** The beats that a session may put places into: those of its reach. */
async function beatInReach(
  tx: Tx,
  principal: Principal,
  beatId: Id,
): Promise<{ id: Id; stationId: Id } | undefined> {
  const beat = (await listBeats(tx)).find(({ id }) => id === beatId);
  if (beat === undefined) return undefined;
  const { scope, stationIds, beatIds } = principal;
  const reaches =
    scope === "bureau" ||
    (scope === "station" && stationIds.includes(beat.stationId)) ||
    (scope === "beat" && beatIds.includes(beat.id));
  return reaches ? beat : undefined;
}

export async function addPlace(
  tx: Tx,
  principal: Principal,
  input: {
    kind: PlaceKind;
    parentId: Id | null;
    beatId?: Id | undefined;
    communityId: Id | null;
    elements: Elements;
    fullText?: string | undefined;
    use: PlaceUse | null;
    on?: LocalDate | undefined;
  },
): Promise<
  Result<
    Id,
    | "not-found"
    | "place-ended"
    | "address-empty"
    | "address-duplicate"
    | "door-without-parent"
    | "kind-below-itself"
    | "beat-out-of-reach"
  >
> {
  const parent = input.parentId === null ? null : await queries.lockPlace(tx, input.parentId);
  if (parent === undefined) return refuse("not-found");
  if (parent !== null && !isLiving(parent.status)) return refuse("place-ended");
  // What the parent's address says holds for what lies below it.
  const raw = parent === null ? input.elements : { ...elementsOf(parent), ...input.elements };
  const given = address(input.kind, raw, parent, input.fullText);
  if (!given.ok) return given;
  const beat =
    parent !== null && input.beatId === undefined
      ? { id: parent.beatId, stationId: parent.stationId }
      : input.beatId === undefined
        ? undefined
        : await beatInReach(tx, principal, input.beatId);
  if (beat === undefined) return refuse("beat-out-of-reach");
  const communityId = input.communityId ?? parent?.communityId ?? null;
  const id = newId(tx.now);
  const twin = await queries.livingTwin(
    tx,
    { communityId, sortKey: given.value.sortKey, kind: input.kind },
    null,
  );
  if (twin !== undefined) return refuse("address-duplicate", { address: twin.fullText });
  const place: StoredPlace = {
    ...given.value.elements,
    id,
    kind: input.kind,
    stationId: beat.stationId,
    beatId: beat.id,
    communityId,
    parentId: parent?.id ?? null,
    buildingId:
      input.kind === "building" || (isVisitable(input.kind) && !parent?.buildingId)
        ? id
        : (parent?.buildingId ?? null),
    fullText: given.value.fullText,
    sortKey: given.value.sortKey,
    use: input.use,
    status: "created",
    validFrom: input.on ?? localDate(tx.now),
  };
  await queries.insertPlaces(tx, [place]);
  await record(tx, [placeFact("place.created", place, { kind: place.kind }, { placeIds: [id] })]);
  return accept(id);
}

/** A place below a renamed one gets the new words in front of its own. */
function renamed(place: StoredPlace, before: AddressElements, after: AddressElements): StoredPlace {
  const elements = elementsOf(place);
  for (const name of ELEMENT_ORDER) {
    if (before[name] === after[name] || elements[name] !== before[name]) continue;
    const value = after[name];
    if (value === undefined) delete elements[name];
    else elements[name] = value;
  }
  const bare = Object.fromEntries(
    Object.entries(place).filter(([key]) => !(ELEMENT_ORDER as readonly string[]).includes(key)),
  ) as unknown as StoredPlace;
  return { ...bare, ...elements, fullText: fullText(elements), sortKey: sortKey(elements) };
}

export async function renamePlace(
  tx: Tx,
  input: { id: Id; elements: Elements; fullText?: string | undefined },
): Promise<
  Result<
    Id,
    | "not-found"
    | "place-ended"
    | "address-empty"
    | "address-duplicate"
    | "door-without-parent"
    | "kind-below-itself"
  >
> {
  const [place, ...below] = await queries.lockTree(tx, [input.id]);
  if (place === undefined) return refuse("not-found");
  if (!isLiving(place.status)) return refuse("place-ended");
  const elements = normaliseAll(input.elements);
  if (Object.keys(elements).length === 0) return refuse("address-empty");
  const key = sortKey(elements);
  const twin = await queries.livingTwin(tx, { ...place, sortKey: key }, place.id);
  if (twin !== undefined) return refuse("address-duplicate", { address: twin.fullText });
  const before = elementsOf(place);
  const after = renamed(place, before, elements);
  const saved = [
    { ...after, fullText: input.fullText?.trim() || after.fullText },
    ...below.map((child) => renamed(child, before, elements)),
  ];
  await queries.saveAddresses(tx, saved);
  await record(tx, [placeFact("place.renamed", place, { below: below.length })]);
  return accept(place.id);
}

export async function confirmPlace(
  tx: Tx,
  id: Id,
): Promise<Result<Id, "not-found" | "place-ended">> {
  const place = await queries.lockPlace(tx, id);
  if (place === undefined) return refuse("not-found");
  const confirmed = confirm(place);
  if (!confirmed.ok) return confirmed;
  if (place.status !== "confirmed") {
    await queries.setStatus(tx, id, "confirmed");
    await record(tx, [placeFact("place.confirmed", place)]);
  }
  return accept(id);
}

type EndRefusal = "not-found" | "place-ended" | "date-before-start" | "too-few-places";

export async function cancelPlace(
  tx: Tx,
  input: { id: Id; on: LocalDate },
): Promise<Result<number, EndRefusal>> {
  const tree = await queries.lockTree(tx, [input.id]);
  const [place] = tree;
  if (place === undefined) return refuse("not-found");
  const endings = [];
  for (const one of tree) {
    // What began later than the day ends on the day it began.
    const day = one === place || one.validFrom <= input.on ? input.on : one.validFrom;
    const ended = end(one, "cancelled", day, []);
    if (!ended.ok) return ended;
    endings.push({ id: one.id, status: ended.value.status, validTo: day, replacedBy: [] });
  }
  const plates = await queries.endPlaces(tx, endings);
  await record(tx, [
    placeFact(
      "place.cancelled",
      place,
      { on: input.on, ended: tree.length, plates },
      { placeIds: tree.map(({ id }) => id) },
    ),
  ]);
  return accept(tree.length);
}

/**
 * A duplicate goes into the place it duplicates. What hangs below moves there; where the same
 * address is there already, those two become one as well.
 */
export async function mergePlace(
  tx: Tx,
  input: { id: Id; into: Id; on: LocalDate },
): Promise<Result<Id, EndRefusal | "kind-below-itself" | "address-duplicate">> {
  const into = await queries.lockPlace(tx, input.into);
  const tree = await queries.lockTree(tx, [input.id]);
  const [place] = tree;
  if (place === undefined || into === undefined) return refuse("not-found");
  if (!isLiving(into.status)) return refuse("place-ended");
  if (tree.some(({ id }) => id === into.id) || place.kind !== into.kind)
    return refuse("kind-below-itself");
  const ended = end(place, "merged", input.on, [into.id]);
  if (!ended.ok) return ended;
  const twins = new Map(
    (await queries.lockTree(tx, [into.id])).map((other) => [
      `${other.kind} ${other.sortKey}`,
      other,
    ]),
  );
  const destination = new Map<Id, { id: Id; buildingId: Id | null }>([[place.id, into]]);
  const endings = [
    { id: place.id, status: ended.value.status, validTo: input.on, replacedBy: [into.id] },
  ];
  const moved: StoredPlace[] = [];
  const before = elementsOf(place);
  const after = elementsOf(into);
  for (const child of tree.slice(1)) {
    const rewritten = renamed(child, before, after);
    const twin = twins.get(`${child.kind} ${rewritten.sortKey}`);
    if (twin === undefined) {
      moved.push({ ...rewritten, communityId: into.communityId });
      destination.set(
        child.id,
        child.kind === "building" ? child : { id: child.id, buildingId: into.buildingId },
      );
    } else {
      destination.set(child.id, twin);
      const day = child.validFrom <= input.on ? input.on : child.validFrom;
      endings.push({ id: child.id, status: "merged", validTo: day, replacedBy: [twin.id] });
    }
  }
  const plates = await queries.endPlaces(tx, endings);
  for (const child of moved) {
    const parent = destination.get(child.parentId ?? "");
    if (parent !== undefined) await queries.moveBelow(tx, [child.id], parent);
  }
  if (moved.length > 0) await queries.saveAddresses(tx, moved);
  await queries.insertAlias(tx, into, place.fullText, "old_name");
  await record(tx, [
    placeFact(
      "place.merged",
      place,
      { into: into.id, on: input.on, moved: moved.length, plates },
      { merged: endings.map(({ id, replacedBy }) => ({ from: id, to: replacedBy[0] })) },
    ),
  ]);
  return accept(into.id);
}

export async function splitPlace(
  tx: Tx,
  input: { id: Id; on: LocalDate; into: readonly Elements[] },
): Promise<
  Result<
    Id[],
    | EndRefusal
    | "address-empty"
    | "address-duplicate"
    | "door-without-parent"
    | "kind-below-itself"
    | "place-not-empty"
  >
> {
  const [place, ...below] = await queries.lockTree(tx, [input.id]);
  if (place === undefined) return refuse("not-found");
  if (below.length > 0) return refuse("place-not-empty", { count: below.length });
  const parent =
    place.parentId === null ? null : ((await queries.lockPlace(tx, place.parentId)) ?? null);
  const ids = input.into.map(() => newId(tx.now));
  const ended = end(place, "split", input.on, ids);
  if (!ended.ok) return ended;
  const plates = await queries.endPlaces(tx, [
    { id: place.id, status: "split", validTo: input.on, replacedBy: ids },
  ]);
  const places: StoredPlace[] = [];
  for (const [i, raw] of input.into.entries()) {
    const given = address(
      place.kind,
      { ...(parent === null ? {} : elementsOf(parent)), ...raw },
      parent,
    );
    if (!given.ok) return given;
    const twin =
      places.find(({ sortKey: key }) => key === given.value.sortKey) ??
      (await queries.livingTwin(tx, { ...place, sortKey: given.value.sortKey }, null));
    if (twin !== undefined) return refuse("address-duplicate", { address: twin.fullText });
    const id = ids[i]!;
    const { fullText: text, sortKey: key, elements } = given.value;
    places.push({
      ...elements,
      id,
      kind: place.kind,
      stationId: place.stationId,
      beatId: place.beatId,
      communityId: place.communityId,
      parentId: place.parentId,
      buildingId: place.buildingId === place.id ? id : place.buildingId,
      fullText: text,
      sortKey: key,
      use: place.use,
      status: "created",
      validFrom: input.on,
    });
  }
  await queries.insertPlaces(tx, places);
  await record(tx, [
    placeFact("place.split", place, { into: ids, on: input.on, plates }, { placeIds: ids }),
  ]);
  return accept(ids);
}

/**
 * Moves places with all below them to a beat, and into one of its grids. A beat that stays keeps
 * the grid, unless another is named.
 */
export async function reassignPlaces(
  tx: Tx,
  principal: Principal,
  input: { placeIds: readonly Id[]; beatId: Id; gridId?: Id | null | undefined },
): Promise<Result<number, "not-found" | "beat-out-of-reach" | "grid-of-another-beat">> {
  const beat = await beatInReach(tx, principal, input.beatId);
  if (beat === undefined) return refuse("beat-out-of-reach");
  const { gridId } = input;
  if (gridId != null) {
    const grid = (await listGrids(tx)).find(({ id }) => id === gridId);
    if (grid?.beatId !== beat.id) return refuse("grid-of-another-beat");
  }
  const tree = await queries.lockTree(tx, input.placeIds);
  const roots = tree.filter(({ id }) => input.placeIds.includes(id));
  if (input.placeIds.some((id) => !roots.some((place) => place.id === id)))
    return refuse("not-found");
  const moving = tree.filter(({ beatId }) => beatId !== beat.id);
  const ids = moving.map(({ id }) => id);
  if (moving.length > 0) {
    const from = moving.flatMap(({ beatId }) => (beatId === null ? [] : [beatId]));
    await queries.moveToBeat(tx, ids, beat, from);
    await record(tx, [
      ...moving
        .filter((place) => roots.includes(place))
        .map((place) => placeFact("place.reassigned", place, { from: place.beatId, to: beat.id })),
      {
        action: "places.moved",
        subjectKind: "beat",
        subjectId: beat.id,
        stationId: beat.stationId,
        beatId: beat.id,
        detail: { places: ids.length },
        payload: { placeIds: ids, stationId: beat.stationId, beatId: beat.id },
      },
    ]);
  }
  if (gridId === undefined) return accept(moving.length);
  const regridded = await queries.moveToGrid(
    tx,
    tree.map(({ id }) => id),
    gridId,
  );
  if (regridded > 0) {
    await record(
      tx,
      roots.map((place) => placeFact("place.regridded", place, { grid: gridId })),
    );
  }
  return accept(Math.max(moving.length, regridded));
}

export async function addAlias(
  tx: Tx,
  input: { id: Id; text: string; kind: AliasKind },
): Promise<Result<Id, "not-found">> {
  const place = await queries.lockPlace(tx, input.id);
  if (place === undefined) return refuse("not-found");
  await queries.insertAlias(tx, place, input.text, input.kind);
  await record(tx, [placeFact("place.aliased", place, { kind: input.kind })]);
  return accept(place.id);
}
