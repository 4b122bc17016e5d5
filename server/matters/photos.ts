/** Photos of places: sealed each for itself, seen with a trace, gone half a year after the end. */
import {
  checkPhoto,
  PHOTO_LIMITS,
  type PhotoRefusal,
  type PhotoShows,
} from "@wanjia/domain/matters/photo";
import type { Matter } from "@wanjia/domain/matters/terms";
import { retentionOf } from "@wanjia/domain/privacy/retention";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { record } from "../platform/audit.ts";
import { newId, open, seal } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { deletePhotos, insertPhoto, photosOf } from "./photo-queries.ts";

/** The pictures, where each is one that may be kept. */
export function checkPhotos(
  photos: readonly string[],
): Result<readonly Buffer[], Exclude<PhotoRefusal, "photo-unwanted">> {
  const { perMatter: limit } = PHOTO_LIMITS;
  if (photos.length > limit) return refuse("too-many-photos", { limit });
  const pictures: Buffer[] = [];
  for (const photo of photos) {
    const bytes = Buffer.from(photo, "base64");
    const checked = checkPhoto(bytes);
    if (!checked.ok) return checked as Result<never, Exclude<PhotoRefusal, "photo-unwanted">>;
    pictures.push(bytes);
  }
  return accept(pictures);
}

/** A photo opens in its own row alone. */
function photoPlace(id: Id): string {
  return `matter_photo/${id}`;
}

export async function keepPhotos(
  tx: Tx,
  key: Buffer,
  matter: Matter,
  shows: PhotoShows,
  pictures: readonly Buffer[],
): Promise<void> {
  for (const picture of pictures) {
    const id = newId(tx.now);
    const sealed = seal(key, photoPlace(id), picture.toString("base64"));
    await insertPhoto(tx, matter, { id, shows, sealed });
  }
}

export interface ShownPhoto {
  /** A JPEG, as base64. */
  readonly image: string;
  readonly shows: PhotoShows;
  readonly receivedAt: Instant;
}

/** Shows the photos of a matter, and keeps that somebody looked. */
export async function revealPhotos(tx: Tx, key: Buffer, matter: Matter): Promise<ShownPhoto[]> {
  const photos = await photosOf(tx, matter.id);
  if (photos.length > 0) {
    await record(tx, [
      {
        action: "photo.viewed",
        subjectKind: "matter",
        subjectId: matter.id,
        stationId: matter.stationId,
        detail: { photos: photos.length },
      },
    ]);
  }
  return photos.map(({ id, sealed, ...photo }) => ({
    ...photo,
    image: open(key, photoPlace(id), sealed),
  }));
}

/** Months are counted as thirty-one days: never gone too early, at most three days late. */
const MONTH_DAYS = 31;

export async function forgetPhotos(tx: Tx): Promise<void> {
  const { keep } = retentionOf("hazard_photo");
  const days = "months" in keep ? keep.months * MONTH_DAYS : keep.days;
  const photos = await deletePhotos(tx, tx.now - days * DAY_MS);
  const { bureauId } = tx.actor;
  if (photos === 0 || bureauId === null) return;
  await record(tx, [
    {
      action: "photo.forgotten",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { photos },
    },
  ]);
}
