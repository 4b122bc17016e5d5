import { PHOTO_LIMITS, type PhotoRefusal } from "@wanjia/domain/matters/photo";
import { z } from "zod";

const photoSchema = z
  .base64()
  .max(Math.ceil((PHOTO_LIMITS.bytes * 4) / 3) + 4)
  .meta({ description: "A JPEG of a place, drawn anew by the browser" });

/** Room for any number; the rules know the limit and say it in their refusal. */
export const photosSchema = z.array(photoSchema).max(10);

export const PHOTO_STATUS = {
  "photo-too-large": 422,
  "photo-not-jpeg": 422,
  "photo-with-notes": 422,
  "too-many-photos": 422,
} as const satisfies Record<Exclude<PhotoRefusal, "photo-unwanted">, number>;
